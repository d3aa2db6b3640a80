import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals, TODAY } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'labor.severance': {
      start_date: '2020-01-01',
      last_day: '2026-01-31',
      avg12_fen: 600_000,
      ground: 'unlawful',
    },
    'labor.double_wage': { start_date: '2025-01-01', month_wage_fen: 600_000 },
    'labor.overtime': { base_month_fen: 600_000 },
    'labor.annual_leave': { total_service_years: '12', avg_month_fen: 600_000 },
  },
  numbers: [
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
  ],
  days: [
    ['labor.severance', 'start_date', '1950-01-01', TODAY, { last_day: '2027-11-22' }],
    ['labor.severance', 'last_day', '2008-01-01', '2027-11-22', { start_date: '1990-01-01' }],
    ['labor.double_wage', 'start_date', '2008-01-01', TODAY],
    ['labor.double_wage', 'signed_date', '2000-01-01', TODAY],
    ['labor.double_wage', 'last_day', '2008-01-01', '2027-11-22', { start_date: '2008-01-01' }],
    ['labor.double_wage', 'open_ended_due_date', '2008-01-01', TODAY, { start_date: '2008-01-01' }],
  ],
  refused: [
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
  ],
});
