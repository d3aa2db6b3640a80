import { defineConfig } from 'vitest/config';

/** One family of calculators, e.g. `MUTATION_FAMILY=lending`: only its tests are loaded for its mutants, which is what takes long. */
const family = process.env['MUTATION_FAMILY'];

/** The tests that guard the calculators, for `npm run mutation`. */
export default defineConfig({
  test: {
    root: process.cwd(),
    include: [
      family === undefined
        ? 'app/domain/compensation/**/*.test.ts'
        : `app/domain/compensation/{${family}/*,claims,wording}.test.ts`,
      'tests/content/compensation-*.test.ts',
    ],
    setupFiles: ['tests/mutation/setup.ts'],
    testTimeout: 15_000,
    isolate: false,
  },
});
