import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { calculate, type Calculation } from '../index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));
const TODAY = '2026-11-22';
const params = {
  urban_income_fen: 4_531_200,
  urban_consumption_fen: 2_975_500,
  avg_wage_year_fen: 11_489_300,
};

const attempt = (calc: string, inputs: unknown, overrides?: unknown) =>
  calculate(calc, inputs, table, { today: TODAY, ...(overrides === undefined ? {} : { overrides }) });
function compute(calc: string, inputs: unknown, overrides?: unknown): Calculation {
  const result = attempt(calc, inputs, overrides);
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}
const damages = (inputs: object, overrides: object = {}) =>
  compute('pi.damages', { kind: 'injury', ...inputs }, { ...params, ...overrides });
const amounts = ({ items }: Calculation): Record<string, number> =>
  Object.fromEntries(items.map(({ code, amountFen }) => [code, amountFen]));

describe('years by age', () => {
  it.each([
    [0, 20],
    [59, 20],
    [60, 20],
    [61, 19],
    [74, 6],
    [75, 5],
    [76, 5],
    [130, 5],
  ])('at %i: %i years for death, disability and an adult dependant', (age, years) => {
    const death = damages({ kind: 'death', age });
    expect(amounts(death)['PI_DEATH']).toBe(4_531_200 * years);
    expect(amounts(damages({ age, grades: [10] }))['PI_DISABILITY']).toBe(453_120 * years);
    const adult = compute('pi.dependants', { dependants: [{ id: 'a', type: 'adult', age }] }, params);
    expect(amounts(adult)).toEqual({ PI_DEP_a: 2_975_500 * years });
  });

  it.each([
    [{ age: '16.8' }, 1.2],
    [{ age: 17 }, 1],
    [{ age: 0 }, 18],
    [{ age: 16.8 }, 1.2],
    [{ years: '1.2' }, 1.2],
  ])('a minor of %j has %d left', (left, years) => {
    const sheet = compute('pi.dependants', { dependants: [{ id: 'c', type: 'minor', ...left }] }, params);
    expect(amounts(sheet)).toEqual({ PI_DEP_c: Math.round(2_975_500 * years) });
  });
});

describe('disability', () => {
  it.each([
    [[10], 1_000, 1_000],
    [[1], 10_000, 10_000],
    [[9, 10], 2_100, 2_200],
    [[10, 8, 10], 3_200, 3_400],
    [[8, 8], 3_300, 3_400],
    [[9, 9, 9, 9, 9, 9, 9], 3_000, 3_000],
    [[2, 3, 4], 10_000, 10_000],
    [[1, 10], 10_000, 10_000],
  ])('of grades %j is %i to %i basis points', (grades, low, high) => {
    const of = (multi_grade_scheme: string) =>
      amounts(damages({ age: 30, grades }, { multi_grade_scheme }))['PI_DISABILITY'];
    expect(of('A')).toBe((4_531_200 * 20 * low) / 10_000);
    expect(of('B')).toBe((4_531_200 * 20 * high) / 10_000);
  });

  it('of several grades is a range while no scheme is verified: the sheet takes the lower end', () => {
    const sheet = damages({ age: 30, grades: [8, 10, 10] });
    expect(amounts(sheet)['PI_DISABILITY']).toBe(28_999_680);
    expect(sheet.info).toEqual({ disability_low_fen: 28_999_680, disability_high_fen: 30_812_160 });
    expect(sheet.flags).toEqual(['MULTI_GRADE_NOT_STATUTORY']);
    expect(sheet.items[0]?.notes).toContain('MULTI_GRADE_RANGE');
  });

  it('not yet appraised leaves it and the dependants open, not zero', () => {
    const sheet = damages({ grades: null, dependants: [{ type: 'minor', age: 8 }] });
    expect(sheet.items).toEqual([]);
    expect(sheet.withheld.map(({ code, reason }) => [code, reason])).toEqual([
      ['PI_DISABILITY', 'input_missing'],
      ['PI_DEPENDANTS', 'input_missing'],
    ]);
  });

  it('is what dependants need, unless the loss of capacity was appraised', () => {
    const dependants = [{ type: 'minor', age: 8, share_n: 2 }];
    expect(damages({ dependants }).flags).toEqual(['DEP_NEEDS_DISABILITY']);
    expect(amounts(damages({ dependants, dep_coef_bp: 2_000 }))).toEqual({ PI_DEPENDANTS: 2_975_500 });
  });
});

