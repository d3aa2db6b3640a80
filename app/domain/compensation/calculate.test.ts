import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionOf } from './formula.ts';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate, CALCULATOR_IDS, type Calculation } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';
const params = {
  avg_month_cap_fen: 733900,
  avg_month_nursing_fen: 733900,
  avg_month_lump_fen: 733900,
  avg_month_funeral_fen: 733900,
  min_wage_fen: 227000,
  med_subsidy_months: { '5': '15', '6': '13', '7': '8', '8': '6', '9': '3', '10': '2' },
  emp_subsidy_months: { '5': '33', '6': '29', '7': '22', '8': '18', '9': '13', '10': '7' },
  occ_uplift_bp: 3000,
  hospital_meal_day_fen: 5000,
  national_income_fen: 5650200,
};

const attempt = (id: string, inputs: unknown, overrides?: unknown) =>
  calculate(id, inputs, table, { today: TODAY, ...(overrides === undefined ? {} : { overrides }) });
function compute(id: string, inputs: unknown, overrides?: unknown): Calculation {
  const result = attempt(id, inputs, overrides);
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const amount = (calculation: Calculation, code: string): number =>
  calculation.items.find((item) => item.code === code)?.amountFen ?? 0;

describe('inputs refused', () => {
  const benefits = { injury_date: '2026-03-01', grade: 7, avg_contrib_wage_fen: 600000 };
  const death = {
    death_date: '2026-03-01',
    death_type: 'accident',
    avg_contrib_wage_fen: 600000,
    survivors: [],
  };
  it.each([
    ['wi.benefits', null, 'not_an_object', null],
    ['wi.benefits', [], 'not_an_object', null],
    ['wi.benefits', {}, 'required', 'grade'],
    ['wi.benefits', { grade: 0 }, 'required', 'injury_date'],
    ['wi.benefits', { injury_date: '2026-03-01', grade: 7 }, 'required', 'avg_contrib_wage_fen'],
    ['wi.benefits', { ...benefits, sl_months: '3' }, 'required', 'sl_wage_fen'],
    [
      'wi.benefits',
      { ...benefits, avg_contrib_wage_fen: 900_000_000_000 },
      'too_large',
      'avg_contrib_wage_fen',
    ],
    ['wi.benefits', { ...benefits, avg_contrib_wage_fen: 0 }, 'too_small', 'avg_contrib_wage_fen'],
    ['wi.benefits', { ...benefits, avg_contrib_wage_fen: -1 }, 'too_small', 'avg_contrib_wage_fen'],
    ['wi.benefits', { ...benefits, avg_contrib_wage_fen: 6000.5 }, 'not_an_integer', 'avg_contrib_wage_fen'],
    [
      'wi.benefits',
      { ...benefits, avg_contrib_wage_fen: '600000' },
      'not_an_integer',
      'avg_contrib_wage_fen',
    ],
    ['wi.benefits', { ...benefits, grade: 11 }, 'too_large', 'grade'],
    ['wi.benefits', { ...benefits, grade: '7' }, 'not_an_integer', 'grade'],
    ['wi.benefits', { ...benefits, grade: Number.NaN }, 'not_an_integer', 'grade'],
    ['wi.benefits', { ...benefits, medical_fen: -1 }, 'too_small', 'medical_fen'],
    ['wi.benefits', { ...benefits, hospital_days: 3651 }, 'too_large', 'hospital_days'],
    ['wi.benefits', { ...benefits, sl_months: 3 }, 'not_a_decimal', 'sl_months'],
    ['wi.benefits', { ...benefits, sl_months: '3e1' }, 'not_a_decimal', 'sl_months'],
    ['wi.benefits', { ...benefits, sl_months: '121' }, 'too_large', 'sl_months'],
    ['wi.benefits', { ...benefits, insured: 'yes' }, 'not_a_boolean', 'insured'],
    ['wi.benefits', { ...benefits, insurred: false }, 'unknown_field', 'insurred'],
    ['wi.benefits', { ...benefits, injury_date: '2026-11-23' }, 'in_the_future', 'injury_date'],
    ['wi.benefits', { ...benefits, injury_date: '2010-12-31' }, 'too_early', 'injury_date'],
    ['wi.benefits', { ...benefits, injury_date: '2026-02-29' }, 'not_a_date', 'injury_date'],
    ['wi.benefits', { ...benefits, contract_end: 'fired' }, 'not_an_option', 'contract_end'],
    ['wi.benefits', { ...benefits, contract_end_date: '2026-02-01' }, 'contradiction', 'contract_end_date'],
    ['wi.benefits', { ...benefits, grade: 0, nursing_level: 'full' }, 'contradiction', 'nursing_level'],
    [
      'wi.benefits',
      { ...benefits, occupational_disease: true, old_soldier_relapse: true },
      'contradiction',
      'old_soldier_relapse',
    ],
    ['wi.death', { ...death, grade: 5 }, 'contradiction', 'grade'],
    ['wi.death', { ...death, injury_date: '2026-03-02' }, 'contradiction', 'death_date'],
    [
      'wi.death',
      { ...death, survivors: [{ relation: 'spouse' }, { relation: 'spouse' }] },
      'contradiction',
      'survivors',
    ],
    ['wi.death', { ...death, survivors: [{ relation: 'friend' }] }, 'not_an_option', 'survivors'],
    ['wi.death', { ...death, survivors: 'two' }, 'not_a_list', 'survivors'],
    ['wi.death', { ...death, survivors: Array(21).fill({ relation: 'child' }) }, 'too_many', 'survivors'],
    ['wi.death', { death_type: 'accident' }, 'required', 'death_date'],
    [
      'wi.death',
      { death_date: '2026-03-01', death_type: 'accident', survivors: [{ relation: 'child' }] },
      'required',
      'avg_contrib_wage_fen',
    ],
    ['wi.missing', { month_wage_fen: 1 }, 'required', 'accident_date'],
    ['wi.deadlines', { start_date: '2027-01-01' }, 'in_the_future', 'start_date'],
    ['labor.wages', {}, 'unknown_calculator', null],
    ['constructor', {}, 'unknown_calculator', null],
  ])('%s %j → %s', (id, inputs, code, field) => {
    const result = attempt(id, inputs);
    expect(result).toMatchObject({ ok: false, failure: { code, field } });
  });

  it.each([
    [{ avg_month_cap_fen: '733900' }, 'params.avg_month_cap_fen'],
    [{ med_subsidy_months: { '4': '15' } }, 'params.med_subsidy_months'],
    [{ med_subsidy_months: { '5': '-15' } }, 'params.med_subsidy_months'],
    [{ surprise: 1 }, 'params.surprise'],
    ['params', 'params'],
  ])('refuses figures given by hand: %j', (overrides, field) => {
    expect(attempt('wi.benefits', { grade: 0 }, overrides)).toMatchObject({
      ok: false,
      failure: { code: 'invalid_parameter', field },
    });
  });

  it('says nothing of what was typed', () => {
    const result = attempt('wi.benefits', { ...benefits, contract_end: '王小明' });
    expect(JSON.stringify(result)).not.toContain('王小明');
  });

  it('refuses a day that is none, and one before the rules', () => {
    expect(calculate('wi.deadlines', { start_date: '2020-01-01' }, table, { today: 'today' })).toMatchObject({
      ok: false,
      failure: { field: 'today' },
    });
    expect(
      calculate('wi.deadlines', { start_date: '2010-01-01' }, table, { today: '2010-06-01' }),
    ).toMatchObject({ ok: false, failure: { code: 'too_early' } });
  });
});

describe('rules that the shared cases do not show', () => {
  const base = { grade: 7, avg_contrib_wage_fen: 600000, contract_end: 'employee_resigns' };

  it('raises the medical subsidy for an occupational disease', () => {
    const sheet = compute('wi.benefits', { ...base, occupational_disease: true }, params);
    expect(amount(sheet, 'WI_MED_SUBSIDY')).toBe(7632560);
    expect(amount(sheet, 'WI_EMP_SUBSIDY')).toBe(16145800);
    expect(sheet.flags).toEqual(['OCC_DISEASE_UPLIFT']);
  });

  it('withholds what hangs on a wage that the citizen does not know, and keeps the rest', () => {
    const sheet = compute('wi.benefits', { ...base, avg_contrib_wage_fen: null, medical_fen: 100 }, params);
    expect(sheet.items.map(({ code }) => code)).toEqual(['WI_MEDICAL', 'WI_MED_SUBSIDY', 'WI_EMP_SUBSIDY']);
    expect(sheet.withheld).toMatchObject([
      { code: 'WI_DIS_LUMP', reason: 'input_missing', figureKey: 'avg_contrib_wage_fen' },
    ]);
  });

  it('raises the allowance only when it lies below the minimum wage', () => {
    const placed = { grade: 5, avg_contrib_wage_fen: 600000, hard_to_place: true };
    const at = (min_wage_fen: number) => compute('wi.benefits', placed, { ...params, min_wage_fen });
    expect(at(420000).flags).toEqual([]);
    expect(at(420001).flags).toEqual(['ALLOWANCE_FLOOR_MIN_WAGE']);
    expect(amount(at(420001), 'WI_DIS_ALLOW')).toBe(420001);
  });

  it('pays no allowance to who has left or retired', () => {
    const placed = { grade: 5, avg_contrib_wage_fen: 600000, hard_to_place: true };
    expect(amount(compute('wi.benefits', placed, params), 'WI_DIS_ALLOW')).toBe(420000);
    expect(
      amount(compute('wi.benefits', { ...placed, contract_end: 'employee_resigns' }, params), 'WI_DIS_ALLOW'),
    ).toBe(0);
    const retired = compute('wi.benefits', { ...placed, retired: true }, params);
    expect(amount(retired, 'WI_DIS_ALLOW')).toBe(0);
    expect(retired.flags).toEqual(['ALLOWANCE_STOPS_ON_RETIREMENT', 'NO_LUMPS_AFTER_RETIREMENT']);
  });

  it('says when the other side has paid all medical costs', () => {
    const sheet = compute(
      'wi.benefits',
      { grade: 0, medical_fen: 100, medical_paid_by_third_party_fen: 100 },
      params,
    );
    expect(sheet.items).toEqual([]);
    expect(sheet.flags).toEqual(['THIRD_PARTY_MEDICAL_DEDUCTED']);
  });

  it('names each figure it used once, with year and source, and marks the provisional average', () => {
    const sheet = compute('wi.benefits', {
      injury_date: '2026-03-01',
      grade: 1,
      avg_contrib_wage_fen: 600000,
      nursing_level: 'full',
    });
    expect(sheet.figures).toMatchObject([
      {
        key: 'wage.all_caliber.month',
        statYear: 2025,
        requiredYear: 2025,
        stale: false,
        grade: 'B',
        value: 7339,
      },
    ]);
    for (const item of sheet.items) expect(item.notes).toContain('WAGE_CALIBER_PROVISIONAL');
  });
});

describe('properties', () => {
  const wage = fc.integer({ min: 1, max: 100_000_000 });
  const bill = fc.integer({ min: 0, max: 10_000_000_000 });
  const benefitInputs = fc.record(
    {
      grade: fc.integer({ min: 1, max: 10 }),
      avg_contrib_wage_fen: wage,
      insured: fc.boolean(),
      medical_fen: bill,
      medical_paid_by_third_party_fen: bill,
      hospital_days: fc.integer({ min: 0, max: 3650 }),
      sl_months: fc.integer({ min: 0, max: 1200 }).map((tenths) => (tenths / 10).toFixed(1)),
      sl_extension_approved: fc.boolean(),
      sl_wage_fen: wage,
      sl_paid_fen: bill,
      nursing_level: fc.constantFrom('none', 'part', 'most', 'full'),
      hard_to_place: fc.boolean(),
      contract_end: fc.constantFrom('none', 'employee_resigns', 'term_expired'),
      retired: fc.boolean(),
      occupational_disease: fc.boolean(),
    },
    { requiredKeys: ['grade', 'avg_contrib_wage_fen', 'sl_wage_fen'] },
  );

  it('adds up: totals are the sums of whole, positive items; amounts are their own formulas', () => {
    fc.assert(
      fc.property(benefitInputs, (inputs) => {
        const { items, totals } = compute('wi.benefits', inputs, params);
        const sum = (freq: string) =>
          items.filter((item) => item.freq === freq).reduce((total, { amountFen }) => total + amountFen, 0);
        expect(totals).toEqual({ onceFen: sum('once'), monthlyFen: sum('monthly') });
        for (const { amountFen, formula } of items) {
          expect(Number.isSafeInteger(amountFen) && amountFen > 0).toBe(true);
          expect(expressionOf(formula)).toMatch(/^[\d.]+([-+*/][\d.]+)*$/);
          expect(formula.every(({ value }) => /^\d+(\.\d+)?$/.test(value))).toBe(true);
        }
        if (inputs.insured === false) expect(items.every(({ payer }) => payer === 'EMPLOYER')).toBe(true);
      }),
    );
  });

  it('never gives a lighter grade more', () => {
    fc.assert(
      fc.property(wage, (avg_contrib_wage_fen) => {
        const lumps = Array.from({ length: 10 }, (_, index) =>
          amount(compute('wi.benefits', { grade: index + 1, avg_contrib_wage_fen }, params), 'WI_DIS_LUMP'),
        );
        expect(lumps).toEqual([...lumps].sort((a, b) => b - a));
        const subsidies = [5, 6, 7, 8, 9, 10].map((grade) =>
          amount(
            compute('wi.benefits', { grade, avg_contrib_wage_fen, contract_end: 'employee_resigns' }, params),
            'WI_EMP_SUBSIDY',
          ),
        );
        expect(subsidies).toEqual([...subsidies].sort((a, b) => b - a));
      }),
      { numRuns: 30 },
    );
  });

  it('holds the own wage between 60 % and 300 %, flagged only when moved', () => {
    fc.assert(
      fc.property(wage, fc.integer({ min: 1, max: 5_000_000 }), (avg_contrib_wage_fen, average) => {
        const { info, flags } = compute(
          'wi.benefits',
          { grade: 10, avg_contrib_wage_fen },
          { ...params, avg_month_cap_fen: average },
        );
        const own = BigInt(info['self_wage_fen'] ?? 0);
        const [floor, cap] = [(BigInt(average) * 12n + 10n) / 20n, BigInt(average) * 3n];
        expect(own >= floor && own <= cap).toBe(true);
        expect(flags.includes('SELF_WAGE_FLOOR_60')).toBe(
          BigInt(avg_contrib_wage_fen) * 10n < BigInt(average) * 6n,
        );
        expect(flags.includes('SELF_WAGE_CAP_300')).toBe(BigInt(avg_contrib_wage_fen) > cap);
      }),
    );
  });

  it('never gives survivors more than the own wage, and all of it when shares reach 100 %', () => {
    const survivors = fc.array(
      fc.record({ relation: fc.constantFrom('child', 'parent', 'other'), orphan_or_lonely: fc.boolean() }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(wage, survivors, (avg_contrib_wage_fen, people) => {
        const sheet = compute(
          'wi.death',
          { death_type: 'accident', avg_contrib_wage_fen, survivors: people },
          params,
        );
        const own = Number(sheet.info['self_wage_fen']);
        expect(sheet.totals.monthlyFen).toBeLessThanOrEqual(own);
        const shares = people.reduce((sum, { orphan_or_lonely: lonely }) => sum + (lonely ? 40 : 30), 0);
        if (shares > 100) expect(sheet.totals.monthlyFen).toBe(own);
        expect(sheet.flags.includes('PENSION_SCALED_TO_SELF_WAGE')).toBe(shares > 100);
      }),
    );
  });

  it('never throws, whatever arrives', () => {
    const ids = fc.oneof(fc.constantFrom(...CALCULATOR_IDS), fc.string());
    const nearly = fc.dictionary(
      fc.constantFrom(
        'grade',
        'avg_contrib_wage_fen',
        'injury_date',
        'survivors',
        'death_type',
        'sl_months',
        '__proto__',
        'toString',
        'accident_date',
        'start_date',
      ),
      fc.oneof(fc.jsonValue(), fc.integer(), fc.constantFrom('accident', '2026-01-01', '1.5')),
    );
    fc.assert(
      fc.property(
        ids,
        fc.oneof(fc.jsonValue(), nearly, fc.anything()),
        fc.option(fc.anything(), { nil: undefined }),
        (id, inputs, overrides) => {
          expect(typeof attempt(id, inputs, overrides).ok).toBe('boolean');
        },
      ),
      { numRuns: 2000 },
    );
  });
});
