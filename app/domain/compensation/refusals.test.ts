import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';

type Inputs = Readonly<Record<string, unknown>>;

/** The least that each calculator takes. */
const least: Readonly<Record<string, Inputs>> = {
  'wi.benefits': { injury_date: '2026-03-01', grade: 9, avg_contrib_wage_fen: 600_000 },
  'wi.death': { death_date: '2026-03-01', death_type: 'accident' },
  'wi.missing': { accident_date: '2026-03-01', month_wage_fen: 600_000 },
  'wi.deadlines': { start_date: '2026-03-01' },
  'wi.gate': { cause: 'working' },
  'pi.damages': { kind: 'injury', tort_date: '2026-03-01' },
  'pi.dependants': { dependants: [{ type: 'minor', age: 8 }] },
  'traffic.allocate': {
    accident_date: '2026-03-01',
    victims: [{ id: 'A', medical_fen: 100_000 }],
    vehicles: [{ id: 'V', liability_bp: 10_000 }],
  },
  'labor.severance': {
    start_date: '2020-01-01',
    last_day: '2026-01-31',
    avg12_fen: 600_000,
    ground: 'unlawful',
  },
  'labor.double_wage': { start_date: '2025-01-01', month_wage_fen: 600_000 },
  'labor.overtime': { base_month_fen: 600_000 },
  'labor.annual_leave': { total_service_years: '12', avg_month_fen: 600_000 },
  'court.fee': { type: 'property', amount_fen: 100_000 },
  'legalaid.precheck': { domain: 'civil' },
  'loan.interest': {
    principal_fen: 1_000_000,
    contract_date: '2024-01-01',
    start_date: '2024-01-01',
    end_date: '2025-01-01',
  },
  'loan.delay': { debt_fen: 1_000_000, days: 30 },
  'consumer.punitive': { type: 'fraud', price_fen: 10_000 },
};

/** What a calculator says to its least inputs with these changed; `undefined` takes one away. */
function says(
  calculator: string,
  change: Inputs,
): { code: string; field: string | null; message: string } | 'a sheet' {
  const inputs = Object.fromEntries(
    Object.entries({ ...least[calculator], ...change }).filter(([, value]) => value !== undefined),
  );
  const result = calculate(calculator, inputs, table, { today: TODAY });
  return result.ok ? 'a sheet' : result.failure;
}

describe('every calculator', () => {
  it.each(Object.keys(least))('%s makes a sheet of the least that it needs', (calculator) => {
    expect(says(calculator, {})).toBe('a sheet');
  });

  it.each(
    Object.entries(least).flatMap(([calculator, inputs]) =>
      Object.keys(inputs)
        .filter((field) => !(calculator === 'loan.delay' && field === 'days'))
        .map((field) => [calculator, field] as const),
    ),
  )('%s asks for %s where it is lacking', (calculator, field) => {
    const said = says(calculator, { [field]: undefined });
    if (calculator === 'pi.dependants') expect(said).toBe('a sheet');
    else expect(said).toMatchObject({ code: 'required', field, message: `${field} is required` });
  });

  it.each(Object.keys(least))(
    '%s refuses a field that it does not know, and an input that is none',
    (calculator) => {
      expect(says(calculator, { surprise: 1 })).toEqual({
        code: 'unknown_field',
        field: 'surprise',
        message: 'surprise is not an input of this calculator',
      });
      expect(calculate(calculator, [], table, { today: TODAY })).toEqual({
        ok: false,
        failure: { code: 'not_an_object', field: null, message: 'inputs must be an object' },
      });
    },
  );
});

