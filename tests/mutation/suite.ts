import { build } from 'esbuild';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';
import * as vitest from 'vitest';
import * as yaml from 'yaml';

/** A test of a file, with the function that `it` was given. */
export interface Test {
  name: string;
  run: () => unknown;
}

/** A file of tests with all that it imports in one script, so that it can be loaded anew in milliseconds. */
export interface TestFile {
  path: string;
  load: () => readonly Test[];
}

/** Where content, snapshots and packages are: the project itself, not the copy with the mutants. */
const project = join(import.meta.dirname, '..', '..');
const require = createRequire(join(project, 'package.json'));

/** Bundles the test files of a copy of the project, each for itself. Paths are relative to the copy. */
export async function testFiles(copy: string, paths: readonly string[]): Promise<readonly TestFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: copy,
    entryPoints: [...paths],
    outdir: join(copy, 'bundled'),
    outbase: copy,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'folder of the project',
        setup: (bundle) => {
          bundle.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            loader: 'ts',
            contents: readFileSync(path, 'utf8').replaceAll(
              'import.meta.dirname',
              JSON.stringify(dirname(join(project, relative(copy, path)))),
            ),
          }));
        },
      },
    ],
  });
  return outputFiles.map(({ path, text }) => {
    const source = relative(join(copy, 'bundled'), path).replace(/\.js$/, '.ts');
    const script = new Script(`(function (require, module, exports) {${text}\n})`, { filename: path });
    return { path: source, load: () => collect(source, script) };
  });
}

/** The content is read from the disk for each mutant, and parsed once: that is most of what loading takes. */
const parsed = new Map<string, yaml.Document.Parsed>();
const quickYaml = {
  ...yaml,
  parseDocument: (text: string): yaml.Document.Parsed => {
    const document = parsed.get(text) ?? yaml.parseDocument(text);
    parsed.set(text, document);
    return document;
  },
};

/** A mutant is met by thousands of runs of a property; fifteen, always the same, tell nearly as much. */
const NUM_RUNS = 15;
const brief = {
  ...fc,
  assert: ((property, parameters) =>
    fc.assert(property, { ...parameters, numRuns: NUM_RUNS, seed: 20261122 } as object)) as typeof fc.assert,
};

type Factory = (require: (name: string) => unknown, module: object, exports: object) => void;

function collect(path: string, script: Script): readonly Test[] {
  const tests: Test[] = [];
  const module = { exports: {} };
  const ours: Readonly<Record<string, unknown>> = {
    vitest: { ...vitest, ...collector(path, tests) },
    yaml: quickYaml,
    'fast-check': brief,
  };
  (script.runInThisContext() as Factory)((name) => ours[name] ?? require(name), module, module.exports);
  return tests;
}

/** `describe` and `it` as far as the tests of the calculators use them; anything else is not there and fails at once. */
function collector(path: string, tests: Test[]) {
  const describe = (_: string, body: (...row: readonly unknown[]) => void): void => {
    body();
  };
  const it = (name: string, body: (...row: readonly unknown[]) => unknown): void => {
    tests.push({ name, run: () => body() });
  };
  const each =
    (define: typeof it) =>
    (rows: readonly unknown[]) =>
    (name: string, body: (...row: readonly unknown[]) => unknown): void => {
      for (const row of rows) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row];
        define(name, () => body(...values));
      }
    };
  const skipIf = (skipped: boolean) => (skipped ? () => undefined : describe);
  return {
    describe: Object.assign(describe, { each: each(describe), skipIf }),
    it: Object.assign(it, { each: each(it) }),
    test: it,
    expect: Object.assign(
      (received: unknown) =>
        Object.assign(vitest.expect(received), {
          toMatchFileSnapshot: (file: string) => {
            vitest.expect(received).toBe(readFileSync(join(project, dirname(path), file), 'utf8'));
          },
        }),
      vitest.expect,
    ),
  };
}
