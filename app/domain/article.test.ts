import { expect, test } from 'vitest';

import { articleInDigits } from './article.ts';

test.each([
  ['第一千零七十九条', '第1079条'],
  ['第三十七条', '第37条'],
  ['第十条第二款', '第10条第2款'],
  ['第一百二十条之一', '第120条之一'],
  ['附则', '附则'],
])('%s is shown as %s', (paper, screen) => expect(articleInDigits(paper)).toBe(screen));
