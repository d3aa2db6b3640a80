import { defineConfig } from 'vitest/config';

/** What looks at its own process, for files, memory and handles that are left: others' would be found too. */
const alone = ['app/core/speech/recogniser-link.test.ts', 'tests/faults/devices-soak.test.ts'];

/** Unit, contract and flow tests. The browser and Electron tests are Playwright's (playwright.config.ts). */
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 4,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [
            '{app,renderer,hardware,models,hub,tools}/**/*.test.{ts,tsx}',
            'tests/{contract,flows,faults,content}/**/*.test.ts',
          ],
          exclude: alone,
          // Every file's imports anew take longer than the tests.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
