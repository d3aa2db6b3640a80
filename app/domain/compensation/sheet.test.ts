import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { formula, money, months } from './formula.ts';
import { calculate, type Calculation } from './index.ts';
import type { Figure } from './parameters.ts';
import { Sheet, type Surroundings } from './sheet.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';

function compute(id: string, inputs: object, overrides?: unknown, figures = table): Calculation {
  const result = calculate(id, inputs, figures, {
    today: TODAY,
    ...(overrides === undefined ? {} : { overrides }),
  });
  if (!result.ok) throw new Error(`${result.failure.code} ${result.failure.field ?? ''}`);
  return result.value;
}
const amounts = ({ items }: Calculation): Record<string, number> =>
  Object.fromEntries(items.map(({ code, amountFen }) => [code, amountFen]));

/** The table with one figure of its own key more, in force since 2020. */
const having = (key: string, value: number | string, unit: string): typeof table => {
  const row: Figure = {
    key,
    region: 'CN-53',
    stat_year: null,
    effective_from: '2020-01-01',
    effective_to: null,
    value,
    unit,
    source: '云南省人力资源和社会保障厅',
    grade: 'B',
  };
  return { ...table, figures: [...table.figures.filter((figure) => figure.key !== key), row] };
};

/** Grade 9, who leaves: 工伤保险条例第三十七条. */
const leaving = {
  injury_date: '2026-03-01',
  grade: 9,
  avg_contrib_wage_fen: 600_000,
  contract_end: 'employee_resigns',
};
const typed = { avg_month_lump_fen: 733_900 };

describe('the average wage of the two subsidies on leaving', () => {
  it('is the series that a verified figure names, of the year before the contract ended', () => {
    const named = having('wi.lump_base_caliber', 'wage.all_caliber.month', 'figure_key');
    const sheet = compute('wi.benefits', { ...leaving, contract_end_date: '2026-06-30' }, undefined, named);
    expect(sheet.withheld).toEqual([]);
    expect(amounts(sheet)).toMatchObject({ WI_MED_SUBSIDY: 3 * 733_900, WI_EMP_SUBSIDY: 13 * 733_900 });
    const medical = sheet.items.find(({ code }) => code === 'WI_MED_SUBSIDY');
    expect(medical?.figureKeys).toEqual(['wage.all_caliber.month', 'wi.med_subsidy_months.g9']);
    expect(sheet.figures).toContainEqual(
      expect.objectContaining({ key: 'wage.all_caliber.month', statYear: 2025, requiredYear: 2025 }),
    );
    expect(sheet.figures.map(({ key }) => key)).not.toContain('wi.lump_base_caliber');
  });

  it('may be typed in, and is then marked as typed and without a source', () => {
    const sheet = compute('wi.benefits', { ...leaving, typed });
    expect(amounts(sheet)).toMatchObject({ WI_MED_SUBSIDY: 2_201_700, WI_EMP_SUBSIDY: 9_540_700 });
    expect(sheet.figures).toContainEqual({
      key: 'wi.lump_base_caliber',
      region: 'CN-53',
      statYear: null,
      requiredYear: null,
      value: 7339,
      unit: 'yuan/month',
      source: '',
      grade: 'T',
      stale: false,
    });
    const given = compute('wi.benefits', leaving, typed);
    expect(amounts(given)).toEqual(amounts(sheet));
    expect(given.figures.map(({ grade }) => grade)).not.toContain('T');
  });

  it('is multiplied by the months that were given with the run, raised as far as was given', () => {
    const given = {
      ...typed,
      med_subsidy_months: { '9': '4.5' },
      emp_subsidy_months: { '9': '12' },
      occ_uplift_bp: 2_000,
    };
    expect(amounts(compute('wi.benefits', leaving, given))).toMatchObject({
      WI_MED_SUBSIDY: 3_302_550,
      WI_EMP_SUBSIDY: 12 * 733_900,
    });
    const disease = { ...leaving, occupational_disease: true };
    expect(amounts(compute('wi.benefits', disease, given))).toMatchObject({ WI_MED_SUBSIDY: 3_963_060 });
    const named = having('wi.lump_base_caliber', 'wage.all_caliber.month', 'figure_key');
    // 云政发〔2011〕255号: thirty per cent more for an occupational disease.
    expect(amounts(compute('wi.benefits', disease, undefined, named))).toMatchObject({
      WI_MED_SUBSIDY: 2_862_210,
    });
  });
});