describe('lost earnings, care, devices', () => {
  it.each([
    [{ loss_fen: 123 }, 123],
    [{ daily_fen: 20_000, days: 3 }, 60_000],
    [{ three_year_total_fen: 18_000_000, days: 100 }, 1_643_836],
    [{ annual_fen: 7_260_400, days: 90 }, 1_790_236],
    [{ industry: 'agriculture', days: 90 }, 1_790_236],
  ])('earnings %j', (lost_wages, fen) => {
    expect(amounts(damages({ lost_wages }))).toEqual({ PI_LOST_WAGES: fen });
  });

  it('take the newest year of an industry and say so', () => {
    const sheet = damages({ lost_wages: { industry: 'construction', days: 365 } });
    expect(amounts(sheet)).toEqual({ PI_LOST_WAGES: 10_029_900 });
    expect(sheet.figures).toMatchObject([{ statYear: 2022, requiredYear: 2025, stale: true }]);
  });

  it('adds carers and long-term care, which ends after twenty years', () => {
    const care = [
      { daily_fen: 15_000, days: 30, persons: 2 },
      { annual_fen: 7_300_000, days: 10 },
    ];
    const at = (years: number | string) =>
      damages({ care, long_term_care: { annual_fen: 6_000_000, years, ratio_bp: 5_000 } });
    expect(amounts(at('0.5'))).toEqual({ PI_CARE: 900_000 + 200_000 + 1_500_000 });
    expect(at(20).flags).toEqual([]);
    expect(at('20.01').flags).toEqual(['CARE_CAPPED_20Y']);
    expect(amounts(at(25))).toEqual(amounts(at(20)));
  });

  it('withholds care while a carer’s rate is neither given nor verified', () => {
    const sheet = damages({ care: [{ days: 30 }], hospital_days: 3, nutrition_days: 2 });
    expect(sheet.withheld.map(({ code, figureKey }) => [code, figureKey])).toEqual([
      ['PI_CARE', 'pi.caregiver_day'],
      ['PI_HOSP_MEAL', 'pi.hospital_meal_day'],
      ['PI_NUTRITION', 'pi.nutrition_day'],
    ]);
    expect(amounts(damages({ nutrition_fen: 60_000 }))).toEqual({ PI_NUTRITION: 60_000 });
  });

  it('replaces a device each time its life ends', () => {
    const device = { unit_fen: 1_000_000, years: 20, cycle_years: 3, maintenance_fen: 5_000 };
    expect(amounts(damages({ device }))).toEqual({ PI_DEVICE: 7_005_000 });
    expect(amounts(damages({ device: [device, { unit_fen: 1, years: 4, cycle_years: '2' }] }))).toEqual({
      PI_DEVICE: 7_005_002,
    });
  });
});

describe('figures of the table', () => {
  it('are those of the year before, else the newest earlier one with the banner; unverified years never', () => {
    const sheet = compute('pi.damages', { kind: 'death', tort_date: '2025-02-28', age: 40 });
    expect(amounts(sheet)).toEqual({ PI_DEATH: 90_624_000, PI_FUNERAL: 5_744_650 });
    expect(sheet.figures).toMatchObject([
      { key: 'income.urban', region: 'CN-53', statYear: 2024, requiredYear: 2025, stale: true, grade: 'B' },
      { key: 'wage.staff.pi', statYear: 2024, stale: true },
    ]);
    const of2023 = calculate('pi.damages', { kind: 'death', tort_date: '2022-05-01', age: 40 }, table, {
      today: '2023-06-01',
    });
    expect(of2023.ok && of2023.value.figures[0]).toMatchObject({ statYear: 2022, stale: false });
  });

  it.each([
    ['2024-02-29', '2027-02-28'],
    ['2024-03-01', '2027-03-01'],
  ])('a claim from %s ends on %s', (tort_date, claim_by) => {
    expect(damages({ tort_date }).info).toEqual({ claim_by });
  });
});

