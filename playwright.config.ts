import { defineConfig } from '@playwright/test';

const specs = (...names: string[]) => names.map((name) => `**/${name}.spec.ts`);

/** About half of what needs a screen to itself, by time: two screens share the rest. */
const firstScreen = specs(
  'broken-storage',
  'broken-words',
  'calculators',
  'dock',
  'lockdown',
  'shell',
  'voice',
);

/** What needs no screen to itself: pages before a fake host, and walks each with a kiosk of its own. Any number at a time. */
const pages = specs(
  'eyes-closed',
  'interviews',
  'left-behind',
  'reading',
  'screens',
  'speaking',
  'verify-page',
);

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
    { name: 'second screen', testIgnore: [...pages, ...firstScreen] },
    { name: 'pages', testMatch: pages, fullyParallel: true },
  ],
});
