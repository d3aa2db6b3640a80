import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The fault tests at full count. Counts can be set by the same names in the environment. */
const counts = { KILLS: '100', DAMAGED_FILES: '40', HISTORIES: '10000' };
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'tests/faults', 'tests/flows/sync-histories.test.ts'],
  {
    stdio: 'inherit',
    env: { ...counts, ...process.env },
  },
);
process.exit(status ?? 1);
