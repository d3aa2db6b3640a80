import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'consumer.punitive': { type: 'fraud', price_fen: 10_000 },
  },
  numbers: [
    ['consumer.punitive', 'price_fen', 0, 10_000_000_000],
    ['consumer.punitive', 'loss_fen', 0, 10_000_000_000],
  ],
});
