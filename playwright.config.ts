import { defineConfig } from '@playwright/test';

const specs = (...names: string[]) => names.map((name) => `**/${name}.spec.ts`);

/** Three share what needs a screen to itself, none with much more time than the others; `second screen` has the rest. */
const firstScreen = specs(
  'broken-storage',
  'broken-words',
  'calculators',
  'dock',
  'lockdown',
  'shell',
  'voice',
);

const thirdScreen = specs('interviews', 'verify-page');

/** Pages before a fake host, which need no screen. Any number at a time. */
const pages = specs('eyes-closed', 'left-behind', 'reading', 'screens', 'speaking');

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
    { name: 'first screen', testMatch: firstScreen },
    { name: 'second screen', testIgnore: [...pages, ...firstScreen, ...thirdScreen] },
    { name: 'third screen', testMatch: thirdScreen },
    { name: 'pages', testMatch: pages, fullyParallel: true },
  ],
});
