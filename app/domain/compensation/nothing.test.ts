import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate, formatInfo, hasAmounts, type Calculation } from './index.ts';

const content = join(import.meta.dirname, '../../../content');
const table = readParameterTable(join(content, 'parameters'));

function sheet(calculator: string, inputs: unknown, today = '2026-11-22'): Calculation {
  const result = calculate(calculator, inputs, table, { today });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** What a sheet without a line says of that: by a flag, by an outcome, or by a result that is nought. */
const reasons = ({ flags, info }: Calculation): readonly string[] => [
  ...flags,
  ...Object.entries(info).flatMap(([key, value]) => (key === 'result' || value === 0 ? [key] : [])),
];

describe('what comes to nothing says why (compensation.md 0.5)', () => {
  const loan = { principal_fen: 1_000_000, contract_date: '2024-01-01', agreed_rate_bp: 1_000 };
  const loss = { accident_date: '2026-03-01', vehicles: [{ id: 'V', liability_bp: 5_000 }] };
  it.each<[string, object, readonly string[]]>([
    ['wi.benefits', { injury_date: '2026-03-01', grade: 0 }, ['NOTHING_FILLED_IN']],
    [
      'wi.benefits',
      { injury_date: '2026-03-01', grade: 0, insured: false },
      ['NOTHING_FILLED_IN', 'UNINSURED_EMPLOYER_PAYS'],
    ],
    [
      'wi.benefits',
      {
        ...{ injury_date: '2026-03-01', grade: 0, medical_fen: 100 },
        medical_paid_by_third_party_fen: 100,
      },
      ['THIRD_PARTY_MEDICAL_DEDUCTED'],
    ],
    [
      'wi.benefits',
      { injury_date: '2026-03-01', grade: 0, sl_months: '1', sl_wage_fen: 100, sl_paid_fen: 100 },
      ['SL_WAGE_ALREADY_PAID'],
    ],
    ['pi.damages', { kind: 'injury', tort_date: '2026-03-01' }, ['NOTHING_FILLED_IN']],
    ['pi.dependants', { dependants: [] }, ['NOTHING_FILLED_IN']],
    ['pi.dependants', { dependants: [{ type: 'minor', age: 18 }] }, ['DEP_NO_YEARS_LEFT']],
    ['traffic.allocate', { ...loss, victims: [{ id: 'A' }] }, ['NOTHING_FILLED_IN']],
    [
      'labor.severance',
      { start_date: '2020-01-01', last_day: '2026-01-31', avg12_fen: 1, ground: 'none' },
      ['result'],
    ],
    ['labor.double_wage', { start_date: '2026-11-01', month_wage_fen: 1 }, ['NO_DOUBLE_WAGE_PERIOD']],
    [
      'labor.double_wage',
      {
        ...{ start_date: '2026-01-01', signed_date: '2026-02-11', month_wage_fen: 600_000 },
        partial_workdays: 0,
      },
      ['PARTIAL_MONTH_BY_WORKDAYS', 'NO_WORKDAYS_IN_BROKEN_MONTH', 'full_months'],
    ],
    ['labor.overtime', { base_month_fen: 600_000 }, ['NO_OVERTIME_HOURS', 'due_fen']],
    ['labor.overtime', { piece_price_fen: 100 }, ['NO_OVERTIME_HOURS', 'due_fen']],
    [
      'labor.overtime',
      { base_month_fen: 600_000, hours_weekday: '20', system: 'flexible' },
      ['FLEXIBLE_SYSTEM_NO_OVERTIME_RULE'],
    ],
    [
      'labor.annual_leave',
      { total_service_years: '0.9', avg_month_fen: 600_000 },
      ['entitlement', 'unused_days'],
    ],
    ['labor.annual_leave', { total_service_years: '9', taken: 5, avg_month_fen: 600_000 }, ['unused_days']],
    ['loan.interest', { ...loan, start_date: '2024-05-01', end_date: '2024-05-01' }, ['NO_INTEREST_DAYS']],
    ['loan.delay', { debt_fen: 1_000_000, days: 0 }, ['NO_DELAY_DAYS']],
  ])('%s %j', (calculator, inputs, said) => {
    const calculation = sheet(calculator, inputs);
    expect(calculation).toMatchObject({ items: [], withheld: [] });
    expect(reasons(calculation)).toEqual(said);
  });

  it('in every worked case', () => {
    const files = readdirSync(join(content, 'cases')).filter((name) => name.endsWith('.yaml'));
    for (const name of files) {
      const file = parse(readFileSync(join(content, 'cases', name), 'utf8')) as {
        calculator?: string;
        cases: { title: string; calculator?: string; today: string; inputs: unknown }[];
      };
      for (const { title, calculator = file.calculator ?? '', today, inputs } of file.cases) {
        const calculation = sheet(calculator, inputs, today);
        const { items, withheld } = calculation;
        if (hasAmounts(calculation) && items.length === 0 && withheld.length === 0)
          expect(reasons(calculation), title).not.toEqual([]);
      }
    }
  });

  it('and where a share of nothing is left of the losses, or nothing after what was paid', () => {
    const writing = { say: (key: string) => key, money: String, day: String };
    const spared = sheet('pi.damages', {
      ...{ kind: 'injury', tort_date: '2026-03-01', medical_fen: 100, liability_bp: 0 },
    });
    expect(formatInfo('payable_fen', spared.info['payable_fen'] ?? '', writing)).toBe(
      'info_none.payable_fen',
    );
    const paid = sheet('labor.overtime', {
      ...{ base_month_fen: 600_000, hours_rest: '1', paid_fen: 100_000 },
    });
    expect(formatInfo('due_fen', paid.info['due_fen'] ?? '', writing)).toBe('info_none.due_fen');
    expect(formatInfo('due_fen', 1, writing)).toBe('info.due_fen');
  });
});
