import { expect, it } from 'vitest';

import { wholeWords } from './whole-words.ts';

it.each([
  ['二手车买到事故车怎么办', '二手|车|买到|事故|车|怎么|办'],
  ['村里的账不公开怎么办', '村里|的|账|不|公开|怎么|办'],
  ['单位给您交工伤保险了吗？', '单位|给|您|交|工伤|保险|了|吗？'],
  ['退伍后怎么报到、安置', '退伍|后|怎么|报到、|安置'],
  ['如果是“9级”，差多少？', '如果|是|“9级”，|差|多少？'],
  ['', ''],
])('a line of %s ends only between words', (text, pieces) => {
  expect(wholeWords(text).join('|')).toBe(pieces);
});

it('keeps every character of other languages too', () => {
  for (const text of ['What can I do for you?', '12348 · 法律服务热线 (24 h)', ' 《民法典》第1079条 '])
    expect(wholeWords(text).join('')).toBe(text);
});
