import { defineConfig } from 'vitest/config';

/** Unit, contract and flow tests. The browser and Electron tests are Playwright's (playwright.config.ts). */
export default defineConfig({
  test: {
    include: [
      '{app,renderer,hardware,models,hub,tools}/**/*.test.{ts,tsx}',
      'tests/{contract,flows,faults,content}/**/*.test.ts',
    ],
    environment: 'node',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
