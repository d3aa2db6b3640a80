import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestResult,
  TestRunner,
} from '@stryker-mutator/api/test-runner';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';

import { testFiles, type Test, type TestFile } from './suite.ts';

const TESTS = ['app/domain/compensation/**/*.test.ts', 'tests/content/compensation-*.test.ts'];

/** What the instrumented code reads: the mutant that is switched on, and where it counts what was reached. */
const switches: InstrumenterContext = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??=
  {});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why a test fails, or `null`. */
async function failureOf(test: Test): Promise<string | null> {
  try {
    await test.run();
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Runs the tests of the calculators inside Stryker's worker, some thousand times faster than a vitest for each mutant: files are
 * bundled once and loaded anew for each mutant, because constants and the shapes of a day are made when they are first needed.
 */
class InProcessRunner implements TestRunner {
  #files: readonly TestFile[] = [];

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const copy = process.cwd();
    this.#files = await testFiles(copy, globSync(TESTS, { cwd: copy }).sort());
  }

  /** Runs each test on files of its own, so that what others made before hides nothing that it reaches. */
  async dryRun(): Promise<DryRunResult> {
    switches.mutantCoverage = { static: {}, perTest: {} };
    const tests: TestResult[] = [];
    for (const file of this.#files)
      for (const { id, name } of file.load()) {
        switches.currentTestId = id;
        const started = performance.now();
        const test = file.load().find((each) => each.id === id);
        const failure = test === undefined ? 'the test was not there again' : await failureOf(test);
        const common = { id, name, timeSpentMs: performance.now() - started, fileName: file.path };
        tests.push(
          failure === null
            ? { ...common, status: TestStatus.Success }
            : { ...common, status: TestStatus.Failed, failureMessage: failure },
        );
        delete switches.currentTestId;
      }
    const { mutantCoverage } = switches;
    delete switches.mutantCoverage;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { ...mutantCoverage, static: {} } };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    switches.activeMutant = activeMutant.id;
    switches.hitCount = 0;
    if (hitLimit !== undefined) switches.hitLimit = hitLimit;
    let nrOfTests = 0;
    for (const file of this.#nearest(activeMutant.fileName)) {
      const wanted = testFilter?.filter((id) => id.startsWith(`${file.path}#`));
      if (wanted?.length === 0) continue;
      const tests = loaded(file);
      for (const test of tests.filter(({ id }) => wanted?.includes(id) !== false)) {
        nrOfTests += 1;
        const failureMessage = await failureOf(test);
        if (failureMessage === null) continue;
        return switches.hitCount > (hitLimit ?? Infinity)
          ? { status: MutantRunStatus.Timeout, reason: 'it goes round and round' }
          : { status: MutantRunStatus.Killed, killedBy: [test.id], failureMessage, nrOfTests };
      }
    }
    return { status: MutantRunStatus.Survived, nrOfTests };
  }

  /**
   * The quickest to notice first: tests of the mutated family, then the worked cases. The proof's tests take longest and
   * compare a sheet with itself: they are for the proof's own mutants.
   */
  #nearest(mutated: string): readonly TestFile[] {
    const rank = ({ path }: TestFile): number =>
      dirname(mutated).endsWith(dirname(path)) ? 2 : path.startsWith('tests/content/') ? 1 : 0;
    return this.#files
      .filter(({ path }) => !path.includes('/proof/') || mutated.includes('/proof/'))
      .sort((a, b) => rank(b) - rank(a));
  }
}

/** The tests of a file; a mutant that cannot even be loaded fails the first of them. */
function loaded(file: TestFile): readonly Test[] {
  try {
    return file.load();
  } catch (error) {
    const name = messageOf(error);
    return [
      {
        id: `${file.path}#0`,
        name,
        run: () => {
          throw error;
        },
      },
    ];
  }
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner()),
];
