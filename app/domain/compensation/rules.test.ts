import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { parseParameterTable } from './parameters.ts';
import { rulesOn } from './rules.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
type Row = Readonly<Record<string, unknown>>;

/** Why a table with this part is refused, or `null`. */
function refusal(part: Row): { key: string; message: string } | null {
  const parsed = parseParameterTable({ ...table, ...part });
  return parsed.ok ? null : parsed.failure;
}

const injury = table.work_injury_rules[0] as unknown as Row;
const court = table.court_fee_rules[0] as unknown as Row;
const schedules = court['schedules'] as Readonly<Record<string, Row>>;
const injuryRules = (change: Row) => refusal({ work_injury_rules: [{ ...injury, ...change }] });
const courtRules = (change: Row) => refusal({ court_fee_rules: [{ ...court, ...change }] });
const schedule = (change: Row) =>
  courtRules({ schedules: { ...schedules, property: { ...schedules['property'], ...change } } });

const NUMBERS = [
  ...['self_wage_floor_bp', 'self_wage_cap_bp', 'paid_leave_months', 'paid_leave_months_extended'],
  ...[
    'funeral_months',
    'death_lump_times',
    'pension_spouse_bp',
    'pension_other_bp',
    'pension_lonely_extra_bp',
  ],
  ...['missing_wage_months', 'missing_advance_bp', 'employer_apply_days', 'person_apply_years'],
];

describe('the rules of the 工伤保险条例 as content', () => {
  it('are at least one version, each once', () => {
    const nothing = { key: 'work_injury_rules', message: 'must list at least one version' };
    expect(refusal({ work_injury_rules: [] })).toEqual(nothing);
    expect(refusal({ work_injury_rules: 'none' })).toEqual(nothing);
    expect(refusal({ work_injury_rules: [injury, injury] })).toEqual({
      key: 'work_injury_rules[1]',
      message: 'version stands twice',
    });
    expect(refusal({ work_injury_rules: [7] })).toMatchObject({ message: 'must be an object' });
  });

  it.each(NUMBERS)('%s is a whole number from 1 to a million', (name) => {
    for (const value of [0, -1, 1.5, '6', 1_000_001, undefined])
      expect(injuryRules({ [name]: value })).toEqual({
        key: 'work_injury_rules[0]',
        message: `${name} must be a whole number above 0`,
      });
    for (const value of [1, 1_000_000]) expect(injuryRules({ [name]: value })).toBeNull();
  });

  it.each([
    ['disability_lump_months', 10],
    ['disability_allowance_bp', 6],
  ])('%s has each grade from 1 to %i', (name, last) => {
    const keys = Array.from({ length: last }, (_, index) => String(index + 1));
    const message = `${name} must give a whole number above 0 for each of ${keys.join(', ')}`;
    const own = injury[name] as Row;
    const lacking = Object.fromEntries(Object.entries(own).filter(([key]) => key !== '1'));
    for (const wrong of [7, lacking, { ...own, 1: 0 }, { ...own, [last + 1]: 1 }])
      expect(injuryRules({ [name]: wrong })).toMatchObject({ message });
  });

  it('has three degrees of nursing', () => {
    const message = 'nursing_bp must give a whole number above 0 for each of full, most, part';
    expect(injuryRules({ nursing_bp: { full: 5000, most: 4000 } })).toMatchObject({ message });
  });

  it('names its day, law and source, and nothing else', () => {
    expect(injuryRules({ version: '2011-02-30' })).toMatchObject({
      message: 'version must be a day (YYYY-MM-DD)',
    });
    expect(injuryRules({ version: 2011 })).toMatchObject({ message: 'version must be a day (YYYY-MM-DD)' });
    expect(injuryRules({ law: 7 })).toMatchObject({ message: 'law and source must be texts' });
    expect(injuryRules({ source: 7 })).toMatchObject({ message: 'law and source must be texts' });
    expect(injuryRules({ surprise: 1 })).toMatchObject({ message: 'unknown field surprise' });
  });

  it('the newest version begun by a day holds, whatever the order', () => {
    const [old, new_] = [{ version: '2004-01-01' }, { version: '2011-01-01' }];
    for (const versions of [
      [old, new_],
      [new_, old],
    ]) {
      expect(rulesOn(versions, '2011-01-01')).toBe(new_);
      expect(rulesOn(versions, '2010-12-31')).toBe(old);
      expect(rulesOn(versions, '2003-12-31')).toBeNull();
    }
  });
});

