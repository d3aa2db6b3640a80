import { join } from 'node:path';
import { calculate, type CalculatorId } from '../../app/domain/compensation/index.ts';
import { readParameterTable } from '../calc/parameters.ts';
import type { Bench } from './row.ts';

const TODAY = '2026-11-22';
const BATCH = 2_000;
const SAMPLE_MS = 700;

/** Different wages and grades, so that no run can live on the last one's result. */
const requests: readonly { what: string; id: CalculatorId; inputs: (turn: number) => unknown }[] = [
  {
    what: 'work-injury sheets, all items asked',
    id: 'wi.benefits',
    inputs: (turn) => ({
      injury_date: '2026-03-01',
      insured: turn % 2 === 0,
      grade: (turn % 10) + 1,
      avg_contrib_wage_fen: 400_000 + turn,
      medical_fen: 1_800_000 + turn,
      hospital_days: 12,
      sl_months: '3.5',
      sl_wage_fen: 600_000,
      sl_paid_fen: 100_000,
      nursing_level: 'part',
      contract_end: 'employee_resigns',
    }),
  },
  {
    what: 'work-death sheets, four survivors',
    id: 'wi.death',
    inputs: (turn) => ({
      death_date: '2026-05-01',
      death_type: 'accident',
      avg_contrib_wage_fen: 400_000 + turn,
      survivors: [
        { relation: 'spouse' },
        { relation: 'child' },
        { relation: 'child' },
        { relation: 'parent', orphan_or_lonely: true },
      ],
    }),
  },
];

function sheetsPerSecond(once: (turn: number) => void): number {
  for (let turn = 0; turn < BATCH; turn += 1) once(turn);
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < SAMPLE_MS)
    for (let turn = 0; turn < BATCH; turn += 1, done += 1) once(turn);
  return Math.round((done / (performance.now() - start)) * 1000);
}

/** Valid sheets a second on one core, each with its trace, figures and flags, from inputs to result. */
export const bench: Bench = {
  name: 'calc',
  run() {
    const table = readParameterTable(join(import.meta.dirname, '../../content/parameters'));
    return Promise.resolve(
      requests.map(({ what, id, inputs }) => {
        const ours = sheetsPerSecond((turn) => {
          const result = calculate(id, inputs(turn), table, { today: TODAY });
          if (!result.ok) throw new Error(`the bench's own inputs were refused: ${result.failure.message}`);
        });
        return { what, ours, unit: 'sheets/s per core' };
      }),
    );
  },
};
