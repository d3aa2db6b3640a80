import { describe, expect, test } from 'vitest';

import { createWordRepair } from './word-repair.ts';

/** What a pack may know: the usual figure is often another one than what was said. */
const sentences = [
  '老板欠我十千块工资不给',
  '老板欠我四千块工资不给怎么办',
  '老板欠我四千块工资不给我怎么办才好',
  '老板欠我四千块工资',
  '一级伤残怎么赔',
  '四级伤残怎么赔',
  '单位拖欠工资怎么办',
  '工伤怎么赔偿',
];
const words = createWordRepair(sentences, 'words');
const sounds = createWordRepair(sentences, 'sounds');
const asked = (text: string) => ({ text, expected: [] });

describe('a figure that was heard', () => {
  test.each([
    '老板欠我三千块工资不给',
    '老板欠我三千块工资不给怎么办',
    '老板欠我十千块工资不给怎么办',
    '十级伤残怎么赔',
    '第三次伤残怎么赔',
    '工资二零二六年四月十日没给',
  ])('%s stays', (text) => {
    expect(words(asked(text)).text).toBe(text);
    expect(words(asked(text)).repaired).toEqual([]);
  });

  test('stays where the words around it are put right', () => {
    const { text, repaired } = words(asked('老板欠我三千块工子不给'));
    expect(text).toBe('老板欠我三千块工资不给');
    expect(repaired).toEqual([{ heard: '子', taken: '资' }]);
  });

  test('written in digits is no other figure either', () => {
    expect(words(asked('老板欠我5000块工资不给我怎么办才好')).text).toBe(
      '老板欠我5000块工资不给我怎么办才好',
    );
  });

  test('by its sound only is taken for itself, or for none: ten is not four', () => {
    expect(sounds(asked('司机上蚕怎么陪')).text).toBe('四级伤残怎么赔');
    expect(sounds(asked('是级伤残怎么赔')).text).not.toMatch(/四|一级/);
  });

  test('is still offered as what else may have been said', () => {
    expect(words(asked('老板欠我三千块工资不给怎么办')).alternatives).toContain(
      '老板欠我四千块工资不给怎么办',
    );
  });
});

describe('where a choice is to be named', () => {
  const expected = ['没交', '交了', '不清楚'];
  test.each([
    ['没交', '没交'],
    ['没叫', '没交'],
    ['第二个', '第二个'],
    ['最后一个', '最后一个'],
    ['单位拖欠工资怎么办', '单位拖欠工资怎么办'],
  ])('%s is heard as %s', (text, taken) => {
    expect(words({ text, expected })).toMatchObject({ text: taken, sure: true });
  });

  test('what is none of them and no sentence is not sure', () => {
    expect(words({ text: '锅碗瓢盆', expected }).sure).toBe(false);
  });
});

test.each(['', '了', '老'])('%j alone is no sentence', (text) => {
  expect(sounds(asked(text)).sure).toBe(false);
});

test('words without figures are put right as before', () => {
  expect(words(asked('单位拖欠公资怎么办')).text).toBe('单位拖欠工资怎么办');
  expect(words(asked('公伤怎么陪长')).text).toBe('工伤怎么赔偿');
});
