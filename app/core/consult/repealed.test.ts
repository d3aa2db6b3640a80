import { expect, it } from 'vitest';

import { createRepealReader } from './repealed.ts';

const repealed = createRepealReader(
  ['劳动合同法', '民法典', '治安管理处罚法'],
  [
    { law: '合同法', by: '民法典', since: '2021-01-01' },
    { law: '婚姻法', by: '民法典', since: '2021-01-01' },
    { law: '民法通则', by: '民法典', since: '2021-01-01' },
    { law: '灯笼税暂行条例', by: '灯笼税法', since: '2030-01-01' },
    { law: '灯笼办法', by: null, since: null },
  ],
  () => '2026-11-22',
);
const names = (plain: string) => repealed(plain).map(({ law }) => law);

it.each([
  ['合同法第52条还有用吗', ['合同法']],
  ['民法通则和婚姻法怎么规定的，婚姻法呢', ['民法通则', '婚姻法']],
  ['劳动合同法第三十条', []],
  ['劳动合同法和合同法', ['合同法']],
  ['灯笼办法', ['灯笼办法']],
  ['婚姻法规定彩礼要退吗', ['婚姻法']],
])('finds what is named and no longer in force: %s', (plain, laws) => expect(names(plain)).toEqual(laws));

it.each(['找个婚姻法律师', '合同法人要签字', '婚姻法规', '民法典', '离婚'])(
  'takes other words for none: %s',
  (plain) => expect(names(plain)).toEqual([]),
);

it('waits for the day on which a law ends', () => expect(names('灯笼税暂行条例')).toEqual([]));

it('tells what stands in its place', () =>
  expect(repealed('合同法')).toEqual([{ law: '合同法', by: '民法典', since: '2021-01-01' }]));
