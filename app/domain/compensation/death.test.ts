import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));

interface Survivor {
  relation: 'spouse' | 'child' | 'parent' | 'other';
  orphan_or_lonely?: boolean;
}
const [spouse, child, parent]: readonly Survivor[] = [
  { relation: 'spouse' },
  { relation: 'child' },
  { relation: 'parent' },
];
const orphan: Survivor = { relation: 'child', orphan_or_lonely: true };

function sheet(wageFen: number, survivors: readonly (Survivor | undefined)[]): Calculation {
  const inputs = {
    death_date: '2026-03-01',
    death_type: 'accident',
    avg_contrib_wage_fen: wageFen,
    survivors,
  };
  const result = calculate('wi.death', inputs, table, { today: '2026-11-22' });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}
const pensions = ({ items }: Calculation): readonly number[] =>
  items.filter(({ freq }) => freq === 'monthly').map(({ amountFen }) => amountFen);

/** Per cent of the wage (工伤保险条例第三十九条第一款第二项). */
const percentOf = ({ relation, orphan_or_lonely: lonely }: Survivor): number =>
  (relation === 'spouse' ? 40 : 30) + (lonely === true ? 10 : 0);

describe('pensions of survivors never exceed the wage together (工伤保险条例第三十九条第一款第二项)', () => {
  it('below 100 % and at it each has the whole of his own', () => {
    expect(pensions(sheet(700_000, [spouse, child]))).toEqual([280_000, 210_000]);
    expect(pensions(sheet(700_000, [spouse, child, parent]))).toEqual([280_000, 210_000, 210_000]);
    expect(sheet(700_000, [spouse, child, parent]).flags).toEqual([]);
  });

  it('at exactly 100 % the last gives way by the one fen that rounding would add, and nobody is scaled', () => {
    // 30 % of 7000.05 is 2100.015: twice rounded up it would make 7000.06.
    const full = sheet(700_005, [spouse, child, child]);
    expect(pensions(full)).toEqual([280_002, 210_002, 210_001]);
    expect(full.flags).toEqual([]);
    // Here rounding takes a fen: no law makes it up.
    expect(pensions(sheet(700_001, [spouse, child, child]))).toEqual([280_000, 210_000, 210_000]);
    expect(pensions(sheet(700_005, [child, spouse, child]))).toEqual([210_002, 280_002, 210_001]);
  });

  it('one step above it all are scaled alike, and the last takes the difference', () => {
    const over = sheet(700_000, [spouse, child, orphan]);
    expect(pensions(over)).toEqual([254_545, 190_909, 254_546]);
    expect(over.flags).toEqual(['PENSION_SCALED_TO_SELF_WAGE']);
  });

  it('whatever the wage and whoever they are', () => {
    const survivor = fc.record({
      relation: fc.constantFrom('child', 'parent', 'other' as const),
      orphan_or_lonely: fc.boolean(),
    });
    fc.assert(
      fc.property(
        // From the floor of 60 % to the cap of 300 % of the average wage of 2025.
        fc.integer({ min: 440_340, max: 2_201_700 }),
        fc.array(survivor, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (wage, others, married) => {
          const people: readonly Survivor[] = married ? [{ relation: 'spouse' }, ...others] : others;
          const percent = people.map(percentOf).reduce((sum, each) => sum + each, 0);
          const calculation = sheet(wage, people);
          const paid = pensions(calculation);
          const total = paid.reduce((sum, each) => sum + each, 0);
          expect(paid).toHaveLength(people.length);
          expect(total).toBeLessThanOrEqual(wage);
          expect(calculation.flags.includes('PENSION_SCALED_TO_SELF_WAGE')).toBe(percent > 100);
          if (percent > 100) expect(total).toBe(wage);
          for (const [at, person] of people.entries()) {
            const own = (wage * percentOf(person)) / Math.max(100, percent);
            // The last may differ by what rounding did to the others.
            const slack = at === people.length - 1 ? people.length / 2 : 0.5;
            expect(Math.abs((paid[at] ?? 0) - own)).toBeLessThanOrEqual(slack + 1e-6);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
