import { addDays, addYears } from '../calendar/index.ts';
import { success, type Result } from '../result.ts';
import type { Calculation, CalculationError } from './calculation.ts';
import { contradiction, daily, day, flag, optional, readInputs, withDefault } from './inputs.ts';
import { arbitrateBy } from './limitation.ts';
import { Sheet, type Surroundings } from './sheet.ts';

/** No article limits how old an injury may be: only slips of the finger lie before this day. */
const FIRST_DAY = '1950-01-01';

const shape = daily((today) => ({
  start_date: day(FIRST_DAY, today),
  /** The authority has decided: nobody needs to apply any more. */
  decided: withDefault(flag, false),
  /** When the employment ended or will end; about money from the unit one goes to arbitration within a year of it. */
  relation_end_date: optional(day(FIRST_DAY, addYears(today, 1))),
}));

/**
 * Until when a work injury must be reported (工伤保险条例第十七条): the unit within 30 days, the worker or family within a year
 * of the accident or diagnosis; and where the employment ended, until when arbitration is open (调解仲裁法第二十七条). Always
 * the earlier, safe day: holidays do not move it.
 */
export function deadlines(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const { rules, today } = surroundings;
  const read = readInputs(shape(today), raw);
  if (!read.ok) return read;
  const { start_date: start, decided, relation_end_date: end } = read.value;
  if (end !== undefined && end < start)
    return contradiction('relation_end_date', 'relation_end_date lies before start_date');
  return success(
    new Sheet(surroundings, true).finish('wi.deadlines', {
      ...(decided
        ? {}
        : {
            employer_apply_by: addDays(start, rules.employer_apply_days),
            person_apply_by: addYears(start, rules.person_apply_years),
          }),
      ...(end === undefined ? {} : { arbitrate_by: arbitrateBy(end) }),
    }),
  );
}
