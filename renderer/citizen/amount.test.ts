import { expect, test } from 'vitest';

import { groupsOfFour } from './amount.ts';

test('an amount is said by ten thousands, so that a zero too many is heard', () => {
  const said = (digits: string) => groupsOfFour(digits).map(({ count, power }) => `${count}e${power}`);
  expect(said('34567')).toEqual(['3e4', '4567e0']);
  expect(said('340000')).toEqual(['34e4']);
  expect(said('120003456')).toEqual(['1e8', '2000e4', '3456e0']);
  expect(said('9000000000')).toEqual(['90e8']);
  expect(said('0')).toEqual([]);
});
