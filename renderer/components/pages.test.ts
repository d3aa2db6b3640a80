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

test('a heading goes over with what it heads, unless that fits on no page', () => {
  const heads = (block: number) => block === 1;
  expect(intoPages([40, 10, 40], 10, 105, 20, heads)).toEqual([[0], [1, 2]]);
  expect(intoPages([40, 10, 40], 10, 105, 20)).toEqual([[0, 1], [2]]);
  expect(intoPages([40, 10, 500], 10, 110, 20, heads)).toEqual([[0], [1], [2]]);
});
