import { expect, test } from 'vitest';

import { intoPages } from './pages.ts';

test('what fits stands on one page, without room for turning', () => {
  expect(intoPages([40, 40], 10, 90, 20)).toEqual([[0, 1]]);
});

test('what does not fit is split in order, with room for turning on each page', () => {
  expect(intoPages([40, 40, 40], 10, 110, 20)).toEqual([[0, 1], [2]]);
});

test('a block higher than a page stands alone instead of vanishing', () => {
  expect(intoPages([30, 500, 30], 10, 100, 20)).toEqual([[0], [1], [2]]);
});

test('nothing makes one empty page', () => {
  expect(intoPages([], 10, 100, 20)).toEqual([[]]);
});