describe('figures of a sheet', () => {
  // 工伤保险条例第三十九条: twenty times the national income of the year before.
  const killed = (death_date: string) =>
    compute('wi.death', { death_date, death_type: 'accident', typed: { national_income_fen: 6_000_000 } });

  it('are used as they were typed in where the table has none', () => {
    const sheet = killed('2015-03-01');
    expect(amounts(sheet)).toMatchObject({ WD_LUMP: 120_000_000 });
    expect(sheet.figures).toContainEqual(
      expect.objectContaining({ key: 'income.urban', value: 60_000, unit: 'yuan/year', grade: 'T' }),
    );
  });

  it('are the table’s where it has the very year, whatever was typed in', () => {
    const sheet = killed('2026-03-01');
    expect(amounts(sheet)).toMatchObject({ WD_LUMP: 113_004_000 });
    expect(sheet.figures.map(({ grade }) => grade)).not.toContain('T');
  });

  it('are wanted, by the name to type them in by, where the table has none, an older or a doubtful one', () => {
    const wanted = (id: string, inputs: object) => compute(id, inputs).wanted;
    expect(wanted('wi.benefits', { ...leaving, hospital_days: 3, nursing_level: 'part' })).toEqual([
      'hospital_meal_day_fen',
      'avg_month_cap_fen',
      'avg_month_nursing_fen',
      'avg_month_lump_fen',
    ]);
    const dead = { death_date: '2015-03-01', death_type: 'accident' };
    expect(wanted('wi.death', dead)).toEqual(['avg_month_funeral_fen', 'national_income_fen']);
    const hurt = { kind: 'injury', tort_date: '2026-03-01', age: 40, grades: [9] };
    expect(wanted('pi.damages', hurt)).toEqual(['urban_income_fen']);
    const mourned = { kind: 'death', tort_date: '2026-03-01', age: 40 };
    const child = { dependants: [{ type: 'minor', age: 8 }] };
    expect(wanted('pi.damages', { ...mourned, ...child })).toEqual([
      'urban_income_fen',
      'avg_wage_year_fen',
      'urban_consumption_fen',
    ]);
    const mine = { ...hurt, lost_wages: { industry: 'mining', days: 9 }, care: [{ days: 3 }] };
    expect(wanted('pi.damages', { ...mine, nutrition_days: 3 })).toEqual([
      'industry_wage_fen',
      'caregiver_day_fen',
      'nutrition_day_fen',
      'urban_income_fen',
    ]);
    expect(wanted('court.fee', { type: 'divorce' })).toEqual(['court_base_fen']);
    expect(wanted('court.fee', { type: 'property', amount_fen: 1 })).toEqual([]);
    expect(wanted('legalaid.precheck', { domain: 'civil' })).toEqual([]);
  });

  it('want an LPR only of a month that nobody has verified', () => {
    const lent = (contract_date: string) =>
      compute('loan.interest', {
        ...{ principal_fen: 1_000_000, contract_date, start_date: contract_date, end_date: TODAY },
        agreed_rate_bp: 1_000,
      }).wanted;
    expect(lent('2024-03-01')).toEqual([]);
    expect(lent('2026-10-10')).toEqual(['lpr_bp']);
  });

  it('want a limit of severance pay only where the wage may meet it', () => {
    const left = (last_day: string, avg12_fen: number, more: object = {}) =>
      compute('labor.severance', {
        ...{ start_date: '2012-01-01', last_day, avg12_fen, ground: 'unlawful', ...more },
      }).wanted;
    // The highest minimum wage of Yunnan on 2026-11-22 is 2270: no local average lies below it.
    expect(left('2026-10-31', 681_000)).toEqual([]);
    expect(left('2026-10-31', 681_001)).toEqual(['local_avg_month_fen']);
    expect(left('2026-10-31', 2_000_000, { city: 'CN-5301' })).toEqual([]);
    // Nobody knows the minimum wage of 2020.
    expect(left('2020-10-31', 227_000)).toEqual([]);
    expect(left('2020-10-31', 226_999)).toEqual(['min_wage_fen']);
  });

  it('compute a typed minimum wage as one, where the class of the workplace is not known', () => {
    const left = { start_date: '2020-01-01', last_day: '2020-12-31', avg12_fen: 150_000, ground: 'unlawful' };
    const sheet = compute('labor.severance', { ...left, typed: { min_wage_fen: 167_000 } });
    expect(sheet.flags).toEqual(['BASE_RAISED_TO_MIN_WAGE']);
    expect(amounts(sheet)).toEqual({ LB_2N: 334_000 });
    expect(sheet.figures).toMatchObject([{ key: 'min_wage.month.classI', value: 1_670, grade: 'T' }]);
  });

  it('take the base fee of a court as typed, within the range of the law', () => {
    const divorce = (court_base_fen: number) => ({ type: 'divorce', typed: { court_base_fen } });
    const sheet = compute('court.fee', divorce(20_000));
    expect(amounts(sheet)).toEqual({ CF_FEE: 20_000 });
    expect(sheet.figures).toMatchObject([{ key: 'divorce.base_fee', value: 200, grade: 'T' }]);
    for (const [fen, code] of [
      [4_999, 'too_small'],
      [30_001, 'too_large'],
    ] as const)
      expect(calculate('court.fee', divorce(fen), table, { today: TODAY })).toMatchObject({
        failure: { code, field: 'base_fen' },
      });
  });

  it('stand once each, however many items rest on them, and once for each year and publication', () => {
    const { figures } = compute('wi.benefits', { ...leaving, grade: 7, nursing_level: 'full', typed });
    const wages = figures.filter(({ key }) => key === 'wage.all_caliber.month');
    expect(wages).toHaveLength(1);
    // 民间借贷规定第二十五条、第二十八条: four times the LPR of the contract's day, then the LPR of the due date.
    const loan = compute('loan.interest', {
      principal_fen: 10_000_000,
      contract_date: '2021-03-01',
      start_date: '2021-03-01',
      due_date: '2022-03-01',
      end_date: '2023-03-01',
      agreed_rate_bp: 3_000,
      overdue_rate_bp: 0,
    });
    expect(loan.figures.map(({ key, value }) => [key, value])).toEqual([
      ['lpr.1y', 3.85],
      ['lpr.1y', 3.7],
    ]);
  });

  it('are withheld where a text stands instead of an amount', () => {
    const text = having('wi.hospital_meal_day', '因公出差伙食补助标准的70%', 'yuan/day');
    expect(
      compute('wi.benefits', { ...leaving, contract_end: 'none', hospital_days: 3 }, undefined, text)
        .withheld,
    ).toMatchObject([
      { code: 'WI_HOSP_MEAL', reason: 'figure_unverified', figureKey: 'wi.hospital_meal_day' },
    ]);
  });
});

