import { defineConfig } from '@playwright/test';

/** What needs no window of its own: pages before a fake host, each with its own, so any number at a time. */
const pages = ['**/reading.spec.ts', '**/screens.spec.ts'];

/** The tests in a real window run one at a time, since each has the whole screen. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  use: { actionTimeout: 15_000 },
  expect: { timeout: 10_000 },
  reporter: 'line',
  projects: [
    { name: 'windows', testIgnore: pages },
    { name: 'pages', testMatch: pages, fullyParallel: true },
  ],
});
