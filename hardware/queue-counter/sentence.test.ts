import fc from 'fast-check';
import { expect, it } from 'vitest';

import { encodeSentence, SentenceReader } from './sentence.ts';

const sentence = fc.record({
  word: fc.stringMatching(/^[A-Z]{1,8}$/),
  id: fc.stringMatching(/^[0-9a-f]{1,8}$/),
  fields: fc.array(fc.stringMatching(/^[A-Za-z0-9 -]{0,8}$/), { maxLength: 3 }),
});

it('reads what it wrote, cut anywhere and with noise between', () => {
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), (all, size) => {
      const noise = Buffer.from('\xff*00\r\n$HALF,1', 'latin1');
      const stream = Buffer.concat(all.flatMap((each) => [noise, Buffer.from(encodeSentence(each))]));
      const reader = new SentenceReader();
      const found = [];
      for (let at = 0; at < stream.length; at += size)
        found.push(...reader.push(stream.subarray(at, at + size)));
      expect(found).toEqual(all);
    }),
  );
});

it('takes no damaged sentence, whichever bit is turned', () => {
  const whole = encodeSentence({ word: 'NUMBER', id: '7f3a', fields: ['A012', '5'] });
  for (let bit = 0; bit < (whole.length - 2) * 8; bit += 1) {
    const damaged = Buffer.from(whole);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect([bit, new SentenceReader().push(damaged)]).toEqual([bit, []]);
  }
});

it('keeps no more than a line of an endless one', () => {
  const reader = new SentenceReader();
  expect(reader.push(Buffer.from(`$${'A'.repeat(100_000)}`))).toEqual([]);
  expect(reader.push(Buffer.from('\n'))).toEqual([]);
});
