import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate, difference, type Calculation } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const sheet = (inputs: object, id = 'wi.benefits'): Calculation => {
  const result = calculate(id, inputs, table, { today: '2026-11-22' });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};
const injured = { injury_date: '2026-03-01', insured: true, avg_contrib_wage_fen: 600_000, grade: 10 };

describe('sheets side by side', () => {
  it('tell grade 9 from grade 10 item by item', () => {
    expect(difference(sheet(injured), sheet({ ...injured, grade: 9 }))).toEqual({
      items: [{ code: 'WI_DIS_LUMP', freq: 'once', beforeFen: 4_200_000, afterFen: 5_400_000 }],
      onceFen: 1_200_000,
      monthlyFen: 0,
      withheldBefore: [],
      withheldAfter: [],
      flagsGained: [],
      flagsLost: [],
    });
  });

  it('say what only one of them has, and never mix once with monthly', () => {
    const kept = { ...injured, grade: 6, hard_to_place: true, min_wage_class: 'I' };
    const changed = difference(sheet(kept), sheet({ ...kept, contract_end: 'employee_resigns' }));
    expect(changed.items).toEqual([
      { code: 'WI_DIS_ALLOW', freq: 'monthly', beforeFen: 360_000, afterFen: 0 },
    ]);
    expect([changed.onceFen, changed.monthlyFen]).toEqual([0, -360_000]);
    expect(changed.withheldAfter).toEqual(['WI_MED_SUBSIDY', 'WI_EMP_SUBSIDY']);
    expect(difference(sheet(injured), sheet({ ...injured, insured: false }))).toMatchObject({
      items: [],
      onceFen: 0,
      flagsGained: ['UNINSURED_EMPLOYER_PAYS'],
    });
    expect(difference(sheet({ ...injured, insured: false }), sheet(injured)).flagsLost).toEqual([
      'UNINSURED_EMPLOYER_PAYS',
    ]);
  });
});

describe('figures typed in by hand', () => {
  const stay = { injury_date: '2026-03-01', grade: 0, hospital_days: 10 };

  it('compute what would be withheld, and are marked as typed', () => {
    expect(sheet(stay).withheld).toMatchObject([{ code: 'WI_HOSP_MEAL' }]);
    const { items, figures, withheld } = sheet({ ...stay, typed: { hospital_meal_day_fen: 5_050 } });
    expect(withheld).toEqual([]);
    expect(items).toMatchObject([
      { code: 'WI_HOSP_MEAL', amountFen: 50_500, figureKeys: ['wi.hospital_meal_day'] },
    ]);
    expect(figures).toEqual([
      {
        key: 'wi.hospital_meal_day',
        region: 'CN-53',
        statYear: null,
        requiredYear: null,
        value: 50.5,
        unit: 'yuan/day',
        source: '',
        grade: 'T',
        stale: false,
      },
    ]);
  });

  it('serve the two subsidies, whose series nobody has verified', () => {
    const leaving = { ...injured, contract_end: 'employee_resigns' };
    const { items, figures } = sheet({ ...leaving, typed: { avg_month_lump_fen: 733_900 } });
    expect(items.map(({ code, amountFen }) => [code, amountFen])).toEqual([
      ['WI_DIS_LUMP', 4_200_000],
      ['WI_MED_SUBSIDY', 1_467_800],
      ['WI_EMP_SUBSIDY', 5_137_300],
    ]);
    expect(figures.find(({ grade }) => grade === 'T')).toMatchObject({
      key: 'wi.lump_base_caliber',
      unit: 'yuan/month',
      value: 7339,
    });
  });

  it('fill an LPR that the table lacks, and never replace one that it has', () => {
    const loan = (contract_date: string, typed: object) =>
      sheet(
        {
          ...{ principal_fen: 10_000_000, contract_date, start_date: contract_date, end_date: '2026-11-20' },
          ...{ agreed_rate_bp: 2400, typed },
        },
        'loan.interest',
      );
    const late = loan('2026-10-10', { lpr_bp: 290 });
    expect(late.items[0]?.formula.find(({ term }) => term === 'rate')?.value).toBe('11.6');
    expect(late.figures).toMatchObject([{ key: 'lpr.1y', grade: 'T', value: 2.9, unit: 'percent' }]);
    const early = loan('2026-05-01', { lpr_bp: 290 });
    expect(early.items[0]?.formula.find(({ term }) => term === 'rate')?.value).toBe('12');
    expect(early.figures).toMatchObject([{ grade: 'B', value: 3 }]);
  });

  it.each([
    [{ hospital_meal_day_fen: 0 }, 'too_small', 'typed.hospital_meal_day_fen'],
    [{ hospital_meal_day_fen: 1.5 }, 'not_an_integer', 'typed.hospital_meal_day_fen'],
    [{ med_subsidy_months: { 5: '99' } }, 'unknown_field', 'typed.med_subsidy_months'],
    [[], 'not_an_object', 'typed'],
    ['50', 'not_an_object', 'typed'],
  ])('refuse %j: %s', (typed, code, field) => {
    expect(calculate('wi.benefits', { ...stay, typed }, table, { today: '2026-11-22' })).toMatchObject({
      ok: false,
      failure: { code, field },
    });
  });
});

