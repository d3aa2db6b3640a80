import { addDays, addMonths, addYears, completedMonths, daysBetween } from '../../calendar/index.ts';
import { compare, divide, parseDecimal, whole } from '../../money/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, FormulaPart } from '../calculation.ts';
import { count, days, formula, money, months, unknownMoney } from '../formula.ts';
import {
  daily,
  contradiction,
  day,
  flag,
  integer,
  MAX_WAGE_FEN,
  optional,
  orUnknown,
  readInputs,
  withDefault,
} from '../inputs.ts';
import { Sheet, type Surroundings } from '../sheet.ts';
import { CONTRACT_LAW_FROM, contractLaw, contractRegulation } from './service.ts';
import { payDays } from './wage.ts';

const shape = daily((today) => ({
  start_date: day(CONTRACT_LAW_FROM, today),
  signed_date: optional(orUnknown(day('2000-01-01', today))),
  last_day: optional(orUnknown(day(CONTRACT_LAW_FROM, addYears(today, 1)))),
  /** The day on which an open-ended contract was due and refused (第八十二条第二款). */
  open_ended_due_date: optional(day(CONTRACT_LAW_FROM, today)),
  month_wage_fen: orUnknown(integer(1, MAX_WAGE_FEN)),
  partial_workdays: optional(orUnknown(integer(0, 31))),
  worker_refused: withDefault(flag, false),
}));

type DoubleWageInputs = Extract<
  ReturnType<typeof readInputs<ReturnType<typeof shape>>>,
  { ok: true }
>['value'];

interface Period {
  from: string;
  to: string;
  fullMonths: number;
  restDays: number;
}

const earliest = (dates: readonly (string | null)[]): string =>
  dates.reduce<string>((first, date) => (date !== null && date < first ? date : first), '2999-12-31');

/**
 * From the day after a full month of work until the contract is signed, the work ends or a year is over (实施条例第六、七条): at
 * most 11 months. For a refused open-ended contract from the day it was due, without that end. Never beyond today.
 */
export function unsignedPeriod(
  inputs: Pick<DoubleWageInputs, 'start_date' | 'signed_date' | 'last_day' | 'open_ended_due_date'>,
  today: string,
): Period | null {
  const due = inputs.open_ended_due_date;
  const anchor = due ?? inputs.start_date;
  const first = due === undefined ? 1 : 0;
  const from = addMonths(anchor, first);
  const to = earliest([
    inputs.signed_date == null ? null : addDays(inputs.signed_date, -1),
    inputs.last_day ?? null,
    due === undefined ? addDays(addYears(anchor, 1), -1) : null,
    today,
  ]);
  if (to < from) return null;
  const until = addDays(to, 1);
  // Counted from the first working day, so that a month that ends early (31 January) does not shorten those after it.
  const counted = completedMonths(anchor, until);
  return {
    from,
    to,
    fullMonths: counted - first,
    restDays: daysBetween(addMonths(anchor, counted), until),
  };
}

/** Wages of a broken month: at most the month's wage. */
function brokenMonth(wageFen: number, workdays: number, monthDays: string): readonly FormulaPart[] {
  const wage = money('month_wage', wageFen);
  const limit = parseDecimal(monthDays);
  const worked = limit === null ? whole(1) : divide(whole(workdays), limit);
  return compare(worked, whole(1)) > 0
    ? formula(wage)
    : formula(wage, ['÷', count(monthDays)], ['×', days(workdays)]);
}

function amounts(
  sheet: Sheet,
  inputs: DoubleWageInputs,
  { fullMonths, restDays }: Period,
  today: string,
): void {
  const { month_wage_fen: wage, partial_workdays: workdays = null } = inputs;
  const code = 'LB_DOUBLE_WAGE';
  if (wage === null) {
    sheet.withhold(
      code,
      { reason: 'input_missing', key: 'month_wage_fen' },
      formula(unknownMoney('month_wage'), ['×', months(fullMonths)]),
    );
    return;
  }
  const monthDays = payDays(sheet, today);
  const full = fullMonths > 0 ? formula(money('month_wage', wage), ['×', months(fullMonths)]) : [];
  let rest: readonly FormulaPart[] = [];
  if (restDays > 0) {
    if (workdays === null)
      sheet.withhold('LB_DOUBLE_WAGE_REST', { reason: 'input_missing', key: 'partial_workdays' });
    else if (monthDays.kind === 'lacking') sheet.withhold('LB_DOUBLE_WAGE_REST', monthDays);
    else {
      sheet.flag('PARTIAL_MONTH_BY_WORKDAYS');
      rest = workdays === 0 ? [] : brokenMonth(wage, workdays, monthDays.value);
    }
  }
  const [head, ...tail] = rest;
  const parts =
    head === undefined
      ? full
      : full.length === 0
        ? rest
        : [...full, { ...head, operator: '+' as const }, ...tail];
  if (parts.length === 0) {
    if (workdays === 0) sheet.flag('NO_WORKDAYS_IN_BROKEN_MONTH');
    return;
  }
  sheet.add({
    code,
    formula: parts,
    payer: 'EMPLOYER',
    basis: [contractLaw('第八十二条'), contractRegulation('第六条'), contractRegulation('第七条')],
    from: rest.length > 0 && monthDays.kind === 'known' ? [monthDays] : [],
    notes: [
      ...(rest.length > 0 ? ['PARTIAL_MONTH_BY_WORKDAYS'] : []),
      ...(inputs.worker_refused ? ['WORKER_REFUSED_TO_SIGN'] : []),
      'CLAIM_EARLY',
    ],
  });
}

/**
 * The second wage for months without a written contract (compensation.md 1.7; 劳动合同法第八十二条). Wage in fen; `info` gives the
 * period, its whole months and the days left over.
 */
export function doubleWage(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  if (inputs.last_day != null && inputs.last_day < inputs.start_date)
    return contradiction('last_day', 'last_day lies before start_date');
  if (inputs.open_ended_due_date !== undefined && inputs.open_ended_due_date < inputs.start_date)
    return contradiction('open_ended_due_date', 'open_ended_due_date lies before start_date');
  const sheet = new Sheet(surroundings);
  const period = unsignedPeriod(inputs, surroundings.today);
  if (period === null) {
    sheet.flag('NO_DOUBLE_WAGE_PERIOD');
    return success(sheet.finish('labor.double_wage'));
  }
  const { from, to, fullMonths, restDays } = period;
  if (inputs.partial_workdays != null && inputs.partial_workdays > restDays)
    return contradiction('partial_workdays', 'more working days than the broken month has days');
  amounts(sheet, inputs, period, surroundings.today);
  return success(
    sheet.finish('labor.double_wage', { from, to, full_months: fullMonths, rest_days: restDays }),
  );
}
