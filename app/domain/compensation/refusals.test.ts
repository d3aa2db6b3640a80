import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';
const least = { cause: 'working' };

describe('what is no calculation', () => {
  it('is refused: a day that is none or too early, a calculator that there is not', () => {
    expect(calculate('wi.gate', least, table, { today: '2026-02-30' })).toMatchObject({
      failure: { code: 'not_a_date', field: 'today', message: 'today must be a day (YYYY-MM-DD)' },
    });
    expect(calculate('wi.gate', least, table, { today: '1990-01-01' })).toMatchObject({
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
      ? calculate('wi.gate', least, table, { today: TODAY, overrides: value })
      : calculate('wi.gate', { ...least, typed: value }, table, { today: TODAY });

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
