import { expect, test } from 'vitest';

import { FORGOTTEN_AFTER_MS, idlePolicy } from './index.ts';

test('reading has a minute, a form two, and slow modes three times as much', () => {
  expect(idlePolicy('reading', 'normal')).toEqual({ warnAfterMs: 60_000, answerWithinMs: 15_000 });
  expect(idlePolicy('form', 'normal').warnAfterMs).toBe(120_000);
  expect(idlePolicy('form', 'slow')).toEqual({ warnAfterMs: 360_000, answerWithinMs: 45_000 });
});

test('the core waits longer than any screen would', () => {
  const { warnAfterMs, answerWithinMs } = idlePolicy('form', 'slow');
  expect(FORGOTTEN_AFTER_MS).toBeGreaterThan(warnAfterMs + answerWithinMs);
});