/** Fields with a whole number between two ends, with what must stand beside them. */
const RANGES: [string, string, number, number, Inputs?][] = [
  ['wi.benefits', 'avg_contrib_wage_fen', 1, 100_000_000],
  ['wi.benefits', 'grade', 0, 10],
  ['wi.benefits', 'medical_fen', 0, 10_000_000_000],
  ['wi.benefits', 'medical_paid_by_third_party_fen', 0, 10_000_000_000],
  ['wi.benefits', 'hospital_days', 0, 3650],
  ['wi.benefits', 'sl_wage_fen', 0, 100_000_000],
  ['wi.benefits', 'sl_paid_fen', 0, 10_000_000_000],
  ['wi.benefits', 'sl_nursing_fen', 0, 10_000_000_000],
  ['wi.death', 'grade', 1, 4, { death_type: 'grade1_4_after_sl' }],
  ['wi.death', 'avg_contrib_wage_fen', 1, 100_000_000],
  ['wi.missing', 'month_wage_fen', 1, 100_000_000],
  ['pi.damages', 'age', 0, 130],
  ['pi.damages', 'medical_fen', 0, 10_000_000_000],
  ['pi.damages', 'future_medical_fen', 0, 10_000_000_000],
  ['pi.damages', 'transport_fen', 0, 10_000_000_000],
  ['pi.damages', 'lodging_fen', 0, 10_000_000_000],
  ['pi.damages', 'hospital_days', 0, 3650],
  ['pi.damages', 'nutrition_days', 0, 3650],
  ['pi.damages', 'nutrition_fen', 0, 10_000_000_000],
  ['pi.damages', 'mental_fen', 0, 10_000_000_000],
  ['pi.damages', 'liability_bp', 0, 10_000],
  ['pi.damages', 'dep_coef_bp', 0, 10_000],
  ['pi.dependants', 'dep_coef_bp', 0, 10_000],
  ['labor.severance', 'avg12_fen', 1, 100_000_000],
  ['labor.severance', 'last_month_wage_fen', 1, 100_000_000],
  ['labor.severance', 'local_avg_month_fen', 1, 100_000_000],
  ['labor.severance', 'min_wage_fen', 1, 100_000_000],
  ['labor.double_wage', 'month_wage_fen', 1, 100_000_000],
  ['labor.double_wage', 'partial_workdays', 0, 10, { signed_date: '2025-02-11' }],
  ['labor.overtime', 'base_month_fen', 1, 100_000_000],
  ['labor.overtime', 'paid_fen', 0, 10_000_000_000],
  ['labor.overtime', 'days_weekday', 1, 40_000],
  ['labor.overtime', 'days_rest', 1, 40_000],
  ['labor.overtime', 'days_holiday', 1, 40_000],
  ['labor.overtime', 'months', 1, 1_200],
  ['labor.overtime', 'piece_price_fen', 1, 100_000_000],
  ['labor.overtime', 'pieces_weekday', 0, 1_000_000],
  ['labor.overtime', 'pieces_rest', 0, 1_000_000],
  ['labor.overtime', 'pieces_holiday', 0, 1_000_000],
  ['labor.annual_leave', 'avg_month_fen', 1, 100_000_000],
  ['labor.annual_leave', 'taken', 0, 366],
  ['labor.annual_leave', 'days_elapsed', 0, 366, { mode: 'leaving' }],
  ['labor.annual_leave', 'days_remaining', 0, 366, { mode: 'new_hire' }],
  ['court.fee', 'amount_fen', 0, 10_000_000_000_000],
  ['court.fee', 'won_fen', 0, 100_000],
  ['court.fee', 'base_fen', 5_000, 30_000, { type: 'divorce' }],
  ['court.fee', 'base_fen', 10_000, 50_000, { type: 'personality' }],
  ['court.fee', 'base_fen', 5_000, 10_000, { type: 'other' }],
  ['loan.interest', 'principal_fen', 1, 1_000_000_000_000],
  ['loan.interest', 'delivered_fen', 1, 1_000_000],
  ['loan.interest', 'agreed_rate_bp', 0, 100_000],
  ['loan.interest', 'overdue_rate_bp', 0, 100_000],
  ['loan.interest', 'overdue_fees_bp', 0, 100_000],
  ['loan.interest', 'original_principal_fen', 1, 1_000_000, { original_date: '2023-01-01' }],
  ['loan.delay', 'debt_fen', 1, 10_000_000_000_000],
  ['loan.delay', 'days', 0, 36_500],
  ['consumer.punitive', 'price_fen', 0, 10_000_000_000],
  ['consumer.punitive', 'loss_fen', 0, 10_000_000_000],
];

