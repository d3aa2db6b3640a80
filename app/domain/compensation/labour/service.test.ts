import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../calendar/index.ts';
import { nextPaidDay, severanceMonths } from './service.ts';

describe('the next last day for which more months are paid (劳动合同法第四十七条)', () => {
  it.each([
    // A day past a full year, then a full half year, then the next day past a year.
    ['2020-03-15', '2020-03-15', '2020-09-14'],
    ['2020-03-15', '2020-09-13', '2020-09-14'],
    ['2020-03-15', '2020-09-14', '2021-03-15'],
    ['2020-03-15', '2021-03-14', '2021-03-15'],
    ['2020-03-15', '2021-03-15', '2021-09-14'],
    // Where there is no corresponding day, the last of the month.
    ['2024-02-29', '2025-01-31', '2025-02-28'],
    ['2023-08-31', '2024-01-31', '2024-02-28'],
  ])('from %s, after %s: %s', (start, last, next) => {
    expect(nextPaidDay(start, last)).toBe(next);
  });

  it('is the first of all later days that counts more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 4_000 }), (begin, stay) => {
        const start = addDays('2019-01-01', begin);
        const last = addDays(start, stay);
        const { halves } = severanceMonths(start, last);
        const next = nextPaidDay(start, last);
        expect(next > last).toBe(true);
        expect(severanceMonths(start, next).halves).toBeGreaterThan(halves);
        expect(severanceMonths(start, addDays(next, -1)).halves).toBe(halves);
      }),
    );
  });
});
