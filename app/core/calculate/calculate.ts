import {
  calculate,
  parseParameterTable,
  type Calculation,
  type CalculationError,
  type CalculatorId,
  type ParameterTable,
} from '../../domain/compensation/index.ts';
import { encodeProof } from '../../domain/compensation/proof/index.ts';
import { failure, type Result } from '../../domain/result.ts';
import type { Journal } from '../journal/index.ts';
import type { Sessions } from '../session/index.ts';

/** Computes with the figures of the pack in use. */
export interface Calculator {
  run: (id: string, inputs: unknown) => Result<Calculation, CalculationError>;
  /** The same sheet as a text for a QR code, from which anybody can compute it again; null where there is no sheet. */
  prove: (id: CalculatorId, inputs: Readonly<Record<string, unknown>>) => string | null;
}

/** Throws for figures that contradict themselves; a verified pack has none. Undefined `parameters`: there is no pack. */
export function createCalculator(parameters: unknown, today: () => string): Calculator {
  const table = parameters === undefined ? null : readTable(parameters);
  return {
    run: (id, inputs) =>
      table === null
        ? failure({
            code: 'figures_unavailable',
            field: null,
            message: 'no content pack with figures is open',
          })
        : calculate(id, inputs, table, { today: today() }),
    prove: (calculator, inputs) => {
      const proof = table && encodeProof({ calculator, inputs, today: today() }, table);
      return proof?.ok === true ? proof.value : null;
    },
  };
}

/** One calculation of a visit; what was put in is not kept. */
export function runCalculation(
  { sessions, journal, calculator }: { sessions: Sessions; journal: Journal; calculator: Calculator },
  { sessionId, id, inputs }: { sessionId: string; id: string; inputs: Readonly<Record<string, unknown>> },
): Result<Calculation, CalculationError> {
  const visit = sessions.find(sessionId);
  if (visit === null) return failure({ code: 'no_session', field: null, message: 'the visit is over' });
  const result = calculator.run(id, inputs);
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
