import { expect, test } from 'vitest';

import { runCycles } from './voice-cycles.ts';

test('starting, stopping, cancelling and dying recorders leave nothing behind', async () => {
  const report = await runCycles(80);
  expect(report.recordersLeft).toBe(0);
  expect(report.microphone).toBe('ready');
  expect(report.after.handles).toBeLessThanOrEqual(report.before.handles + 2);
  expect(Object.values(report.ends).reduce((sum, count) => sum + count, 0)).toBe(80);
  expect(report.ends['microphone']).toBe(4);
}, 120_000);
