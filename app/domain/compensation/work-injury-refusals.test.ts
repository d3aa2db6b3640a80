import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { refusals, TODAY } from './fixtures/refusals.ts';
import { calculate } from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));

refusals(table, {
  least: {
    'wi.benefits': { injury_date: '2026-03-01', grade: 9, avg_contrib_wage_fen: 600_000 },
    'wi.death': { death_date: '2026-03-01', death_type: 'accident' },
    'wi.missing': { accident_date: '2026-03-01', month_wage_fen: 600_000 },
    'wi.deadlines': { start_date: '2026-03-01' },
    'wi.gate': { cause: 'working' },
  },
  numbers: [
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
  ],
  days: [
    ['wi.benefits', 'injury_date', '2011-01-01', TODAY],
    ['wi.benefits', 'contract_end_date', '2011-01-01', '2027-11-22', { injury_date: '2011-01-01' }],
    ['wi.death', 'injury_date', '1950-01-01', TODAY, { death_date: TODAY }],
    ['wi.deadlines', 'start_date', '1950-01-01', TODAY],
    ['wi.deadlines', 'relation_end_date', '1950-01-01', '2027-11-22', { start_date: '1950-01-01' }],
  ],
  refused: [
    ...(
      [
        ['wi.death', 'death_date'],
        ['wi.missing', 'accident_date'],
      ] as const
    ).map(
      ([calculator, field]) =>
        [
          calculator,
          { [field]: '2010-12-31' },
          field,
          'too_early',
          `${field}: the rules of that day are not in the table`,
        ] as const,
    ),
    [
      'wi.deadlines',
      { relation_end_date: '2026-02-28' },
      'relation_end_date',
      'contradiction',
      'relation_end_date lies before start_date',
    ],
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
  ],
});

it('the first day whose rules are in the table is computed', () => {
  for (const [calculator, inputs] of [
    ['wi.death', { death_date: '2011-01-01', death_type: 'accident' }],
    ['wi.missing', { accident_date: '2011-01-01', month_wage_fen: 600_000 }],
  ] as const)
    expect(calculate(calculator, inputs, table, { today: TODAY }).ok).toBe(true);
});
