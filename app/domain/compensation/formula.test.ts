import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiply, roundHalfUp, whole } from '../money/index.ts';
import {
  count,
  days,
  evaluate,
  expressionOf,
  fenOf,
  formula,
  hours,
  money,
  months,
  percent,
  times,
  unknownMoney,
} from './formula.ts';

describe('the amount of a formula', () => {
  it.each([
    // 工伤保险条例第三十七条: grade 9, nine months of 6,000.
    [formula(money('self_wage', 600_000), ['×', months(9)]), 5_400_000],
    // 工伤保险条例第三十九条: a spouse has 40 % a month.
    [formula(money('self_wage', 543_215), ['×', percent(4_000)]), 217_286],
    // 企业职工带薪年休假实施办法第十条、第十一条: two more days' wages for each day not taken.
    [formula(money('wage', 700_000), ['÷', count('21.75')], ['×', days(3)], ['×', percent(20_000)]), 193_103],
    // 劳动法第四十四条: two hours on a workday at one and a half.
    [
      formula(
        money('wage', 500_000),
        ['÷', count('21.75')],
        ['÷', count(8)],
        ['×', hours('2')],
        ['×', percent(15_000)],
      ),
      8_621,
    ],
    // 诉讼费用交纳办法第十三条: 2.5 % of what lies between 10,000 and 100,000, on top of the first 50; halved by 第十六条.
    [
      formula(
        money('base_fee', 5_000),
        ['+', money('above', 2_345_600)],
        ['×', percent(250)],
        ['-', money('paid', 1_000)],
      ),
      62_640,
    ],
    [formula(money('base_fee', 5_000), ['÷', count(2)]), 2_500],
    // 食品安全法第一百四十八条: ten times the price of 25.80.
    [formula(money('price', 2_580), ['×', times(10)]), 25_800],
    // 民间借贷规定第二十五条: 14.8 % a year for one day.
    [
      formula(money('principal', 10_000_000), ['×', percent(1_480)], ['×', days(1)], ['÷', count(365)]),
      4_055,
    ],
  ])('is rounded to the fen once, at its end: %j', (parts, fen) => {
    expect(fenOf(parts)).toBe(fen);
  });

  it.each([
    [100, 1, 50],
    [99, 1, 50],
    [101, 1, 51],
    [0, 1, 0],
    [1, 3, 0],
    [5, 3, 1],
    [3, 1, 2],
  ])('gives half a fen to whoever is paid: half of %i ÷ %i fen are %i', (fen, by, amount) => {
    expect(fenOf(formula(money('loss', fen), ['×', percent(5_000)], ['÷', count(by)]))).toBe(amount);
  });

  it('may lie below zero, where more was paid than is owed', () => {
    const owed = (parts: [number, number]) =>
      fenOf(formula(money('owed', parts[0]), ['-', money('paid', parts[1])], ['×', percent(5_000)]));
    expect(owed([100, 200])).toBe(0);
    expect(owed([100, 199])).toBe(1);
    expect(owed([100, 201])).toBe(-1);
    expect(owed([100, 203])).toBe(-2);
    expect(fenOf(formula(money('owed', -500), ['×', count(3)]))).toBe(-1_500);
    expect(fenOf(formula(money('owed', 100), ['-', money('taken_back', -500)]))).toBe(600);
  });

  it('stays exact to the fen where a plain number would be off', () => {
    // Shares of millions among victims (道路交通事故损害赔偿解释第十九条), each a hair below half a fen.
    const share = (limit: number, loss: number, all: number) =>
      fenOf(formula(money('limit', limit), ['×', money('loss', loss)], ['÷', money('all_losses', all)]));
    expect(share(354_612_046, 30_123_457, 812_345_691)).toBe(13_149_747);
    expect(share(205_802_008, 30_123_457, 812_345_719)).toBe(7_631_563);
    expect(share(415_038_693, 30_123_457, 812_345_741)).toBe(15_390_491);
    // What one cannot hold exactly is still subtracted exactly.
    const fen = (value: string) => ({ ...money('loss', 0), value });
    expect(fenOf(formula(fen('90071992547409.93'), ['-', fen('90071992547409.92')]))).toBe(1);
    const half = fen('45035996273704.97');
    expect(fenOf(formula(half, ['+', fen('45035996273704.98')], ['-', half], ['-', half]))).toBe(1);
  });

  it('is the exact fraction rounded, whatever is multiplied, divided, added and subtracted', () => {
    const value = fc.oneof(
      fc.integer({ min: 1, max: 40 }).map((each) => count(each)),
      fc.integer({ min: 1, max: 30_000 }).map((each) => percent(each)),
      fc.integer({ min: 1, max: 9_999 }).map((each) => count((each / 1_000).toFixed(3))),
      fc.integer({ min: 1, max: 20_000_000 }).map((each) => money('loss', each)),
      fc.integer({ min: 1, max: 200_000 }).map((each) => money('loss', 100 * each)),
    );
    const step = fc.tuple(fc.constantFrom('+', '-', '×', '×', '÷', '÷'), value);
    fc.assert(
      fc.property(value, fc.array(step, { maxLength: 6 }), (first, rest) => {
        const parts = formula(first, ...rest);
        const exact = multiply(evaluate(parts), whole(100));
        fc.pre(exact.numerator < exact.denominator * 10n ** 14n);
        fc.pre(exact.numerator > -exact.denominator * 10n ** 14n);
        expect(fenOf(parts) + 0, expressionOf(parts)).toBe(roundHalfUp(exact) + 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not reckoned from a figure that nobody knows, nor from what is no decimal, nor divided by nothing', () => {
    expect(() => fenOf(formula(unknownMoney('average_wage'), ['×', months(6)]))).toThrow(
      'a formula part without a value',
    );
    for (const value of ['', '-', '1e3', '1:5', '１', ' 7'])
      expect(() => fenOf(formula(money('wage', 600_000), ['×', months(value)])), value).toThrow(RangeError);
    expect(() => fenOf(formula(money('wage', 600_000), ['÷', count(0)]))).toThrow(RangeError);
  });
});

describe('a formula as plain arithmetic', () => {
  it('leaves out fen that are none, and keeps every other digit', () => {
    expect(expressionOf(formula(money('wage', 600_000), ['×', months('6.5')]))).toBe('6000*6.5');
    expect(expressionOf(formula(money('wage', 600_010), ['-', money('paid', 5)]))).toBe('6000.10-0.05');
    expect(expressionOf(formula(money('owed', -500_00), ['+', count('100.000')]))).toBe('-500+100');
    expect(expressionOf(formula(money('loss', 100_00), ['×', percent(12_345)]))).toBe('100*1.2345');
  });
});
