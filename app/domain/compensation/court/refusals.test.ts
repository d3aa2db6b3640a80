import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'court.fee': { type: 'property', amount_fen: 100_000 },
  },
  numbers: [
    ['court.fee', 'amount_fen', 0, 10_000_000_000_000],
    ['court.fee', 'won_fen', 0, 100_000],
    ['court.fee', 'base_fen', 5_000, 30_000, { type: 'divorce' }],
    ['court.fee', 'base_fen', 10_000, 50_000, { type: 'personality' }],
    ['court.fee', 'base_fen', 5_000, 10_000, { type: 'other' }],
  ],
  refused: [
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
  ],
});
