import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals, TODAY } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'loan.interest': {
      principal_fen: 1_000_000,
      contract_date: '2024-01-01',
      start_date: '2024-01-01',
      end_date: '2025-01-01',
    },
    'loan.delay': { debt_fen: 1_000_000, days: 30 },
  },
  numbers: [
    ['loan.interest', 'principal_fen', 1, 1_000_000_000_000],
    ['loan.interest', 'delivered_fen', 1, 1_000_000],
    ['loan.interest', 'agreed_rate_bp', 0, 100_000],
    ['loan.interest', 'overdue_rate_bp', 0, 100_000],
    ['loan.interest', 'overdue_fees_bp', 0, 100_000],
    ['loan.interest', 'original_principal_fen', 1, 1_000_000, { original_date: '2023-01-01' }],
    ['loan.delay', 'debt_fen', 1, 10_000_000_000_000],
    ['loan.delay', 'days', 0, 36_500],
  ],
  days: [
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
  ],
  refused: [
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
  ],
});
