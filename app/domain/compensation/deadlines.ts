import { addDays, addYears } from '../calendar/index.ts';
import { success, type Result } from '../result.ts';
import type { Calculation, CalculationError } from './calculation.ts';
import { day, readInputs } from './inputs.ts';
import { Sheet, type Surroundings } from './sheet.ts';

/** No article limits how old an injury may be: only slips of the finger lie before this day. */
const FIRST_DAY = '1950-01-01';

/**
 * Until when a work injury must be reported (工伤保险条例第十七条): the unit within 30 days, the worker or family within a year
 * of the accident or diagnosis. Always the earlier, safe day: holidays do not move it.
 */
export function deadlines(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const { rules, today } = surroundings;
  const read = readInputs({ start_date: day(FIRST_DAY, today) }, raw);
  if (!read.ok) return read;
  const start = read.value.start_date;
  return success(
    new Sheet(surroundings, true).finish('wi.deadlines', {
      employer_apply_by: addDays(start, rules.employer_apply_days),
      person_apply_by: addYears(start, rules.person_apply_years),
    }),
  );
}