/** Where another rule speaks before the upper end of the field does. */
const CONTRADICTED: readonly string[] = [
  'grade',
  'won_fen',
  'partial_workdays',
  'delivered_fen',
  'original_principal_fen',
];

describe('a number', () => {
  it.each(RANGES)('%s %s lies between %i and %i', (calculator, field, from, to, beside = {}) => {
    const said = (value: unknown) => says(calculator, { ...beside, [field]: value });
    expect([said(from), said(to)]).toEqual(['a sheet', 'a sheet']);
    expect(said(from - 1)).toMatchObject({ code: 'too_small', field });
    const above = said(to + 1);
    expect(above).toMatchObject({ field });
    if (!CONTRADICTED.includes(field)) expect(above).toMatchObject({ code: 'too_large' });
    expect(said(from + 0.5)).toMatchObject({
      code: 'not_an_integer',
      message: `${field} must be a whole number`,
    });
    expect(said(String(from))).toMatchObject({ code: 'not_an_integer' });
  });
});

/** Dates with their first day, and how many days after today are still taken. */
const DATES: [string, string, string, string, Inputs?][] = [
  ['wi.benefits', 'injury_date', '2011-01-01', TODAY],
  ['wi.benefits', 'contract_end_date', '2011-01-01', '2027-11-22', { injury_date: '2011-01-01' }],
  ['wi.death', 'injury_date', '1950-01-01', TODAY, { death_date: TODAY }],
  ['wi.deadlines', 'start_date', '1950-01-01', TODAY],
  ['pi.damages', 'tort_date', '2022-05-01', TODAY],
  ['traffic.allocate', 'accident_date', '2008-02-01', TODAY],
  ['labor.severance', 'start_date', '1950-01-01', TODAY, { last_day: '2027-11-22' }],
  ['labor.severance', 'last_day', '2008-01-01', '2027-11-22', { start_date: '1990-01-01' }],
  ['labor.double_wage', 'start_date', '2008-01-01', TODAY],
  ['labor.double_wage', 'signed_date', '2000-01-01', TODAY],
  ['labor.double_wage', 'last_day', '2008-01-01', '2027-11-22', { start_date: '2008-01-01' }],
  ['labor.double_wage', 'open_ended_due_date', '2008-01-01', TODAY, { start_date: '2008-01-01' }],
  [
    'loan.interest',
    'contract_date',
    '1991-01-01',
    TODAY,
    { start_date: '2026-11-22', end_date: '2026-11-22' },
  ],
  ['loan.interest', 'accept_date', '1991-01-01', '2027-11-22', { contract_date: '1991-01-01' }],
  ['loan.interest', 'start_date', '1991-01-01', '2027-11-22', { end_date: '2027-11-22' }],
  ['loan.interest', 'end_date', '1991-01-01', '2027-11-22', { start_date: '1991-01-01' }],
  ['loan.interest', 'due_date', '1991-01-01', '2126-11-22', { start_date: '1991-01-01' }],
  [
    'loan.interest',
    'original_date',
    '1991-01-01',
    '2027-11-22',
    { original_principal_fen: 1, start_date: '2027-11-22', end_date: '2027-11-22' },
  ],
  ['loan.delay', 'deadline_date', '2014-08-01', TODAY, { days: undefined }],
  ['loan.delay', 'end_date', '2014-08-01', '2027-11-22', { days: undefined, deadline_date: '2014-08-01' }],
];

