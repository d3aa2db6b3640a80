import { defineConfig } from '@playwright/test';

/** The tests in a real window: one at a time, since each has the whole screen. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  use: { actionTimeout: 15_000 },
  expect: { timeout: 10_000 },
  reporter: 'line',
});
