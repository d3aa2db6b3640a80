import { join } from 'node:path';
import { calculate, type CalculatorId } from '../../app/domain/compensation/index.ts';
import { readParameterTable } from '../calc/parameters.ts';
import type { Bench } from './row.ts';

const TODAY = '2026-11-22';
const BATCH = 1_000;
/** After so long the compiler has settled on the code that a kiosk runs for weeks. */
const WARM_MS = 2_000;
const SAMPLE_MS = 400;

/** Whole numbers in an order that looks like chance and is the same every time. */
function chances(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

type Chance = ReturnType<typeof chances>;
const day = (chance: Chance, year: number): string =>
  `${year}-${String(1 + chance(10)).padStart(2, '0')}-${String(1 + chance(28)).padStart(2, '0')}`;
const one = <Option>(chance: Chance, ...options: readonly Option[]): Option =>
  options[chance(options.length)] as Option;
const several = <Entry>(count: number, make: (index: number) => Entry): readonly Entry[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** Random valid inputs of every calculator, from what a citizen leaves out to what fills a page. */
const inputs: Readonly<Record<CalculatorId, (chance: Chance) => unknown>> = {
  'wi.gate': (chance) => ({ cause: one(chance, 'working', 'violence', 'rescue', 'other') }),
  'wi.deadlines': (chance) => ({ start_date: day(chance, 2026) }),
  'wi.benefits': (chance) => ({
    injury_date: day(chance, 2025),
    insured: chance(2) === 0,
    grade: 1 + chance(10),
    avg_contrib_wage_fen: 200_000 + chance(3_000_000),
    medical_fen: chance(5_000_000),
    hospital_days: chance(60),
    sl_months: one(chance, '0', '3.5', '12'),
    sl_wage_fen: 600_000,
    sl_paid_fen: chance(200_000),
    nursing_level: one(chance, 'none', 'part', 'full'),
    contract_end: one(chance, 'none', 'employee_resigns'),
    min_wage_class: 'I',
    typed: { hospital_meal_day_fen: 5_000, avg_month_lump_fen: 733_900 },
  }),
  'wi.death': (chance) => ({
    death_date: day(chance, 2026),
    death_type: one(chance, 'accident', 'during_sl'),
    insured: chance(2) === 0,
    avg_contrib_wage_fen: 400_000 + chance(2_000_000),
    survivors: several(chance(5), (index) => ({ relation: index === 0 ? 'spouse' : 'child' })),
  }),
  'wi.missing': (chance) => ({
    accident_date: day(chance, 2026),
    month_wage_fen: 300_000 + chance(900_000),
    hardship: chance(2) === 0,
  }),
  'pi.damages': (chance) => ({
    kind: 'injury',
    tort_date: day(chance, 2026),
    age: chance(95),
    grades: one(chance, [10], [9], [8, 10], [1]),
    medical_fen: chance(9_000_000),
    lost_wages: { industry: 'agriculture', days: chance(200) },
    care: [{ daily_fen: 15_000, days: chance(60) }],
    transport_fen: chance(90_000),
    nutrition_fen: chance(90_000),
    mental_fen: chance(900_000),
    liability_bp: 7_000,
    dependants: several(chance(4), (index) => ({ type: 'minor', age: 2 + 5 * index, share_n: 2 })),
  }),
  'pi.dependants': (chance) => ({
    dep_coef_bp: 3_000,
    dependants: several(1 + chance(3), (index) => ({
      type: 'adult',
      age: 50 + 9 * index,
      share_n: 1 + index,
    })),
  }),
  'traffic.allocate': (chance) => ({
    accident_date: day(chance, 2025),
    victims: several(1 + chance(3), (index) => ({
      id: `p${index}`,
      death_injury_fen: chance(90_000_000),
      medical_fen: chance(5_000_000),
      property_fen: one(chance, 0, 300_000),
    })),
    vehicles: several(1 + chance(2), (index) => ({
      id: `c${index}`,
      liability_bp: one(chance, 3_000, 5_000),
      commercial_limit_fen: one(chance, 0, 100_000_000),
    })),
  }),
  'labor.severance': (chance) => ({
    start_date: day(chance, 2005 + chance(18)),
    last_day: day(chance, 2026),
    avg12_fen: 250_000 + chance(5_000_000),
    last_month_wage_fen: 600_000,
    notice_30_days: false,
    city: 'CN-5301',
    min_wage_class: 'I',
    ground: one(chance, 'unlawful', 'art40_changed', 'mutual_employer_proposed'),
  }),
  'labor.double_wage': (chance) => ({
    start_date: day(chance, 2024),
    signed_date: day(chance, 2025),
    month_wage_fen: 300_000 + chance(900_000),
    partial_workdays: 0,
  }),
  'labor.overtime': (chance) => ({
    base_month_fen: 300_000 + chance(900_000),
    hours_weekday: String(chance(60)),
    hours_rest: String(chance(40)),
    hours_holiday: '8.5',
    days_weekday: 30,
  }),
  'labor.annual_leave': (chance) => ({
    total_service_years: String(chance(30)),
    mode: 'leaving',
    days_elapsed: chance(366),
    avg_month_fen: 300_000 + chance(900_000),
  }),
  'court.fee': (chance) => ({
    type: one(chance, 'property', 'enforcement', 'preservation'),
    amount_fen: chance(4_000_000_000),
  }),
  'legalaid.precheck': (chance) => ({
    domain: 'civil',
    matter: one(chance, 'work_injury', 'environment', 'other'),
  }),
  'loan.interest': (chance) => ({
    principal_fen: 1_000_000 + chance(90_000_000),
    contract_date: day(chance, 2018 + chance(6)),
    start_date: '2024-01-01',
    due_date: day(chance, 2024),
    end_date: day(chance, 2026),
    accept_date: '2026-01-05',
    agreed_rate_bp: one(chance, 0, 1_000, 2_400),
  }),
  'loan.delay': (chance) => ({ debt_fen: 1 + chance(90_000_000), days: chance(900) }),
  'consumer.punitive': (chance) => ({ type: one(chance, 'fraud', 'food'), price_fen: chance(900_000) }),
};

/** Sheets a second of this process's own time, for so long: what others do on the machine does not count. */
function rateOver(milliseconds: number, once: (turn: number) => void): number {
  const before = process.cpuUsage();
  let [done, spent] = [0, 0];
  while (spent < milliseconds * 1_000) {
    for (let turn = 0; turn < BATCH; turn += 1, done += 1) once(turn);
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
  return Math.round((done / spent) * 1_000_000);
}

function sheetsPerSecond(once: (turn: number) => void): number {
  rateOver(WARM_MS, once);
  return rateOver(SAMPLE_MS, once);
}

/** Random valid sheets a second on one core, calculator by calculator, each with its trace, figures and flags. */
export const bench: Bench = {
  name: 'calc',
  run() {
    const table = readParameterTable(join(import.meta.dirname, '../../content/parameters'));
    const mixed = chances(20_261_123);
    const byTurns = several(BATCH, () => {
      const [id, make] = one(mixed, ...Object.entries(inputs)) as [CalculatorId, (chance: Chance) => unknown];
      return { id, request: make(mixed) };
    });
    const rows = [
      {
        what: 'all calculators by turns',
        ours: sheetsPerSecond((turn) => {
          const { id, request } = byTurns[turn % BATCH] ?? { id: 'court.fee', request: {} };
          calculate(id, request, table, { today: TODAY });
        }),
        unit: 'sheets/s per core',
      },
      ...Object.entries(inputs).map(([id, make]) => {
        const chance = chances(20_261_122);
        const requests = several(BATCH, () => make(chance));
        const ours = sheetsPerSecond((turn) => {
          const result = calculate(id, requests[turn % BATCH], table, { today: TODAY });
          if (!result.ok)
            throw new Error(`${id}: the bench's own inputs were refused: ${result.failure.message}`);
        });
        return { what: id, ours, unit: 'sheets/s per core' };
      }),
    ];
    return Promise.resolve(rows);
  },
};