const dayBefore = (iso: string): string => new Date(Date.parse(iso) - 86_400_000).toISOString().slice(0, 10);
const dayAfter = (iso: string): string => new Date(Date.parse(iso) + 86_400_000).toISOString().slice(0, 10);

describe('a day', () => {
  it.each(DATES)('%s %s lies between %s and %s', (calculator, field, from, to, beside = {}) => {
    const said = (value: unknown) => says(calculator, { ...beside, [field]: value });
    expect([said(from), said(to)]).toEqual(['a sheet', 'a sheet']);
    expect(said(dayBefore(from))).toMatchObject({
      code: 'too_early',
      field,
      message: `${field} must not lie before ${from}`,
    });
    expect(said(dayAfter(to))).toMatchObject({
      code: 'in_the_future',
      field,
      message: `${field} must not lie after today`,
    });
    expect(said('2026-02-30')).toMatchObject({
      code: 'not_a_date',
      field,
      message: `${field} must be a day (YYYY-MM-DD)`,
    });
  });
});

describe('a day whose rules are not in the table', () => {
  it.each([
    ['wi.death', 'death_date'],
    ['wi.missing', 'accident_date'],
  ])('%s %s is refused, the first one of the rules is not', (calculator, field) => {
    expect(says(calculator, { [field]: '2010-12-31' })).toEqual({
      ...{ code: 'too_early', field },
      message: `${field}: the rules of that day are not in the table`,
    });
    expect(says(calculator, { [field]: '2011-01-01' })).toBe('a sheet');
  });
});

