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

/** `MUTATION_SAMPLE=8` tries every eighth mutant only, for a quick figure; the others end as errors, outside the score. */
const SAMPLE = Number(process.env['MUTATION_SAMPLE'] ?? 1);

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

/** Why the first failing test of a file fails, or `null`; loading it is the first test of all. */
async function firstFailure(file: TestFile): Promise<string | null> {
  try {
    for (const test of file.load()) {
      const failure = await failureOf(test);
      if (failure !== null) return `${test.name}: ${failure}`;
    }
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Runs the tests of the calculators inside Stryker's worker, some thousand times faster than a vitest for each mutant: files
 * are bundled once and loaded anew for each mutant, because constants and the shapes of a day are made when they are first
 * needed. A file of tests counts as one test: what it makes once, all its tests reach.
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

  async dryRun(): Promise<DryRunResult> {
    const mutantCoverage = { static: {}, perTest: {} };
    switches.mutantCoverage = mutantCoverage;
    const tests: TestResult[] = [];
    for (const file of this.#files) {
      switches.currentTestId = file.path;
      const started = performance.now();
      const failureMessage = await firstFailure(file);
      const common = { id: file.path, name: file.path, timeSpentMs: performance.now() - started };
      tests.push(
        failureMessage === null
          ? { ...common, status: TestStatus.Success }
          : { ...common, status: TestStatus.Failed, failureMessage },
      );
    }
    delete switches.currentTestId;
    delete switches.mutantCoverage;
    return { status: DryRunStatus.Complete, tests, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRunOptions): Promise<MutantRunResult> {
    if (Number(activeMutant.id) % SAMPLE !== 0)
      return { status: MutantRunStatus.Error, errorMessage: 'not in the sample' };
    switches.activeMutant = activeMutant.id;
    switches.hitCount = 0;
    if (hitLimit !== undefined) switches.hitLimit = hitLimit;
    const files = this.#nearest(activeMutant.fileName).filter(
      ({ path }) => testFilter?.includes(path) !== false,
    );
    for (const [index, file] of files.entries()) {
      const failureMessage = await firstFailure(file);
      if (failureMessage === null) continue;
      return switches.hitCount > (hitLimit ?? Infinity)
        ? { status: MutantRunStatus.Timeout, reason: 'it goes round and round' }
        : { status: MutantRunStatus.Killed, killedBy: [file.path], failureMessage, nrOfTests: index + 1 };
    }
    return { status: MutantRunStatus.Survived, nrOfTests: files.length };
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

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'in-process', () => new InProcessRunner()),
];
