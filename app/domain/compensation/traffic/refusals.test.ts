import { join } from 'node:path';
import { readParameterTable } from '../../../../tools/calc/parameters.ts';
import { refusals, TODAY } from '../fixtures/refusals.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../../content/parameters'));

refusals(table, {
  least: {
    'traffic.allocate': {
      accident_date: '2026-03-01',
      victims: [{ id: 'A', medical_fen: 100_000 }],
      vehicles: [{ id: 'V', liability_bp: 10_000 }],
    },
  },
  days: [['traffic.allocate', 'accident_date', '2008-02-01', TODAY]],
  refused: [
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
  ],
});
