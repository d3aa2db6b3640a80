import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { figureInForce, figureOfYear, parseParameterTable, type Figure } from './parameters.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const figure: Figure = {
  key: 'wage',
  region: 'CN-53',
  stat_year: 2024,
  effective_from: '2025-01-01',
  effective_to: null,
  value: 7263,
  unit: 'yuan/month',
  source: 'a notice',
  grade: 'B',
};
const tableOf = (...figures: readonly unknown[]) => parseParameterTable({ ...table, figures });

describe('parameter table', () => {
  it('reads back what it gave', () => {
    expect(parseParameterTable(JSON.parse(JSON.stringify(table)))).toEqual({ ok: true, value: table });
  });

  it.each([
    [null, 'table'],
    [{}, 'schema'],
    [{ ...table, extra: 1 }, 'extra'],
    [{ ...table, as_of: '2026-02-30' }, 'as_of'],
    [{ ...table, figures: {} }, 'figures'],
    [{ ...table, work_injury_rules: [] }, 'work_injury_rules'],
    [
      { ...table, work_injury_rules: [...table.work_injury_rules, ...table.work_injury_rules] },
      'work_injury_rules[1]',
    ],
    [
      {
        ...table,
        work_injury_rules: [{ ...table.work_injury_rules[0], disability_lump_months: { '1': 27 } }],
      },
      'work_injury_rules[0]',
    ],
    [
      { ...table, work_injury_rules: [{ ...table.work_injury_rules[0], funeral_months: -6 }] },
      'work_injury_rules[0]',
    ],
  ])('names what is wrong', (json, key) => {
    expect(parseParameterTable(json)).toMatchObject({ ok: false, failure: { key } });
  });

  it.each([
    { value: null },
    { grade: 'U' },
    { grade: 'D' },
    { value: -1 },
    { value: 1.005 },
    { value: Number.NaN },
    { stat_year: '2024' },
    { effective_from: 'soon' },
    { effective_to: '2024-12-31' },
    { source: '' },
    { surprise: true },
    { stat_year: null, effective_from: null },
  ])('refuses a figure with %j and names it', (fault) => {
    expect(tableOf({ ...figure, ...fault })).toMatchObject({
      ok: false,
      failure: { key: 'figures[0] wage' },
    });
  });

  it('refuses a reduction before retirement that nothing computes', () => {
    const rule = { ...figure, key: 'wi.near_retirement_reduction', unit: 'rule' };
    expect(tableOf({ ...rule, value: 'none' }).ok).toBe(true);
    expect(tableOf({ ...rule, value: '10 % a year' })).toMatchObject({ ok: false });
  });

  it('refuses a figure twice', () => {
    expect(tableOf(figure, figure)).toMatchObject({ ok: false, failure: { key: 'figures[1] wage' } });
  });
});

describe('which figure', () => {
  const unverified = {
    ...figure,
    stat_year: 2025,
    effective_from: '2026-01-01',
    value: null,
    grade: 'U' as const,
  };
  const older = {
    ...figure,
    stat_year: 2023,
    effective_from: '2024-01-01',
    effective_to: '2024-12-31',
    value: 7177,
  };
  const parsed = tableOf(unverified, older, figure);
  const sample = parsed.ok ? parsed.value : table;

  it('takes the year the law asks for', () => {
    expect(figureOfYear(sample, 'wage', 'CN-53', 2024)).toMatchObject({
      kind: 'found',
      figure,
      stale: false,
    });
  });

  it('falls back to the newest verified earlier year and says so', () => {
    expect(figureOfYear(sample, 'wage', 'CN-53', 2027)).toMatchObject({
      kind: 'found',
      figure,
      stale: true,
      requiredYear: 2027,
    });
    expect(figureOfYear(sample, 'wage', 'CN-53', 2025)).toMatchObject({ kind: 'found', figure, stale: true });
  });

  it('never takes a later year, another region or an unverified row', () => {
    expect(figureOfYear(sample, 'wage', 'CN-53', 2022)).toEqual({
      kind: 'lacking',
      reason: 'figure_missing',
    });
    expect(figureOfYear(sample, 'wage', 'CN-33', 2024)).toEqual({
      kind: 'lacking',
      reason: 'figure_missing',
    });
    expect(figureOfYear({ ...sample, figures: [unverified] }, 'wage', 'CN-53', 2025)).toEqual({
      kind: 'lacking',
      reason: 'figure_unverified',
    });
  });

  it('takes what is in force on a day; what has run out is stale', () => {
    expect(figureInForce(sample, 'wage', 'CN-53', '2024-06-01')).toMatchObject({
      kind: 'found',
      figure: older,
      stale: false,
    });
    expect(figureInForce({ ...sample, figures: [older] }, 'wage', 'CN-53', '2025-06-01')).toMatchObject({
      kind: 'found',
      figure: older,
      stale: true,
    });
    expect(figureInForce(sample, 'wage', 'CN-53', '2023-12-31')).toEqual({
      kind: 'lacking',
      reason: 'figure_missing',
    });
  });
});
