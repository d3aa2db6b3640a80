import { expect, test } from 'vitest';

import { spokenChinese } from '../../app/domain/spoken/index.ts';
import { isMoving, moveOf, placesOf, spelt, tellsTyping, turnedTo } from './keypad.ts';

test('arrows move, enter chooses, back goes back, digits type; other keys mean nothing', () => {
  expect(
    ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'Enter', 'Backspace', 'Escape'].map(moveOf),
  ).toEqual(['next', 'next', 'previous', 'previous', 'choose', 'back', 'back']);
  expect(moveOf('7')).toEqual({ digit: '7' });
  expect(moveOf('.')).toEqual({ digit: 'point' });
  for (const key of ['a', 'Shift', 'F5', '12', '']) expect(moveOf(key)).toBeNull();
  expect([moveOf('ArrowUp'), moveOf('Enter'), moveOf('7'), null].map(isMoving)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('going round begins and ends nowhere', () => {
  expect(turnedTo(-1, 3, 'next')).toBe(0);
  expect(turnedTo(-1, 3, 'previous')).toBe(2);
  expect(turnedTo(2, 3, 'next')).toBe(0);
  expect(turnedTo(0, 3, 'previous')).toBe(2);
});

test('what was typed is spelt with its point, and counted with its X', () => {
  expect(spokenChinese(`现在是：${spelt('2.5', '，点')}`)).toBe('现在是，二，点五');
  expect(spelt('1,600.00', 'point')).toBe('1 6 0 0 point 0 0');
  expect(['–', '1,600', '11010519491231002X', '138 0000 1234'].map(placesOf)).toEqual([0, 4, 18, 11]);
});

test('keys that tell what is typed: digits, X, letters and candidates, not those that delete, turn or end', () => {
  const key = (innerText: string, within: string, matched = '') =>
    ({
      innerText,
      closest: (selector: string) => (selector.includes(within) ? {} : null),
      matches: (selector: string) => selector === matched,
    }) as unknown as HTMLElement;
  for (const secret of ['7', 'X']) expect(tellsTyping(key(secret, '.number-pad'))).toBe(true);
  expect(tellsTyping(key('w', '.keyboard'))).toBe(true);
  expect(tellsTyping(key('低保', '.keyboard', '.candidate:not(.candidate-more)'))).toBe(true);
  for (const plain of ['删除', '填好了']) expect(tellsTyping(key(plain, '.number-pad'))).toBe(false);
  expect(tellsTyping(key('好', '.hands'))).toBe(false);
});