describe('more than is needed', () => {
  it('goes without harm: days beside a loss, days beside the hospital’s figure, sums that are null', () => {
    expect(amounts(damages({ lost_wages: { loss_fen: 123, days: 9 } }))).toEqual({ PI_LOST_WAGES: 123 });
    expect(amounts(damages({ nutrition_days: 9, nutrition_fen: 60_000 }))).toEqual({ PI_NUTRITION: 60_000 });
    expect(damages({ medical_fen: null, mental_fen: null })).toEqual(damages({}));
  });

  it.each([
    { type: 'minor', age: 18 },
    { type: 'adult', years: 0 },
  ])('%j is no dependant any more, and the sheet says so', (grown) => {
    const child = { id: 'c', type: 'minor', age: '12.417' };
    const sheet = damages({ age: 30, grades: [1], dependants: [grown, child] });
    // 18 − 12.417 = 5.583 years
    expect(amounts(sheet)['PI_DEPENDANTS']).toBe(16_612_217);
    expect(sheet.flags).toEqual(['DEP_NO_YEARS_LEFT']);
    const alone = compute('pi.dependants', { dependants: [grown] }, params);
    expect([alone.items, alone.flags]).toEqual([[], ['DEP_NO_YEARS_LEFT']]);
  });

  it('a sum for the suffering is the court’s to fix, unless a share of a death has weighed it', () => {
    const said = (inputs: object) =>
      damages({ age: 40, mental_fen: 100, ...inputs }).flags.includes('MENTAL_IS_DISCRETIONARY');
    expect([said({}), said({ liability_bp: 7_000 }), said({ kind: 'death' })]).toEqual([true, true, true]);
    expect(said({ kind: 'death', liability_bp: 7_000 })).toBe(false);
  });
});

