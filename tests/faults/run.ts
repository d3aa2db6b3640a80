import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `Kills the core while it writes, damages journals, cuts the network, and looks for what was lost.

  npm run faults                     100 kills of the journal's writer and 100 of the core, 40 damaged files, 10,000 sync histories (some minutes)
  KILLS=5 npm run faults             other counts: KILLS, DAMAGED_FILES, HISTORIES
`;

/** The fault tests at full count. Counts can be set by the same names in the environment. */
const counts = { KILLS: '100', DAMAGED_FILES: '40', HISTORIES: '10000' };
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'tests/faults', 'tests/flows/sync-histories.test.ts'],
  {
    stdio: 'inherit',
    env: { ...counts, ...process.env },
  },
);
process.exit(status ?? 1);
