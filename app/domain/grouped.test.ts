import { expect, it } from 'vitest';

import { groupedBy } from './grouped.ts';

it('keeps items of a key together, in the order in which they come', () => {
  const groups = groupedBy([3, 1, 4, 1, 5], (number) => (number % 2 === 0 ? 'even' : 'odd'));
  expect([...groups]).toEqual([
    ['odd', [3, 1, 1, 5]],
    ['even', [4]],
  ]);
  expect(groupedBy([], String).size).toBe(0);
});
