import {
  calculate,
  parseParameterTable,
  type Calculation,
  type CalculationError,
  type ParameterTable,
} from '../../domain/compensation/index.ts';
import { failure, type Result } from '../../domain/result.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions } from '../session/index.ts';

/** Computes with the figures of the pack in use; undefined table: there is no pack. */
export type Calculator = (id: string, inputs: unknown) => Result<Calculation, CalculationError>;

/** Throws for figures that contradict themselves; a verified pack has none. */
export function createCalculator(parameters: unknown, today: () => string): Calculator {
  const table = parameters === undefined ? null : readTable(parameters);
  return (id, inputs) =>
    table === null
      ? failure({ code: 'figures_unavailable', field: null, message: 'no content pack with figures is open' })
      : calculate(id, inputs, table, { today: today() });
}

/** One calculation of a visit; what was put in is not kept. */
export function runCalculation(
  { sessions, journal, calculator }: { sessions: Sessions; journal: Journal; calculator: Calculator },
  { sessionId, id, inputs }: { sessionId: string; id: string; inputs: Readonly<Record<string, unknown>> },
): Result<Calculation, CalculationError> {
  const visit = sessions.find(sessionId);
  if (visit === null) return failure({ code: 'no_session', field: null, message: 'the visit is over' });
  const result = calculator(id, inputs);
  const outcome = result.ok ? 'calculated' : result.failure.code;
  journal.record({
    type: 'calculate.ran',
    payload: { session: visit.id, calculator: result.ok ? result.value.calculator : 'refused', outcome },
  });
  visit.served ||= result.ok;
  return result;
}

function readTable(parameters: unknown): ParameterTable {
  const parsed = parseParameterTable(parameters);
  if (!parsed.ok) throw new Error('the figures of the pack contradict themselves');
  return parsed.value;
}
