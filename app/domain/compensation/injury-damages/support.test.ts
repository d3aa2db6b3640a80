import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { YEAR } from './inputs.ts';
import { support, type CapBasis, type Dependant } from './support.ts';

/** Urban consumption of a year, 29755 yuan. */
const CONSUMPTION = 2_975_500;
const WHOLE = 10_000;

const person = (id: string, years: number, sharers = 1): Dependant => ({ id, sharers, until: years * YEAR });
const fen = (people: readonly Dependant[], coefficientBp = WHOLE, basis: CapBasis = 'after_coefficient') => {
  const { shares, capped } = support(people, CONSUMPTION, coefficientBp, basis);
  return { fen: shares.map(({ amountFen }) => amountFen), capped };
};

describe('the yearly total of all dependants (人身损害赔偿解释第十七条第二款)', () => {
  it('is not cut where it is exactly one year’s consumption', () => {
    const halves = [person('a', 10, 2), person('b', 10, 2)];
    expect(fen(halves)).toEqual({ fen: [14_877_500, 14_877_500], capped: false });
    // Three thirds of a sum that three does not divide: each is rounded on his own, none makes the fen up.
    const thirds = [person('a', 10, 3), person('b', 10, 3), person('c', 10, 3)];
    expect(fen(thirds)).toEqual({ fen: [9_918_333, 9_918_333, 9_918_333], capped: false });
  });

  it('is cut in proportion as soon as there is one share more', () => {
    const more = [person('a', 10, 2), person('b', 10, 2), person('c', 10, 20)];
    // 1/2 : 1/2 : 1/20 of one year's consumption.
    expect(fen(more)).toEqual({ fen: [14_169_048, 14_169_048, 1_416_905], capped: true });
  });

  it('rounds every person once, the last like the others: a fen or less over the whole time', () => {
    // Before the coefficient: 1/4, 1/4, 1/2 for five years, then 1/3 and 2/3; 30 % of each.
    const people = [person('c8', 10, 2), person('c13', 5, 2), person('p70', 10)];
    expect(fen(people, 3_000, 'before_coefficient')).toEqual({
      fen: [2_603_563, 1_115_813, 5_207_125],
      capped: true,
    });
  });

  it('is free again once somebody’s time is over', () => {
    expect(fen([person('a', 2), person('b', 5)])).toEqual({
      fen: [CONSUMPTION, CONSUMPTION + 3 * CONSUMPTION],
      capped: true,
    });
    expect(fen([person('a', 5), person('b', 5)])).toEqual({
      fen: [2.5 * CONSUMPTION, 2.5 * CONSUMPTION],
      capped: true,
    });
  });

  it('never exceeds that consumption by more than rounding: half a fen a person', () => {
    const dependant = fc.record({
      years: fc.integer({ min: 1, max: 20 }),
      sharers: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(
        fc.array(dependant, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: WHOLE }),
        fc.constantFrom<CapBasis>('after_coefficient', 'before_coefficient'),
        (drawn, coefficientBp, basis) => {
          const people = drawn.map(({ years, sharers }, at) => person(String(at), years, sharers));
          const { shares, capped, totalFen } = support(people, CONSUMPTION, coefficientBp, basis);
          // Year by year, as a clerk would: everybody's share, held to the consumption of that year.
          let most = 0;
          let over = false;
          for (let year = 0; year < 20; year += 1) {
            const parts = people
              .filter(({ until }) => until > year * YEAR)
              .reduce((sum, { sharers }) => sum + 1 / sharers, 0);
            const coefficient = coefficientBp / WHOLE;
            const due = basis === 'after_coefficient' ? parts * coefficient : parts;
            over ||= due > 1 + 1e-9;
            most +=
              CONSUMPTION *
              (basis === 'after_coefficient' ? Math.min(1, due) : Math.min(1, due) * coefficient);
          }
          expect(capped).toBe(over);
          expect(Math.abs(totalFen - most)).toBeLessThanOrEqual(people.length / 2 + 1e-3);
          expect(totalFen).toBe(shares.reduce((sum, { amountFen }) => sum + amountFen, 0));
        },
      ),
      { numRuns: 300 },
    );
  });
});
