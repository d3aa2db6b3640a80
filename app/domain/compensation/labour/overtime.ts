import { add, compare, multiply, parseDecimal, whole } from '../../money/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { count, formula, hours, money, percent, unknownMoney } from '../formula.ts';
import {
  contradiction,
  decimal,
  integer,
  MAX_WAGE_FEN,
  oneOf,
  optional,
  orUnknown,
  readInputs,
  required,
  withDefault,
} from '../inputs.ts';
import { Sheet, type Given, type Surroundings } from '../sheet.ts';
import { payDays } from './wage.ts';

const MAX_PAID_FEN = 10_000_000_000;
const MAX_HOURS = 100_000;
const MAX_PIECES = 1_000_000;
const HOURS_A_DAY = 8;
/** 劳动法第四十一条. */
const MONTH_LIMIT_HOURS = 36;
const DAY_LIMIT_HOURS = 3;
const HOURS_OF_A_DAY = 24;
const MAX_DAYS = 40_000;
const MAX_MONTHS = 1_200;

const SHAPE = {
  base_month_fen: optional(orUnknown(integer(1, MAX_WAGE_FEN))),
  hours_weekday: withDefault(decimal(MAX_HOURS), '0'),
  hours_rest: withDefault(decimal(MAX_HOURS), '0'),
  hours_holiday: withDefault(decimal(MAX_HOURS), '0'),
  /** On how many days, and in how many months, these hours were worked: the law limits both. */
  days_weekday: optional(integer(1, MAX_DAYS)),
  days_rest: optional(integer(1, MAX_DAYS)),
  days_holiday: optional(integer(1, MAX_DAYS)),
  months: withDefault(integer(1, MAX_MONTHS), 1),
  /** Piece work: the price of a piece, and pieces instead of hours. */
  piece_price_fen: optional(integer(1, MAX_WAGE_FEN)),
  pieces_weekday: withDefault(integer(0, MAX_PIECES), 0),
  pieces_rest: withDefault(integer(0, MAX_PIECES), 0),
  pieces_holiday: withDefault(integer(0, MAX_PIECES), 0),
  paid_fen: withDefault(integer(0, MAX_PAID_FEN), 0),
  system: withDefault(oneOf('standard', 'comprehensive', 'flexible'), 'standard'),
};

type OvertimeInputs = Extract<ReturnType<typeof readInputs<typeof SHAPE>>, { ok: true }>['value'];

const labourLaw = (article: string): LegalBasis => ({ law: '劳动法', article });
const wagePayment: LegalBasis = { law: '工资支付暂行规定', article: '第十三条' };

/** 劳动法第四十四条: what an hour is worth; under comprehensive hours no day is a rest day of its own. */
const RATES = [
  {
    code: 'LB_OT_WEEKDAY',
    field: 'hours_weekday',
    days: 'days_weekday',
    pieces: 'pieces_weekday',
    basisPoints: 15_000,
  },
  { code: 'LB_OT_REST', field: 'hours_rest', days: 'days_rest', pieces: 'pieces_rest', basisPoints: 20_000 },
  {
    code: 'LB_OT_HOLIDAY',
    field: 'hours_holiday',
    days: 'days_holiday',
    pieces: 'pieces_holiday',
    basisPoints: 30_000,
  },
] as const;

const exact = (text: string) => parseDecimal(text) ?? whole(0);

/** Whether so many hours are more than `limit` on each of so many days or months. */
const exceeds = (text: string, limit: number, times: number): boolean =>
  compare(exact(text), multiply(whole(limit), whole(times))) > 0;

/** Hours of the working days beyond three a day: allowed to nobody, so either the answer or the employer is wrong. */
const aboveThreeADay = ({ hours_weekday: worked, days_weekday: days }: OvertimeInputs): boolean =>
  days !== undefined && exceeds(worked, DAY_LIMIT_HOURS, days);

