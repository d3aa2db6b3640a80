import { expect, test } from 'vitest';

import { isPackOld } from './index.ts';

test.each([
  ['2026-05-26', '2026-11-22', false],
  ['2026-05-25', '2026-11-22', true],
  ['2026-11-22', '2026-11-22', false],
  ['', '2026-11-22', false],
])('a pack of %j is old on %s: %s', (asOf, today, old) => expect(isPackOld(asOf, today)).toBe(old));
