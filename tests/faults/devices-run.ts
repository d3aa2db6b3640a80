import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run fuzz`: a million random frames and as many answers of a printer, ten thousand random fault schedules for each
 * device, paper out at every byte, and a long soak. Takes a quarter of an hour; the tests do the same in small.
 */
const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const files = [
  'tests/faults/devices',
  'hardware/id-card-reader/frame.test.ts',
  'hardware/receipt-printer/conversation.test.ts',
];
const full = { FUZZ_FRAMES: '1000000', DEVICE_SCHEDULES: '10000', PAPER_STEP: '1', SOAK_HOURS: '24' };
const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '--test-timeout', '3600000'], {
  stdio: 'inherit',
  env: { ...full, ...process.env },
});
process.exitCode = status ?? 1;