describe('what is not plausible', () => {
  const overtime = (inputs: object) =>
    calculate('labor.overtime', { base_month_fen: 600_000, ...inputs }, table, { today: '2026-11-22' });

  it('warns of more than three hours a day, not of exactly three', () => {
    const at = (hours_weekday: string) => overtime({ hours_weekday, days_weekday: 10, months: 1 });
    expect(at('30')).toMatchObject({ value: { flags: [], items: [{ notes: ['OVERTIME_PROOF'] }] } });
    expect(at('30.5')).toMatchObject({
      value: {
        flags: ['OVERTIME_ABOVE_3_HOURS'],
        items: [{ notes: ['OVERTIME_PROOF', 'OVERTIME_ABOVE_3_HOURS'] }],
      },
    });
  });

  it('counts 36 hours for each month', () => {
    const notes = (months: number, hours_weekday: string) => {
      const result = overtime({ hours_weekday, months });
      return result.ok ? result.value.items[0]?.notes : null;
    };
    expect(notes(1, '36')).toEqual(['OVERTIME_PROOF']);
    expect(notes(1, '36.5')).toEqual(['OVERTIME_PROOF', 'OVERTIME_ABOVE_36_HOURS']);
    expect(notes(2, '72')).toEqual(['OVERTIME_PROOF']);
    expect(notes(2, '72.5')).toEqual(['OVERTIME_PROOF', 'OVERTIME_ABOVE_36_HOURS']);
  });

  it.each(['weekday', 'rest', 'holiday'])('refuses more hours on a %s than a day has', (kind) => {
    const of = (hours: string) => overtime({ [`hours_${kind}`]: hours, [`days_${kind}`]: 2 });
    expect(of('48')).toMatchObject({ ok: true });
    expect(of('48.5')).toMatchObject({ failure: { code: 'contradiction', field: `days_${kind}` } });
  });

  it('holds compound interest to the first principal and its interest at the ceiling', () => {
    const loan = (principal_fen: number, more: object = {}) =>
      sheet(
        {
          ...{ principal_fen, contract_date: '2024-01-01', start_date: '2024-01-01', end_date: '2025-01-01' },
          ...{
            agreed_rate_bp: 1380,
            original_principal_fen: 10_000_000,
            original_date: '2023-01-01',
            ...more,
          },
        },
        'loan.interest',
      );
    // 13.8 % is four times the LPR of the contract's day: 100 000 at it for 731 days is 27 637.81.
    const over = loan(12_000_000);
    expect(over.flags).toEqual(['COMPOUND_CEILING']);
    expect(over.items).toMatchObject([
      { code: 'LN_COMPOUND_CEILING', amountFen: 2_763_781, payer: 'BORROWER' },
    ]);
    expect(over.info).toEqual({ principal_fen: 10_000_000 });
    const within = loan(11_000_000);
    expect(within.flags).toEqual([]);
    expect(within.items.map(({ amountFen }) => amountFen)).toEqual([1_522_159]);
    expect(within.info).toEqual({ principal_fen: 11_000_000 });
  });

  it.each([
    [{ original_date: undefined }, 'original_date'],
    [{ original_principal_fen: 12_000_001 }, 'original_principal_fen'],
    [{ original_date: '2024-01-02' }, 'original_date'],
  ])('refuses a first loan that does not fit: %j', (change, field) => {
    const inputs = {
      ...{ principal_fen: 12_000_000, contract_date: '2024-01-01', start_date: '2024-01-01' },
      ...{ end_date: '2025-01-01', agreed_rate_bp: 1200, original_principal_fen: 10_000_000 },
      ...{ original_date: '2023-01-01', ...change },
    };
    expect(
      calculate('loan.interest', JSON.parse(JSON.stringify(inputs)), table, { today: '2026-11-22' }),
    ).toMatchObject({ failure: { code: 'contradiction', field } });
  });
});
