import { expect, test } from 'vitest';

import { newReceiptNumber } from './receipt-number.ts';

test('carries the day and a check digit, and avoids what is taken', () => {
  const taken = new Set<string>();
  for (let count = 0; count < 300; count += 1) {
    const receiptNumber = newReceiptNumber('2026-11-22', (number) => taken.has(number));
    expect(receiptNumber).toMatch(/^261122-\d{4}-\d$/);
    expect(luhn(receiptNumber.replaceAll('-', ''))).toBe(0);
    taken.add(receiptNumber);
  }
  expect(taken.size).toBe(300);
});

function luhn(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * 2;
    return total + (index % 2 === 0 ? Number(digit) : doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10;
}