describe('a sheet', () => {
  const surroundings: Surroundings = {
    table,
    rules: table.work_injury_rules[0]!,
    region: 'CN-53',
    today: TODAY,
    overrides: null,
    typed: null,
  };
  const lump = {
    code: 'WI_DIS_LUMP',
    formula: formula(money('self_wage', 600_000), ['×', months(9)]),
    basis: ['第三十七条'],
  };

  it('lets the employer pay what the fund would have paid, by the article that says so, and nothing else', () => {
    const paidBy = (payer: 'FUND' | 'EMPLOYER', insured?: boolean) => {
      const sheet = new Sheet(surroundings, insured);
      expect(sheet.add({ ...lump, payer })).toBe(5_400_000);
      return sheet
        .finish('wi.benefits')
        .items.map((item) => [item.payer, ...item.basis.map(({ article }) => article)]);
    };
    expect(paidBy('FUND')).toEqual([['FUND', '第三十七条']]);
    expect(paidBy('FUND', false)).toEqual([['EMPLOYER', '第三十七条', '第六十二条']]);
    expect(paidBy('EMPLOYER', false)).toEqual([['EMPLOYER', '第三十七条']]);
  });

  it('has no line for nothing, and adds what is paid once and what is paid monthly apart', () => {
    const sheet = new Sheet(surroundings);
    expect(sheet.add({ ...lump, payer: 'FUND', amountFen: 0 })).toBe(0);
    expect(sheet.add({ ...lump, payer: 'FUND', amountFen: -1 })).toBe(0);
    sheet.add({ ...lump, payer: 'FUND', amountFen: 1 });
    sheet.add({ ...lump, payer: 'FUND', freq: 'monthly', amountFen: 30 });
    const { items, totals, engineVersion } = sheet.finish('wi.benefits');
    expect(items).toHaveLength(2);
    expect(totals).toEqual({ onceFen: 1, monthlyFen: 30 });
    expect(engineVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('says each thing once: flags, notes, and keys of figures', () => {
    const sheet = new Sheet(surroundings);
    for (const flag of ['RATE_CAPPED', 'OVERDUE_AT_LPR', 'RATE_CAPPED']) sheet.flag(flag);
    const average = sheet.averageWage('avg_month_cap_fen', 2025);
    if (average.kind === 'lacking') throw new Error(average.key);
    sheet.add({ ...lump, payer: 'FUND', from: [average, average], notes: ['WAGE_CALIBER_PROVISIONAL'] });
    sheet.add({ ...lump, payer: 'FUND', from: [average] });
    const { flags, figures, items } = sheet.finish('wi.benefits');
    expect(flags).toEqual(['RATE_CAPPED', 'OVERDUE_AT_LPR']);
    expect(figures.map(({ key }) => key)).toEqual(['wage.all_caliber.month']);
    for (const { notes, figureKeys } of items)
      expect([notes, figureKeys]).toEqual([['WAGE_CALIBER_PROVISIONAL'], ['wage.all_caliber.month']]);
  });

  it('leaves out steps and a formula that it was not given', () => {
    const sheet = new Sheet(surroundings);
    sheet.add({ ...lump, payer: 'FUND' });
    sheet.withhold('WI_NURSING', { reason: 'figure_missing', key: 'wage.all_caliber.month' });
    const { items, withheld } = sheet.finish('wi.benefits');
    expect(items[0]).not.toHaveProperty('steps');
    expect(withheld).toStrictEqual([
      { code: 'WI_NURSING', reason: 'figure_missing', figureKey: 'wage.all_caliber.month' },
    ]);
  });
});