describe('inputs refused', () => {
  const minor = { id: 'c', type: 'minor', age: 8 };
  it.each([
    [{}, 'required', 'kind'],
    [{ kind: 'injury' }, 'required', 'tort_date'],
    [{ kind: 'injury', tort_date: '2022-04-30' }, 'too_early', 'tort_date'],
    [{ kind: 'injury', tort_date: '2026-11-23' }, 'in_the_future', 'tort_date'],
    [{ kind: 'injury', tort_date: TODAY, grades: [10] }, 'required', 'age'],
    [{ kind: 'death', tort_date: TODAY }, 'required', 'age'],
    [{ kind: 'death', tort_date: TODAY, age: 30, grades: [5] }, 'contradiction', 'grades'],
    [{ kind: 'death', tort_date: TODAY, age: 30, grades: null }, 'contradiction', 'grades'],
    [{ kind: 'death', tort_date: TODAY, age: 30, dep_coef_bp: 1 }, 'contradiction', 'dep_coef_bp'],
    [
      { kind: 'death', tort_date: TODAY, age: 30, long_term_care: { annual_fen: 1, years: 1 } },
      'contradiction',
      'long_term_care',
    ],
    [{ kind: 'injury', tort_date: TODAY, age: -1 }, 'too_small', 'age'],
    [{ kind: 'injury', tort_date: TODAY, age: 30, grades: [11] }, 'too_large', 'grades'],
    [{ kind: 'injury', tort_date: TODAY, medical_fen: 900_000_000_000 }, 'too_large', 'medical_fen'],
    [{ kind: 'injury', tort_date: TODAY, liability_bp: 10_001 }, 'too_large', 'liability_bp'],
    [{ kind: 'injury', tort_date: TODAY, lost_wages: { days: 3 } }, 'contradiction', 'lost_wages'],
    [{ kind: 'injury', tort_date: TODAY, lost_wages: { annual_fen: 1 } }, 'contradiction', 'lost_wages'],
    [
      { kind: 'injury', tort_date: TODAY, care: [{ days: 1, daily_fen: 1, annual_fen: 1 }] },
      'contradiction',
      'care',
    ],
    [
      { kind: 'injury', tort_date: TODAY, device: { unit_fen: 1, years: 1, cycle_years: 0 } },
      'too_small',
      'device',
    ],
    [{ kind: 'injury', tort_date: TODAY, device: {} }, 'required', 'device'],
    [{ kind: 'injury', tort_date: TODAY, dependants: [minor, minor] }, 'contradiction', 'dependants'],
    [
      { kind: 'injury', tort_date: TODAY, dependants: [{ ...minor, age: 19 }] },
      'contradiction',
      'dependants',
    ],
    [{ kind: 'injury', tort_date: TODAY, dependants: [{ type: 'adult' }] }, 'required', 'dependants'],
    [
      { kind: 'injury', tort_date: TODAY, dependants: [{ ...minor, age: '1.123456789' }] },
      'not_a_decimal',
      'dependants',
    ],
    [{ kind: 'injury', tort_date: TODAY, dependants: [{ ...minor, share_n: 0 }] }, 'too_small', 'dependants'],
    [
      { kind: 'injury', tort_date: TODAY, dependants: [{ ...minor, id: 'a b' }] },
      'not_an_identifier',
      'dependants',
    ],
  ])('%j → %s', (inputs, code, field) => {
    expect(attempt('pi.damages', inputs)).toMatchObject({ ok: false, failure: { code, field } });
  });

  it('whatever is sent, without a throw', () => {
    const names = ['grades', 'care', 'dependants', 'device', 'lost_wages', 'long_term_care', 'age'];
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...names), (value, name) => {
        for (const inputs of [
          value,
          { kind: 'injury', [name]: value },
          { kind: 'death', age: 5, [name]: value },
        ])
          for (const calc of ['pi.damages', 'pi.dependants', 'wi.gate'])
            expect(typeof attempt(calc, inputs, params).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

const dependant = fc.record({
  type: fc.constantFrom('minor', 'adult'),
  age: fc.integer({ min: 0, max: 17 }),
  share_n: fc.integer({ min: 1, max: 4 }),
});
const family = fc
  .array(dependant, { minLength: 1, maxLength: 5 })
  .map((people) =>
    people.map((one, at) => ({ ...one, id: `d${at}`, age: one.type === 'adult' ? one.age * 5 : one.age })),
  );

describe('properties', () => {
  it('a higher grade never gives less, an older victim never more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 2, max: 10 }), (age, grade) => {
        const of = (a: number, g: number) => amounts(damages({ age: a, grades: [g] }))['PI_DISABILITY'] ?? 0;
        expect(of(age, grade - 1)).toBeGreaterThan(of(age, grade));
        expect(of(age + 1, grade)).toBeLessThanOrEqual(of(age, grade));
      }),
    );
  });

  it('dependants together never get more than a year’s consumption a year, whatever their order', () => {
    const reckon = (dependants: object[], dep_coef_bp: number, dep_cap_basis: string) =>
      compute('pi.dependants', { dependants, dep_coef_bp }, { ...params, dep_cap_basis });
    const basis = fc.constantFrom('after_coefficient', 'before_coefficient');
    fc.assert(
      fc.property(family, fc.integer({ min: 1, max: 10_000 }), basis, (people, loss, cap) => {
        const sheet = reckon(people, loss, cap);
        expect(sheet.totals.onceFen).toBeLessThanOrEqual(2_975_500 * 20 + people.length);
        expect(sheet.totals.onceFen).toBe(sheet.items.reduce((sum, { amountFen }) => sum + amountFen, 0));
        expect(amounts(reckon([...people].reverse(), loss, cap))).toEqual(amounts(sheet));
        const before = reckon(people, loss, 'before_coefficient').totals.onceFen;
        expect(before).toBeLessThanOrEqual(
          reckon(people, loss, 'after_coefficient').totals.onceFen + people.length,
        );
      }),
    );
  });

  it('dependants agree with a sum year by year', () => {
    fc.assert(
      fc.property(family, fc.integer({ min: 1, max: 10_000 }), (people, loss) => {
        const until = (one: (typeof people)[number]): number =>
          one.type === 'minor' ? 18 - one.age : one.age < 60 ? 20 : Math.max(5, 80 - one.age);
        const expected = people.map(() => 0);
        for (let year = 0; year < 20; year += 1) {
          const here = people.filter((one) => until(one) > year);
          const asked = here.reduce((sum, { share_n: n }) => sum + loss / 10_000 / n, 0);
          for (const [at, one] of people.entries())
            if (until(one) > year)
              expected[at] =
                (expected[at] ?? 0) + ((29_755_00 / one.share_n) * (loss / 10_000)) / Math.max(1, asked);
        }
        const sheet = compute('pi.dependants', { dependants: people, dep_coef_bp: loss }, params);
        for (const [at, one] of people.entries())
          expect(Math.abs((amounts(sheet)[`PI_DEP_${one.id}`] ?? 0) - (expected[at] ?? 0))).toBeLessThan(
            0.51,
          );
      }),
      { numRuns: 1_000 },
    );
  });

  it('what is payable lies between the suffering and the whole, and grows with the share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_999 }),
        fc.integer({ min: 0, max: 10 ** 8 }),
        (share, mental_fen) => {
          const at = (liability_bp: number) =>
            damages({ medical_fen: 1_234_567, age: 50, grades: [9], mental_fen, liability_bp });
          const payable = Number(at(share).info['payable_fen']);
          expect(payable).toBeGreaterThanOrEqual(mental_fen);
          expect(payable).toBeLessThanOrEqual(at(share).totals.onceFen);
          expect(Number(at(share + 1).info['payable_fen'])).toBeGreaterThanOrEqual(payable);
          expect(at(10_000).info['payable_fen']).toBe(at(0).totals.onceFen);
          expect(at(0).info['payable_fen']).toBe(mental_fen);
        },
      ),
    );
  });
});