function notesOf(inputs: OvertimeInputs): readonly string[] {
  const total = RATES.map(({ field }) => exact(inputs[field])).reduce(add);
  const limit = whole(MONTH_LIMIT_HOURS * inputs.months);
  return [
    'OVERTIME_PROOF',
    ...(compare(total, limit) > 0 ? ['OVERTIME_ABOVE_36_HOURS'] : []),
    ...(aboveThreeADay(inputs) ? ['OVERTIME_ABOVE_3_HOURS'] : []),
  ];
}

function amounts(sheet: Sheet, inputs: OvertimeInputs, monthDays: Given<string>): void {
  const notes = notesOf(inputs);
  for (const { code, field, basisPoints } of RATES) {
    if (inputs.system === 'comprehensive' && field === 'hours_rest') continue;
    const worked = inputs[field];
    if (compare(exact(worked), whole(0)) === 0) continue;
    const rest = [
      ['÷', count(monthDays.value)],
      ['÷', count(HOURS_A_DAY)],
      ['×', hours(worked)],
      ['×', percent(basisPoints)],
    ] as const;
    if (inputs.base_month_fen == null)
      sheet.withhold(
        code,
        { reason: 'input_missing', key: 'base_month_fen' },
        formula(unknownMoney('overtime_base'), ...rest),
      );
    else
      sheet.add({
        code,
        formula: formula(money('overtime_base', inputs.base_month_fen), ...rest),
        payer: 'EMPLOYER',
        basis: [labourLaw('第四十四条'), wagePayment],
        from: [monthDays],
        notes,
      });
  }
}

/** Piece work: the same multiples of the price of a piece (工资支付暂行规定第十三条). */
function pieceWork(sheet: Sheet, inputs: OvertimeInputs, priceFen: number): void {
  for (const { code, pieces, basisPoints } of RATES)
    sheet.add({
      code,
      formula: formula(
        money('piece_price', priceFen),
        ['×', count(inputs[pieces])],
        ['×', percent(basisPoints)],
      ),
      payer: 'EMPLOYER',
      basis: [labourLaw('第四十四条'), wagePayment],
      notes: ['OVERTIME_PROOF'],
    });
}

/** With the sum due after what was paid; unknown as long as the wage is. */
function finish(
  sheet: Sheet,
  { base_month_fen: wage, piece_price_fen: price, paid_fen: paid }: OvertimeInputs,
): Calculation {
  const calculation = sheet.finish('labor.overtime');
  if (wage === null && price === undefined) return calculation;
  return { ...calculation, info: { due_fen: Math.max(0, calculation.totals.onceFen - paid) } };
}

/**
 * Overtime pay (compensation.md 1.8; 劳动法第四十四条). Wage in fen, hours as decimal texts; under comprehensive hours
 * `hours_weekday` are the hours above the period's total. `info.due_fen` is what is left after what was paid.
 */
export function overtime(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) return read;
  const inputs = read.value;
  if (inputs.base_month_fen === undefined && inputs.piece_price_fen === undefined)
    return required('base_month_fen');
  const beyond = RATES.find(
    ({ field, days }) => inputs[days] !== undefined && exceeds(inputs[field], HOURS_OF_A_DAY, inputs[days]),
  );
  if (beyond !== undefined)
    return contradiction(beyond.days, `${beyond.field} are more hours than these days have`);
  const sheet = new Sheet(surroundings);
  if (inputs.system === 'flexible') {
    sheet.flag('FLEXIBLE_SYSTEM_NO_OVERTIME_RULE');
    return success(sheet.finish('labor.overtime'));
  }
  if (inputs.system === 'comprehensive') sheet.flag('COMPREHENSIVE_150_300_ONLY');
  if (RATES.every(({ field, pieces }) => Number(inputs[field]) === 0 && inputs[pieces] === 0))
    sheet.flag('NO_OVERTIME_HOURS');
  if (aboveThreeADay(inputs)) sheet.flag('OVERTIME_ABOVE_3_HOURS');
  if (inputs.piece_price_fen !== undefined) pieceWork(sheet, inputs, inputs.piece_price_fen);
  else {
    const monthDays = payDays(sheet, surroundings.today);
    if (monthDays.kind === 'known') amounts(sheet, inputs, monthDays);
    else for (const { code } of RATES) sheet.withhold(code, monthDays);
  }
  return success(finish(sheet, inputs));
}
