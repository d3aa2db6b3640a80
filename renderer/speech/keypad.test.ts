import { expect, test } from 'vitest';

import { isMoving, moveOf, turnedTo } from './keypad.ts';

test('arrows move, enter chooses, back goes back, digits type; other keys mean nothing', () => {
  expect(
    ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'Enter', 'Backspace', 'Escape'].map(moveOf),
  ).toEqual(['next', 'next', 'previous', 'previous', 'choose', 'back', 'back']);
  expect(moveOf('7')).toEqual({ digit: '7' });
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