/** Answers that cannot stand together or alone, with the sentence that says why. */
const REFUSED: readonly (readonly [string, Inputs, string, string, string])[] = [
  [
    'wi.benefits',
    { avg_contrib_wage_fen: undefined },
    'avg_contrib_wage_fen',
    'required',
    'avg_contrib_wage_fen is required',
  ],
  ['wi.benefits', { sl_months: '3' }, 'sl_wage_fen', 'required', 'sl_wage_fen is required'],
  [
    'wi.benefits',
    { grade: 0, nursing_level: 'part' },
    'nursing_level',
    'contradiction',
    'nursing_level comes with a grade',
  ],
  [
    'wi.benefits',
    { occupational_disease: true, old_soldier_relapse: true },
    'old_soldier_relapse',
    'contradiction',
    'a relapse of a veteran is not an occupational disease',
  ],
  [
    'wi.benefits',
    { contract_end_date: '2026-02-28' },
    'contract_end_date',
    'contradiction',
    'contract_end_date lies before injury_date',
  ],
  [
    'wi.benefits',
    { sl_months: '120.01', sl_wage_fen: 1 },
    'sl_months',
    'too_large',
    'sl_months must be at most 120',
  ],
  [
    'wi.benefits',
    { sl_months: '-1', sl_wage_fen: 1 },
    'sl_months',
    'too_small',
    'sl_months must be at least 0',
  ],
  [
    'wi.benefits',
    { sl_months: 3, sl_wage_fen: 1 },
    'sl_months',
    'not_a_decimal',
    'sl_months must be a decimal text with at most eight decimals',
  ],
  [
    'wi.benefits',
    { sl_months: '1.123456789' },
    'sl_months',
    'not_a_decimal',
    'sl_months must be a decimal text with at most eight decimals',
  ],
  ['wi.benefits', { insured: 'yes' }, 'insured', 'not_a_boolean', 'insured must be true or false'],
  [
    'wi.benefits',
    { nursing_level: 'all' },
    'nursing_level',
    'not_an_option',
    'nursing_level must be one of none, part, most, full',
  ],
  [
    'wi.death',
    { survivors: [{ relation: 'spouse' }] },
    'avg_contrib_wage_fen',
    'required',
    'avg_contrib_wage_fen is required',
  ],
  [
    'wi.death',
    { injury_date: '2026-03-02' },
    'death_date',
    'contradiction',
    'death_date lies before injury_date',
  ],
  [
    'wi.death',
    { grade: 4 },
    'grade',
    'contradiction',
    'only a death after the paid leave of a grade 1 to 4 worker has a grade',
  ],
  [
    'wi.death',
    { grade: 5, death_type: 'grade1_4_after_sl' },
    'grade',
    'contradiction',
    'only a death after the paid leave of a grade 1 to 4 worker has a grade',
  ],
  [
    'wi.death',
    { avg_contrib_wage_fen: 1, survivors: [{ relation: 'spouse' }, { relation: 'spouse' }] },
    'survivors',
    'contradiction',
    'there is at most one spouse',
  ],
  ['wi.death', { survivors: 'none' }, 'survivors', 'not_a_list', 'survivors must be a list'],
  [
    'wi.death',
    { avg_contrib_wage_fen: 1, survivors: Array.from({ length: 21 }, () => ({ relation: 'child' })) },
    'survivors',
    'too_many',
    'survivors must have at most 20 entries',
  ],
  [
    'wi.death',
    { avg_contrib_wage_fen: 1, survivors: [{ relation: 'child' }, { relation: 'cousin' }] },
    'survivors',
    'not_an_option',
    'survivors entry 2: relation must be one of spouse, child, parent, other',
  ],
  [
    'wi.gate',
    { died_within_48_hours: true },
    'died_within_48_hours',
    'contradiction',
    'died_within_48_hours goes with a sudden illness',
  ],
  [
    'wi.gate',
    { traffic_liability: 'none' },
    'traffic_liability',
    'contradiction',
    'traffic_liability goes with an accident on the way to work',
  ],
  ['pi.damages', { grades: [9] }, 'age', 'required', 'age is required'],
  ['pi.damages', { kind: 'death' }, 'age', 'required', 'age is required'],
  [
    'pi.damages',
    { kind: 'death', age: 30, grades: [9] },
    'grades',
    'contradiction',
    'a disability grade does not go with a death',
  ],
  [
    'pi.damages',
    { kind: 'death', age: 30, grades: null },
    'grades',
    'contradiction',
    'a disability grade does not go with a death',
  ],
  [
    'pi.damages',
    { kind: 'death', age: 30, long_term_care: { annual_fen: 1, years: 1 } },
    'long_term_care',
    'contradiction',
    'care in years to come does not go with a death',
  ],
  [
    'pi.damages',
    { kind: 'death', age: 30, dep_coef_bp: 9_999 },
    'dep_coef_bp',
    'contradiction',
    'after a death nothing is taken off the dependants',
  ],
  [
    'pi.damages',
    { lost_wages: { loss_fen: 1, daily_fen: 1, days: 1 } },
    'lost_wages',
    'contradiction',
    'lost_wages takes exactly one way of reckoning',
  ],
  [
    'pi.damages',
    { lost_wages: { days: 1 } },
    'lost_wages',
    'contradiction',
    'lost_wages takes exactly one way of reckoning',
  ],
  [
    'pi.damages',
    { lost_wages: { daily_fen: 1 } },
    'lost_wages',
    'contradiction',
    'every way of reckoning but loss_fen needs days',
  ],
  [
    'pi.damages',
    { care: [{ daily_fen: 1, annual_fen: 1, days: 1 }] },
    'care',
    'contradiction',
    'a carer is paid by the day or by the year',
  ],
  [
    'pi.damages',
    { grades: [11], age: 30 },
    'grades',
    'too_large',
    'grades entry 1: grade must be at most 10',
  ],
  ['pi.damages', { grades: 9, age: 30 }, 'grades', 'not_a_list', 'grades must be a list'],
  [
    'pi.damages',
    { device: { unit_fen: 1, years: 1, cycle_years: 0 } },
    'device',
    'too_small',
    'device : cycle_years must be at least 0.01',
  ],
  [
    'pi.damages',
    { device: { unit_fen: 1, years: '1.123456789', cycle_years: 1 } },
    'device',
    'not_a_decimal',
    'device : years must be years with at most eight decimals',
  ],
  [
    'pi.damages',
    { device: { unit_fen: 1, years: 101, cycle_years: 1 } },
    'device',
    'too_large',
    'device : years must be at most 100',
  ],
  [
    'pi.dependants',
    { dependants: [{ type: 'minor', age: '18.01' }] },
    'dependants',
    'contradiction',
    'a minor is not above 18',
  ],
  [
    'pi.dependants',
    { dependants: [{ type: 'adult' }] },
    'dependants',
    'required',
    'each dependant needs an age or years',
  ],
  [
    'pi.dependants',
    {
      dependants: [
        { id: 'a', type: 'minor', age: 1 },
        { id: 'a', type: 'minor', age: 2 },
      ],
    },
    'dependants',
    'contradiction',
    'two dependants have the same id',
  ],
  ['traffic.allocate', { victims: [] }, 'victims', 'required', 'victims must have an entry'],
  ['traffic.allocate', { vehicles: [] }, 'vehicles', 'required', 'vehicles must have an entry'],
  [
    'traffic.allocate',
    { victims: [{ id: 'A' }, { id: 'A' }] },
    'victims',
    'contradiction',
    'two victims have the same id',
  ],
  [
    'traffic.allocate',
    {
      vehicles: [
        { id: 'V', liability_bp: 1 },
        { id: 'V', liability_bp: 1 },
      ],
    },
    'vehicles',
    'contradiction',
    'two vehicles have the same id',
  ],
  [
    'traffic.allocate',
    { vehicles: [{ id: 'V', liability_bp: 1, occupants: ['B'] }] },
    'vehicles',
    'contradiction',
    'an occupant or owner is not among the victims',
  ],
  [
    'traffic.allocate',
    { vehicles: [{ id: 'V', liability_bp: 1, owner: 'B' }] },
    'vehicles',
    'contradiction',
    'an occupant or owner is not among the victims',
  ],
  [
    'traffic.allocate',
    {
      vehicles: [
        { id: 'V', liability_bp: 1, occupants: ['A'] },
        { id: 'W', liability_bp: 1, driver: 'A' },
      ],
    },
    'vehicles',
    'contradiction',
    'a victim sits in one vehicle',
  ],
  [
    'traffic.allocate',
    { vehicles: [{ id: 'V', liability_bp: 1, driver: 'A', gratuitous_passengers: ['A'] }] },
    'vehicles',
    'contradiction',
    'a driver is no passenger',
  ],
  [
    'traffic.allocate',
    { victims: [{ id: 'A', death_injury_fen: 1, mental_fen: 2 }] },
    'victims',
    'contradiction',
    'mental_fen is a part of death_injury_fen',
  ],
  [
    'traffic.allocate',
    {
      vehicles: [
        { id: 'V', liability_bp: 10_000 },
        { id: 'W', liability_bp: 1 },
      ],
    },
    'vehicles',
    'contradiction',
    'the shares of liability exceed 100 %',
  ],
  [
    'traffic.allocate',
    { victims: [{ id: '张 三' }] },
    'victims',
    'not_an_identifier',
    'victims entry 1: id must be 1 to 32 letters, digits, _ or -',
  ],
  [
    'traffic.allocate',
    { vehicles: [{ id: 'V', liability_bp: 10_000, gratuitous_passengers: ['A'] }] },
    'params.gratuitous_reduction_bp',
    'required',
    'how far the share for a free rider is reduced must be given',
  ],
  [
    'labor.severance',
    { last_day: '2019-12-31' },
    'last_day',
    'contradiction',
    'last_day lies before start_date',
  ],
  [
    'labor.double_wage',
    { last_day: '2024-12-31' },
    'last_day',
    'contradiction',
    'last_day lies before start_date',
  ],
  [
    'labor.double_wage',
    { open_ended_due_date: '2024-12-31' },
    'open_ended_due_date',
    'contradiction',
    'open_ended_due_date lies before start_date',
  ],
  [
    'labor.double_wage',
    { signed_date: '2025-02-11', partial_workdays: 11 },
    'partial_workdays',
    'contradiction',
    'more working days than the broken month has days',
  ],
  [
    'labor.overtime',
    { hours_rest: '24.01', days_rest: 1 },
    'days_rest',
    'contradiction',
    'hours_rest are more hours than these days have',
  ],
  ['labor.annual_leave', { mode: 'leaving' }, 'days_elapsed', 'required', 'days_elapsed is required'],
  ['labor.annual_leave', { mode: 'new_hire' }, 'days_remaining', 'required', 'days_remaining is required'],
  ['court.fee', { amount_fen: undefined }, 'amount_fen', 'required', 'amount_fen is required'],
  ['court.fee', { won_fen: 100_001 }, 'won_fen', 'contradiction', 'won_fen is more than was claimed'],
  [
    'court.fee',
    { type: 'divorce', base_fen: 4_999 },
    'base_fen',
    'too_small',
    'base_fen lies below the range of the law',
  ],
  [
    'court.fee',
    { type: 'divorce', base_fen: 30_001 },
    'base_fen',
    'too_large',
    'base_fen lies above the range of the law',
  ],
  [
    'loan.interest',
    { delivered_fen: 1_000_001 },
    'delivered_fen',
    'contradiction',
    'more was handed over than was written down',
  ],
  [
    'loan.interest',
    { end_date: '2023-12-31' },
    'end_date',
    'contradiction',
    'end_date lies before start_date',
  ],
  [
    'loan.interest',
    { due_date: '2023-12-31' },
    'due_date',
    'contradiction',
    'due_date lies before start_date',
  ],
  [
    'loan.interest',
    { accept_date: '2023-12-31' },
    'accept_date',
    'contradiction',
    'accept_date lies before contract_date',
  ],
  [
    'loan.interest',
    { original_principal_fen: 1 },
    'original_date',
    'contradiction',
    'the first principal and its day go together',
  ],
  [
    'loan.interest',
    { original_principal_fen: 1_000_001, original_date: '2023-01-01' },
    'original_principal_fen',
    'contradiction',
    'the first principal is more than the later one',
  ],
  [
    'loan.interest',
    { original_principal_fen: 1, original_date: '2024-01-02' },
    'original_date',
    'contradiction',
    'original_date lies after start_date',
  ],
  ['loan.delay', { days: undefined }, 'days', 'required', 'days or deadline_date is required'],
  [
    'loan.delay',
    { deadline_date: '2026-01-01' },
    'days',
    'contradiction',
    'days and deadline_date say the same twice',
  ],
  [
    'loan.delay',
    { days: undefined, deadline_date: '2026-01-02', end_date: '2026-01-01' },
    'end_date',
    'contradiction',
    'end_date lies before deadline_date',
  ],
];

