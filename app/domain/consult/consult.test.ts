import { describe, expect, it } from 'vitest';

import { inOrderOfNeed, isMet, leansOnBefore, NEEDS, wantsAddress } from './index.ts';

describe('a question that leans on the one before', () => {
  it.each([
    '那多久',
    '要多少钱',
    '那去哪里办',
    '要带什么材料',
    '他不同意怎么办',
    '没有证据怎么办',
    '多久能拿到',
    '还要交钱吗',
    '要拘留0天',
  ])('%s says nothing of what it is about', (text) => expect(leansOnBefore(text)).toBe(true));

  it.each([
    '',
    '那',
    '那个那个',
    '啊啊啊啊',
    '你好',
    '谢谢',
    '离婚多久',
    '今天天气怎么样',
    '老板不给工资',
    '那多久'.repeat(6),
  ])('%s does not lean', (text) => expect(leansOnBefore(text)).toBe(false));
});

describe('what is wanted', () => {
  const ways = [{ kind: 'answer' }, { kind: 'guide' }, { kind: 'calculate' }, { kind: 'intake' }] as const;
  const first = (need: (typeof NEEDS)[number] | null) => inOrderOfNeed(need, ways)[0]?.kind;

  it('puts the way first that leads there, and loses none', () => {
    expect(NEEDS.map(first)).toEqual([
      ...['answer', 'answer', 'guide', 'calculate', 'intake', 'guide', 'intake', 'guide', 'guide', 'intake'],
    ]);
    for (const need of [null, ...NEEDS]) expect(new Set(inOrderOfNeed(need, ways))).toEqual(new Set(ways));
    expect(first(null)).toBe('answer');
    expect(inOrderOfNeed('draft', ways).map(({ kind }) => kind)).toEqual([
      'intake',
      'guide',
      'answer',
      'calculate',
    ]);
  });

  it('is said to stand there only where it does', () => {
    expect(isMet('calculate', ways)).toBe(true);
    expect(isMet('calculate', [{ kind: 'answer' }])).toBe(false);
    expect(isMet('consequences', ways)).toBe(false);
    expect(isMet(null, ways)).toBe(false);
  });

  it('asks for addresses where a person or an office is meant', () => {
    expect(NEEDS.filter(wantsAddress)).toEqual(['where', 'complain', 'progress', 'human']);
  });
});
