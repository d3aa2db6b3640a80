import { compare, divide, multiply, parseDecimal, subtract, whole, type Ratio } from '../../money/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { count, days, formula, money, percent, unknownMoney } from '../formula.ts';
import {
  decimal,
  flag,
  integer,
  MAX_WAGE_FEN,
  oneOf,
  optional,
  orUnknown,
  readInputs,
  required,
  withDefault,
} from '../inputs.ts';
import { Sheet, type Surroundings } from '../sheet.ts';
import { payDays } from './wage.ts';

/** 实施办法第五、十二条 say 365, leap years included. */
const DAYS_A_YEAR = 365;
/** 实施办法第十条: 300 %, of which the normal wage of those days was paid already. */
const EXTRA_BASIS_POINTS = 20_000;
/** 年休假条例第三条, by total working life. */
const ENTITLEMENT = [
  { years: 20, days: 15 },
  { years: 10, days: 10 },
  { years: 1, days: 5 },
] as const;

const SHAPE = {
  mode: withDefault(oneOf('full_year', 'new_hire', 'leaving'), 'full_year'),
  total_service_years: decimal(80),
  days_elapsed: optional(integer(0, 366)),
  days_remaining: optional(integer(0, 366)),
  taken: withDefault(integer(0, 366), 0),
  avg_month_fen: orUnknown(integer(1, MAX_WAGE_FEN)),
  excluded_art4: withDefault(flag, false),
  written_waiver: withDefault(flag, false),
};

type LeaveInputs = Extract<ReturnType<typeof readInputs<typeof SHAPE>>, { ok: true }>['value'];

const regulation = (article: string): LegalBasis => ({ law: '职工带薪年休假条例', article });
const measures = (article: string): LegalBasis => ({ law: '企业职工带薪年休假实施办法', article });

function entitlement(years: Ratio): number {
  return ENTITLEMENT.find((step) => compare(years, whole(step.years)) >= 0)?.days ?? 0;
}

/** Whole days only; what falls short of a day is not owed (实施办法第五、十二条). Taking more than due is not claimed back. */
const wholeDays = (value: Ratio): number =>
  value.numerator < 0n ? 0 : Number(value.numerator / value.denominator);

function unusedDays(inputs: LeaveInputs, entitled: number): number {
  const prorated = (part: number): Ratio =>
    multiply(divide(whole(part), whole(DAYS_A_YEAR)), whole(entitled));
  const taken = whole(inputs.taken);
  if (inputs.mode === 'leaving') return wholeDays(subtract(prorated(inputs.days_elapsed ?? 0), taken));
  if (inputs.mode === 'new_hire')
    return Math.max(0, wholeDays(prorated(inputs.days_remaining ?? 0)) - inputs.taken);
  return Math.max(0, entitled - inputs.taken);
}

function missingDays({ mode, days_elapsed: elapsed, days_remaining: remaining }: LeaveInputs): string | null {
  if (mode === 'leaving' && elapsed === undefined) return 'days_elapsed';
  return mode === 'new_hire' && remaining === undefined ? 'days_remaining' : null;
}

function extraPay(sheet: Sheet, inputs: LeaveInputs, unused: number, today: string): void {
  const monthDays = payDays(sheet, today);
  const code = 'LB_LEAVE_EXTRA_200';
  const shown = [
    ['×', days(unused)],
    ['×', percent(EXTRA_BASIS_POINTS)],
  ] as const;
  if (monthDays.kind === 'lacking') sheet.withhold(code, monthDays);
  else if (inputs.avg_month_fen === null)
    sheet.withhold(
      code,
      { reason: 'input_missing', key: 'avg_month_fen' },
      formula(unknownMoney('average_month_wage'), ['÷', count(monthDays.value)], ...shown),
    );
  else
    sheet.add({
      code,
      formula: formula(
        money('average_month_wage', inputs.avg_month_fen),
        ['÷', count(monthDays.value)],
        ...shown,
      ),
      payer: 'EMPLOYER',
      basis: [
        regulation('第五条'),
        measures('第十条'),
        ...(inputs.mode === 'leaving' ? [measures('第十二条')] : []),
        ...(inputs.mode === 'new_hire' ? [measures('第五条')] : []),
      ],
      from: [monthDays],
      notes: ['NORMAL_WAGE_PAID_ALREADY', 'AVERAGE_WITHOUT_OVERTIME'],
    });
}

/**
 * Pay for annual leave that was not taken, on top of the normal wage (compensation.md 1.9). Average monthly wage of twelve
 * months in fen, overtime left out; `info` gives the days of a full year and the days not taken.
 */
export function annualLeave(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const field = missingDays(inputs);
  if (field !== null) return required(field);
  const sheet = new Sheet(surroundings);
  if (inputs.excluded_art4) {
    sheet.flag('NO_LEAVE_ART4');
    return success(sheet.finish('labor.annual_leave', { entitlement: 0, unused_days: 0 }));
  }
  const entitled = entitlement(parseDecimal(inputs.total_service_years) ?? whole(0));
  const unused = unusedDays(inputs, entitled);
  if (inputs.written_waiver) sheet.flag('LEAVE_WAIVED_IN_WRITING');
  else if (unused > 0) extraPay(sheet, inputs, unused, surroundings.today);
  return success(sheet.finish('labor.annual_leave', { entitlement: entitled, unused_days: unused }));
}
