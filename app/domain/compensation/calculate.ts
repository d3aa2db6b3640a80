import { isCalendarDate } from '../calendar/index.ts';
import { failure, type Result } from '../result.ts';
import { benefits } from './benefits.ts';
import type { Calculation, CalculationError, CalculatorId } from './calculation.ts';
import { CLAIMS } from './claims.ts';
import { deadlines } from './deadlines.ts';
import { death, missing } from './death.ts';
import { gate } from './gate.ts';
import { damages, dependants } from './injury-damages/index.ts';
import { readOverrides, readTyped } from './overrides.ts';
import type { ParameterTable } from './parameters.ts';
import { isRecord } from './record.ts';
import { rulesOn } from './rules.ts';
import type { Surroundings } from './sheet.ts';
import { allocate } from './traffic/index.ts';

const CALCULATORS: Readonly<
  Record<CalculatorId, (raw: unknown, surroundings: Surroundings) => Result<Calculation, CalculationError>>
> = {
  'wi.benefits': benefits,
  'wi.death': death,
  'wi.missing': missing,
  'wi.deadlines': deadlines,
  'wi.gate': gate,
  'pi.damages': damages,
  'pi.dependants': dependants,
  'traffic.allocate': allocate,
  ...CLAIMS,
};

const isCalculator = (id: string): id is CalculatorId => Object.hasOwn(CALCULATORS, id);

export const CALCULATOR_IDS: readonly CalculatorId[] = Object.keys(CALCULATORS).filter(isCalculator);

interface CalculationContext {
  /** ISO day on which the sheet is made. */
  today: string;
  /** Where the figures apply; 云南 (`CN-53`) unless told. */
  region?: string;
  /** Figures given with this run instead of the table's (the `params` of a test vector), unchecked. */
  overrides?: unknown;
}

/** A calculator's own inputs, and the figures that were typed in beside them. */
function apart(inputs: unknown): readonly [own: unknown, typed: unknown] {
  if (!isRecord(inputs) || !Object.hasOwn(inputs, 'typed')) return [inputs, undefined];
  const { typed, ...own } = inputs;
  return [own, typed];
}

/**
 * Computes one sheet: whole fen, exact ratios, one half-up rounding an item. Pure; never throws, whatever `inputs` holds.
 * Besides its own inputs every calculator takes `typed`: figures typed in by hand, marked so (grade T) on the sheet.
 * Failures carry a stable code (`unknown_calculator`, `required`, `too_large`, `contradiction`, …) and the field.
 */
export function calculate(
  id: string,
  inputs: unknown,
  figures: ParameterTable,
  context: CalculationContext,
): Result<Calculation, CalculationError> {
  if (!isCalculator(id))
    return failure({
      code: 'unknown_calculator',
      field: null,
      message: `calculators: ${CALCULATOR_IDS.join(', ')}`,
    });
  const { today, region = 'CN-53' } = context;
  if (!isCalendarDate(today))
    return failure({ code: 'not_a_date', field: 'today', message: 'today must be a day (YYYY-MM-DD)' });
  const overrides = context.overrides === undefined ? null : readOverrides(context.overrides);
  if (overrides?.ok === false) return overrides;
  const [own, raw] = apart(inputs);
  const typed = raw === undefined ? null : readTyped(raw);
  if (typed?.ok === false) return typed;
  const rules = rulesOn(figures.work_injury_rules, today);
  if (rules === null)
    return failure({
      code: 'too_early',
      field: 'today',
      message: 'the rules of that day are not in the table',
    });
  return CALCULATORS[id](own, {
    table: figures,
    rules,
    region,
    today,
    overrides: overrides?.value ?? null,
    typed: typed?.value ?? null,
  });
}
