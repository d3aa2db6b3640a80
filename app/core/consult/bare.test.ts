import { describe, expect, it } from 'vitest';

import { isBare } from './bare.ts';
import { normalise } from './normalise.ts';

describe('a question without a matter', () => {
  it.each([
    '怎么办',
    '我该怎么办？',
    '你好',
    '您好，有人吗',
    '帮帮我',
    '我想问一下',
    '我想咨询法律问题',
    '请问在吗',
    '救命',
    '咋整',
    '谢谢',
  ])('%s is asked back', (said) => {
    expect(isBare(normalise(said).text)).toBe(true);
  });

  it.each(['赔偿', '合同', '离婚怎么办', '帮我写个起诉状', '律师', '老板不发工资', '我想问一下工伤', '钱'])(
    '%s says what it is about',
    (said) => {
      expect(isBare(normalise(said).text)).toBe(false);
    },
  );

  it('is no riddle when one word is repeated a thousand times', () => {
    expect(isBare('想问'.repeat(1_000) + '猫')).toBe(false);
    expect(isBare('想问'.repeat(10))).toBe(true);
  });
});
