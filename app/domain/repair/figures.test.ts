import { describe, expect, test } from 'vitest';

import { figuresDiffer, figuresIn } from './figures.ts';
import type { Sounded } from './sounded.ts';
import { alignment } from './sounds.ts';

const sounded = (characters: string, syllables: string): Sounded => ({
  characters: [...characters],
  syllables: syllables.split(' '),
});
const figures = (text: string) => [...text].filter((_, at) => figuresIn([...text])[at] === true).join('');

describe('figures', () => {
  test.each([
    ['工资三千五百元', '三千五百元'],
    ['第一次', '一次'],
    ['二零二六年九月一日', '二零二六年九月一日'],
    ['十级伤残', '十级'],
    ['欠了半年', '半年'],
    ['万一出事', '万一'],
    ['医生一般怎么说', ''],
    ['三轮车撞人', ''],
  ])('of %s', (text, found) => expect(figures(text)).toBe(found));

  const words = { figures: true };
  const sounds = { figures: false };
  const three = sounded('欠我三千块', 'qian wo san qian kuai');

  test.each([
    ['the same', three, false],
    ['another numeral', sounded('欠我十千块', 'qian wo shi qian kuai'), true],
    ['another that sounds alike', sounded('欠我四千块', 'qian wo si qian kuai'), true],
    ['none', sounded('欠我钱块', 'qian wo qian kuai'), true],
    ['one more', sounded('欠我三千万块', 'qian wo san qian wan kuai'), true],
  ])('heard as words, %s in the known sentence', (_what, known, differs) =>
    expect(figuresDiffer(three, known, words)).toBe(differs),
  );

  test.each([
    ['the same sounds', 'qian wo san qian kuai', false],
    ['sounds that no numeral has', 'qian wo sang qian kuai', false],
    ['a drowned sound', 'qian wo qian kuai', false],
    ['the sound of another numeral', 'qian wo shi qian kuai', true],
  ])('heard as sounds, %s', (_what, syllables, differs) => {
    const heard = sounded('某'.repeat(syllables.split(' ').length), syllables);
    expect(figuresDiffer(heard, three, sounds)).toBe(differs);
  });
});

test('syllables find one another across what was left out or put in', () => {
  expect(alignment(['a', 'ba', 'ma'], ['a', 'ma'])).toEqual([0, 2]);
  expect(alignment(['a', 'ma'], ['a', 'ba', 'ma'])).toEqual([0, null, 1]);
  expect(alignment([], ['a'])).toEqual([null]);
  expect(alignment(['a'], [])).toEqual([]);
});
