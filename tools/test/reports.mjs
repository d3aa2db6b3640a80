import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const none = { passed: 0, failed: 0, skipped: 0, failures: [] };

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** What failed, by name, with the first lines of what it said: enough to see the cause where only the end of a log is kept. */
const failure = (name, messages) => ({
  name,
  said: stripVTControlCharacters(messages.filter(Boolean).join('\n')).split('\n').slice(0, 12),
});

/** What vitest's JSON report says; undefined where it wrote none. A file that could not be loaded is one failure. */
export function vitestReport(file) {
  const report = read(file);
  if (!report) return undefined;
  const unloaded = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const failed = report.testResults.flatMap((suite) =>
    suite.assertionResults.filter((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloaded.map((suite) => failure(suite.name, [suite.message])),
      ...failed.map((test) => failure(test.fullName, test.failureMessages)),
    ],
  };
}

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** What Playwright's JSON report says; undefined where it wrote none. */
export function playwrightReport(file) {
  const report = read(file);
  if (!report) return undefined;
  const { expected, unexpected, skipped, flaky } = report.stats;
  const failed = report.suites.flatMap(specsOf).filter((spec) => !spec.ok);
  return {
    passed: expected + flaky,
    failed: unexpected + report.errors.length,
    skipped,
    failures: [
      ...report.errors.map((error) => failure('outside any test', [error.message])),
      ...failed.map((spec) =>
        failure(
          `${spec.file}:${spec.line} ${spec.title}`,
          spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors.map((e) => e.message))),
        ),
      ),
    ],
  };
}

export const sum = (reports) =>
  reports.reduce(
    (one, other) => ({
      passed: one.passed + other.passed,
      failed: one.failed + other.failed,
      skipped: one.skipped + other.skipped,
      failures: [...one.failures, ...other.failures],
    }),
    none,
  );
