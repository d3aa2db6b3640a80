import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  fenFromYuan,
  parseDecimal,
  roundHalfUp,
  subtract,
  trimDecimal,
  whole,
  yuanFromFen,
  yuanGrouped,
} from './index.ts';

const ratio = (numerator: number, denominator: number) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

describe('exact ratios', () => {
  it.each([
    [1, 2, 1],
    [3, 2, 2],
    [149, 100, 1],
    [-1, 2, -1],
    [-149, 100, -1],
    [0, 7, 0],
  ])('rounds %i/%i half up to %i', (numerator, denominator, expected) => {
    expect(roundHalfUp(ratio(numerator, denominator))).toBe(expected);
  });

  it('refuses what a number cannot hold exactly, and a division by zero', () => {
    expect(() => roundHalfUp(whole(2n ** 60n))).toThrow(RangeError);
    expect(() => divide(whole(1), whole(0))).toThrow(RangeError);
  });

  it('keeps the denominator positive', () => {
    expect(compare(divide(whole(1), whole(-2)), whole(0))).toBe(-1);
  });

  it('adds and subtracts without loss', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 999 }),
        fc.integer(),
        fc.integer({ min: 1, max: 999 }),
        (a, b, c, d) => {
          expect(compare(subtract(add(ratio(a, b), ratio(c, d)), ratio(c, d)), ratio(a, b))).toBe(0);
        },
      ),
    );
  });
});

describe('decimal texts', () => {
  it.each(['', ' 1', '1e3', '+1', '１', '1.', '.5', '0x1', '1,000', 'NaN', '1'.repeat(16), '1.123456789'])(
    'refuses %j',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  it('reads yuan into fen only with at most two decimals', () => {
    expect(fenFromYuan('3200.50')).toBe(320050);
    expect(fenFromYuan('0.005')).toBeNull();
    expect(fenFromYuan('1.500')).toBeNull();
    expect(fenFromYuan('999999999999999')).toBeNull();
  });

  it('writes and reads every amount back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), (fen) => {
        expect(fenFromYuan(yuanFromFen(fen))).toBe(fen);
      }),
    );
  });

  it.each([
    ['7.50', '7.5'],
    ['40.00', '40'],
    ['100', '100'],
    ['0.05', '0.05'],
    ['0.0', '0'],
  ])('drops idle zeros: %s → %s', (text, trimmed) => {
    expect(trimDecimal(text)).toBe(trimmed);
  });

  it('groups thousands', () => {
    expect(yuanGrouped(123456789)).toBe('1,234,567.89');
    expect(yuanGrouped(99999)).toBe('999.99');
    expect(yuanGrouped(-100000)).toBe('-1,000.00');
  });
});
