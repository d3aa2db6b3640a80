import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals, TODAY } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'pi.damages': { kind: 'injury', tort_date: '2026-03-01' },
    'pi.dependants': { dependants: [{ type: 'minor', age: 8 }] },
  },
  numbers: [
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
  ],
  days: [['pi.damages', 'tort_date', '2022-05-01', TODAY]],
  refused: [
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
  ],
});
