import {
  calculate,
  expressionOf,
  type Calculation,
  type CalculationError,
  type ParameterTable,
} from '../../app/domain/compensation/index.ts';
import type { Result } from '../../app/domain/result.ts';
import { isRecord } from '../../app/domain/compensation/record.ts';

/** What the command line writes for one request: amounts in fen, or an error; never a throw. */
type Reply = Readonly<Record<string, unknown>>;

interface Setting {
  table: ParameterTable;
  today: string;
  region: string;
}

/** The result in the words of the command line (compensation.md 0.5); a total stands only where there are items for it. */
function describe(calculation: Calculation): Reply {
  const { items, totals, flags, info, withheld, figures, ctpByVehicle } = calculation;
  const has = (freq: 'once' | 'monthly'): boolean => items.some((item) => item.freq === freq);
  return {
    items: items.map(({ code, amountFen, payer, freq, formula, basis }) => ({
      code,
      amount_fen: amountFen,
      payer,
      freq,
      formula: expressionOf(formula),
      basis: basis.map(({ law, article }) => `${law}${article}`),
    })),
    totals: {
      ...(has('once') ? { once: totals.onceFen } : {}),
      ...(has('monthly') ? { monthly: totals.monthlyFen } : {}),
    },
    flags,
    info,
    ...(ctpByVehicle === undefined ? {} : { ctp_by_vehicle: ctpByVehicle }),
    ...(withheld.length > 0
      ? { withheld: withheld.map(({ code, reason, figureKey }) => ({ code, reason, figure: figureKey })) }
      : {}),
    ...(figures.length > 0
      ? {
          figures: figures.map(({ key, region, statYear, value, unit, grade, stale }) => ({
            key,
            region,
            stat_year: statYear,
            value,
            unit,
            grade,
            stale,
          })),
        }
      : {}),
  };
}

/** Runs a parsed request `{calc, inputs, params?}`. */
export function run(
  request: Readonly<Record<string, unknown>>,
  { table, today, region }: Setting,
): Result<Calculation, CalculationError> {
  const id = typeof request['calc'] === 'string' ? request['calc'] : '';
  const overrides = request['params'] === undefined ? {} : { overrides: request['params'] };
  return calculate(id, request['inputs'], table, { today, region, ...overrides });
}

/** Answers one JSONL line. A line that is no request is answered with an error, and the next one is read. */
export function answerLine(line: string, setting: Setting): Reply {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    return { id: null, error: { code: 'not_json', message: 'the line is not JSON', field: null } };
  }
  if (!isRecord(request))
    return {
      id: null,
      error: { code: 'not_an_object', message: 'a request is an object with calc and inputs', field: null },
    };
  const id = request['id'] ?? null;
  const result = run(request, setting);
  return result.ok ? { id, ...describe(result.value) } : { id, error: result.failure };
}
