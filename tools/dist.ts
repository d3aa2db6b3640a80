import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { fetchTestRuntime, installedElectron, testRuntime } from './electron-runtime.mjs';
import { checkPackedKiosk } from './package/check.ts';

const help = `Packs the kiosk for Linux into dist/: a folder and a .deb.

  npm run dist                 with Electron 45 where its binary is installed (npx install-electron fetches it where
                               the network allows); else with the Electron of the tests, and then the file says
                               "not for the field"
  npm run dist -- --dir        the folder only
  npm run dist -- --check      starts what was packed, as a user who is not root, and looks at it
`;

const root = join(import.meta.dirname, '..');

/** Electron's folder to pack: the installed one, or a copy of the test runtime without the link to this folder. */
function electronToPack(): { folder: string; isForTheField: boolean } {
  const installed = installedElectron();
  if (installed) return { folder: dirname(installed), isForTheField: true };
  fetchTestRuntime();
  const folder = join(root, 'build', 'electron-to-pack');
  rmSync(folder, { recursive: true, force: true });
  cpSync(testRuntime.folder, folder, {
    recursive: true,
    filter: (source) => !source.endsWith('/resources/app'),
  });
  return { folder, isForTheField: false };
}

function pack(onlyDir: boolean): void {
  const { folder, isForTheField } = electronToPack();
  execFileSync(process.execPath, ['tools/build.ts', '--production'], { cwd: root, stdio: 'inherit' });
  const name = isForTheField ? '' : `-electron${testRuntime.version}-NOT-FOR-THE-FIELD`;
  const done = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'electron-builder', 'cli.js'),
      '--linux',
      'dir',
      ...(onlyDir ? [] : ['deb']),
      '--x64',
      '--publish',
      'never',
      `-c.electronDist=${folder}`,
      ...(isForTheField ? [] : [`-c.electronVersion=${testRuntime.version}`]),
      `-c.artifactName=\${name}-\${version}-\${arch}${name}.\${ext}`,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CUSTOM_FPM_PATH: join(root, 'tools', 'package', 'fpm.mjs') },
    },
  );
  if (done.status !== 0) throw new Error('electron-builder failed; what it said stands above');
  for (const file of readdirSync(join(root, 'dist')).filter((entry) => entry.endsWith('.deb'))) {
    console.log(`dist/${file}: ${(statSync(join(root, 'dist', file)).size / 1e6).toFixed(0)} MB`);
  }
  if (!isForTheField)
    console.log('Packed with the Electron of the tests: good for trying, NOT for the field.');
}

const { values } = parseArgs({
  options: { dir: { type: 'boolean' }, check: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  console.log(help);
} else {
  try {
    const packed = join(root, 'dist', 'linux-unpacked');
    if (!values.check || !existsSync(packed)) pack(values.dir === true);
    if (values.check) await checkPackedKiosk(packed);
  } catch (error) {
    console.error(`dist: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