describe('what cannot be', () => {
  it.each(REFUSED)('%s %j: %s', (calculator, change, field, code, message) => {
    expect(says(calculator, change)).toEqual({ code, field, message });
  });

  it('is refused for the day of the sheet too', () => {
    expect(calculate('wi.gate', least['wi.gate'], table, { today: '2026-02-30' })).toMatchObject({
      failure: { code: 'not_a_date', field: 'today', message: 'today must be a day (YYYY-MM-DD)' },
    });
    expect(calculate('wi.gate', least['wi.gate'], table, { today: '1990-01-01' })).toMatchObject({
      failure: { code: 'too_early', field: 'today', message: 'the rules of that day are not in the table' },
    });
    expect(calculate('wi', {}, table, { today: TODAY })).toMatchObject({
      failure: { code: 'unknown_calculator', field: null },
    });
  });
});

describe('figures given with a run or typed in', () => {
  const given = (key: 'overrides' | 'typed', value: unknown) =>
    key === 'overrides'
      ? calculate('wi.gate', least['wi.gate'], table, { today: TODAY, overrides: value })
      : calculate('wi.gate', { ...least['wi.gate'], typed: value }, table, { today: TODAY });

  it.each([
    ['overrides', 7, 'invalid_parameter', 'params'],
    ['overrides', { surprise: 1 }, 'invalid_parameter', 'params.surprise'],
    ['overrides', { min_wage_fen: 0 }, 'invalid_parameter', 'params.min_wage_fen'],
    ['overrides', { min_wage_fen: 10_000_000_001 }, 'invalid_parameter', 'params.min_wage_fen'],
    ['overrides', { med_subsidy_months: { 4: '1' } }, 'invalid_parameter', 'params.med_subsidy_months'],
    ['overrides', { med_subsidy_months: { 10: 1 } }, 'invalid_parameter', 'params.med_subsidy_months'],
    ['overrides', { med_subsidy_months: { 10: '120.01' } }, 'invalid_parameter', 'params.med_subsidy_months'],
    ['overrides', { med_subsidy_months: { 10: '-1' } }, 'invalid_parameter', 'params.med_subsidy_months'],
    ['overrides', { emp_subsidy_months: 7 }, 'invalid_parameter', 'params.emp_subsidy_months'],
    ['overrides', { emp_subsidy_months: null }, 'invalid_parameter', 'params.emp_subsidy_months'],
    ['overrides', { occ_uplift_bp: 10_001 }, 'invalid_parameter', 'params.occ_uplift_bp'],
    ['overrides', { multi_grade_scheme: 'C' }, 'invalid_parameter', 'params.multi_grade_scheme'],
    [
      'overrides',
      { ctp: [{ from: '2020-09-19', fault: [1, 2], no_fault: [1, 2, 3] }] },
      'invalid_parameter',
      'params.ctp',
    ],
    [
      'overrides',
      { ctp: [{ from: '2020-09-19', fault: [1, 2, -3], no_fault: [1, 2, 3] }] },
      'invalid_parameter',
      'params.ctp',
    ],
    [
      'overrides',
      { ctp: [{ from: '1989-12-31', fault: [1, 2, 3], no_fault: [1, 2, 3] }] },
      'invalid_parameter',
      'params.ctp',
    ],
    ['overrides', { lpr: [{ from: '2020-09-19', bp: 0 }] }, 'invalid_parameter', 'params.lpr'],
    ['overrides', { lpr_bp: 10_001 }, 'invalid_parameter', 'params.lpr_bp'],
    ['typed', 7, 'not_an_object', 'typed'],
    ['typed', { occ_uplift_bp: 1 }, 'unknown_field', 'typed.occ_uplift_bp'],
    ['typed', { min_wage_fen: 0 }, 'too_small', 'typed.min_wage_fen'],
  ] as const)('%s %j are refused', (key, value, code, field) => {
    expect(given(key, value)).toMatchObject({ ok: false, failure: { code, field } });
  });

  it.each([
    ['overrides', { min_wage_fen: 10_000_000_000, occ_uplift_bp: 0, lpr_bp: 1 }],
    ['overrides', { med_subsidy_months: { 5: '0', 10: '120' }, emp_subsidy_months: { 9: '1.5' } }],
    ['overrides', { ctp: [{ from: '1990-01-01', fault: [0, 0, 0], no_fault: [0, 0, 10_000_000_000] }] }],
    ['typed', { min_wage_fen: 1, gratuitous_reduction_bp: 10_000 }],
    ['typed', { avg_month_cap_fen: 1, avg_month_nursing_fen: 1, avg_month_funeral_fen: 1 }],
  ] as const)('%s %j are taken', (key, value) => {
    expect(given(key, value)).toMatchObject({ ok: true });
  });
});