describe('the rules of the 诉讼费用交纳办法 as content', () => {
  it('are a list of versions, each once', () => {
    expect(refusal({ court_fee_rules: {} })).toEqual({ key: 'court_fee_rules', message: 'must be a list' });
    expect(refusal({ court_fee_rules: [court, court] })).toEqual({
      key: 'court_fee_rules[1]',
      message: 'version stands twice',
    });
    expect(refusal({ court_fee_rules: [7] })).toMatchObject({ message: 'must be an object' });
    expect(refusal({ court_fee_rules: [] })).toBeNull();
  });

  it.each<[Row, string]>([
    [{ version: '2007-02-30' }, 'version must be a day (YYYY-MM-DD)'],
    [{ version: 7 }, 'version must be a day (YYYY-MM-DD)'],
    [{ law: 7 }, 'law and source must be texts'],
    [{ source: 7 }, 'law and source must be texts'],
    [{ surprise: 1 }, 'has version, law, source and schedules, nothing else'],
    [{ schedules: 7 }, 'has version, law, source and schedules, nothing else'],
  ])('refuses %j', (change, message) => {
    expect(courtRules(change)).toEqual({ key: 'court_fee_rules[0]', message });
  });

  it('has a schedule for each kind of case', () => {
    const { property, ...others } = schedules;
    expect(property).toBeDefined();
    const kinds = Object.keys(schedules).sort();
    const said = courtRules({ schedules: others })?.message ?? '';
    expect(said.replace('schedules must be ', '').split(', ').sort()).toEqual(kinds);
    expect(courtRules({ schedules: { ...others, surprise: property } })?.message).toBe(
      'property: must be an object',
    );
  });

  it.each<[Row, string]>([
    [{ surprise: 1 }, 'unknown field surprise'],
    [{ article: '' }, 'article must be a text'],
    [{ article: 7 }, 'article must be a text'],
    [{ base_from_yuan: 0 }, 'base_from_yuan and base_to_yuan must be whole and rise'],
    [{ base_to_yuan: 1.5 }, 'base_from_yuan and base_to_yuan must be whole and rise'],
    [{ base_from_yuan: 60, base_to_yuan: 59 }, 'base_from_yuan and base_to_yuan must be whole and rise'],
    [{ most_yuan: 0 }, 'most_yuan must be a whole number above 0'],
    [{ divisor: 1 }, 'divisor must be a whole number above 1'],
    [{ halves: 'yes' }, 'halves must be true or false'],
    [{ tiers: 7 }, 'tiers must be a list'],
    [{ tiers: [7] }, 'a tier has above_yuan and rate_bp'],
    [{ tiers: [{ above_yuan: 1 }] }, 'a tier has above_yuan and rate_bp'],
    [{ tiers: [{ above_yuan: -1, rate_bp: 1 }] }, 'above_yuan and rate_bp must be whole numbers'],
    [{ tiers: [{ above_yuan: 0, rate_bp: 0 }] }, 'above_yuan and rate_bp must be whole numbers'],
    [{ tiers: [{ above_yuan: 0, rate_bp: 10_001 }] }, 'above_yuan and rate_bp must be whole numbers'],
    [
      {
        tiers: [
          { above_yuan: 5, rate_bp: 1 },
          { above_yuan: 5, rate_bp: 1 },
        ],
      },
      'tiers must rise',
    ],
  ])('refuses a schedule with %j', (change, message) => {
    expect(schedule(change)).toEqual({ key: 'court_fee_rules[0]', message: `property: ${message}` });
  });

  it.each<Row>([
    { base_from_yuan: 1, base_to_yuan: 1 },
    { base_to_yuan: 1_000_000_000 },
    { most_yuan: 1, divisor: 2 },
    { tiers: [{ above_yuan: 0, rate_bp: 10_000 }] },
    { tiers: [] },
  ])('takes a schedule with %j', (change) => {
    expect(schedule(change)).toBeNull();
  });
});

describe('a table of figures', () => {
  const figure = { ...table.figures[0] };
  const withFigure = (change: Row) => refusal({ figures: [{ ...figure, ...change }] })?.message ?? null;

  it.each<[Row, string]>([
    [{ surprise: 1 }, 'unknown field surprise'],
    [{ region: ' ' }, 'region, unit and source must be texts'],
    [{ unit: 7 }, 'region, unit and source must be texts'],
    [{ source: '' }, 'region, unit and source must be texts'],
    [{ stat_year: 1989 }, 'stat_year must be a year or null'],
    [{ stat_year: 3000 }, 'stat_year must be a year or null'],
    [{ stat_year: 2020.5 }, 'stat_year must be a year or null'],
    [{ effective_from: '2020-02-30' }, 'effective_from and effective_to must be days (YYYY-MM-DD) or null'],
    [{ effective_to: 7 }, 'effective_from and effective_to must be days (YYYY-MM-DD) or null'],
    [{ effective_from: '2020-02-02', effective_to: '2020-02-01' }, 'effective_to lies before effective_from'],
    [{ grade: 'D' }, 'grade must be A, B, C or U'],
    [{ grade: 'U', value: 1 }, 'a figure has no value exactly when its grade is U'],
    [{ grade: 'A', value: null }, 'a figure has no value exactly when its grade is U'],
    [{ grade: 'A', value: 0 }, 'value must be above 0 with at most two decimals'],
    [{ grade: 'A', value: 1.005 }, 'value must be above 0 with at most two decimals'],
    [{ grade: 'A', value: 1e13 }, 'value must be above 0 with at most two decimals'],
    [{ grade: 'A', value: '' }, 'value must be a number, a text or null'],
    [{ grade: 'A', value: true }, 'value must be a number, a text or null'],
    [
      { grade: 'A', value: 1, stat_year: null, effective_from: null },
      'a figure in force needs effective_from',
    ],
    [{ note: 7 }, 'note must be a text'],
  ])('refuses a figure with %j', (change, message) => {
    expect(withFigure(change)).toBe(message);
  });

  it.each<Row>([
    { stat_year: 1990 },
    { stat_year: 2999 },
    { stat_year: null, effective_from: '2020-02-01', effective_to: '2020-02-01' },
    { grade: 'A', value: 0.01 },
    { grade: 'B', value: 999_999_999_999.99 },
    { grade: 'C', value: 'a rule in words' },
    { grade: 'U', value: null, stat_year: null, effective_from: null },
    { note: 'read twice' },
  ])('takes a figure with %j', (change) => {
    expect(withFigure(change)).toBeNull();
  });

  it('has a key for each figure and stands alone for its time', () => {
    expect(refusal({ figures: 7 })).toEqual({ key: 'figures', message: 'must be a list' });
    expect(refusal({ figures: [7] })).toEqual({
      key: 'figures[0] ?',
      message: 'must be a figure with a key',
    });
    expect(refusal({ figures: [{ ...figure, key: ' ' }] })).toEqual({
      key: 'figures[0] ?',
      message: 'must be a figure with a key',
    });
    expect(refusal({ figures: [figure, figure] })?.message).toBe(
      'stands twice for the same region and period',
    );
    const { key, stat_year: year } = figure;
    for (const other of [{ key: `${key ?? ''}.x` }, { region: 'CN-99' }, { stat_year: (year ?? 2000) - 1 }])
      expect(refusal({ figures: [figure, { ...figure, ...other }] })).toBeNull();
  });

  it('is an object of schema 1 with its day, and nothing else', () => {
    expect(parseParameterTable([])).toMatchObject({
      failure: { key: 'table', message: 'must be an object' },
    });
    expect(refusal({ surprise: 1 })).toEqual({ key: 'surprise', message: 'is not a part of the table' });
    expect(refusal({ schema: 2 })).toEqual({ key: 'schema', message: 'must be 1' });
    expect(refusal({ as_of: '2026-02-30' })).toEqual({ key: 'as_of', message: 'must be a day (YYYY-MM-DD)' });
    expect(refusal({ as_of: 7 })).toEqual({ key: 'as_of', message: 'must be a day (YYYY-MM-DD)' });
    const { court_fee_rules: fees, ...rest } = table;
    expect(fees.length).toBeGreaterThan(0);
    expect(parseParameterTable(rest)).toMatchObject({ ok: true, value: { court_fee_rules: [] } });
  });
});
