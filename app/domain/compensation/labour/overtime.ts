import { add, compare, parseDecimal, whole } from '../../money/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { count, formula, hours, money, percent, unknownMoney } from '../formula.ts';
import { decimal, integer, oneOf, orUnknown, readInputs, withDefault } from '../inputs.ts';
import { Sheet, type Given, type Surroundings } from '../sheet.ts';
import { payDays } from './wage.ts';

const MAX_WAGE_FEN = 100_000_000;
const MAX_PAID_FEN = 10_000_000_000;
const MAX_HOURS = 100_000;
const HOURS_A_DAY = 8;
/** 劳动法第四十一条. */
const MONTH_LIMIT_HOURS = 36;

const shape = () => ({
  base_month_fen: orUnknown(integer(1, MAX_WAGE_FEN)),
  hours_weekday: withDefault(decimal(MAX_HOURS), '0'),
  hours_rest: withDefault(decimal(MAX_HOURS), '0'),
  hours_holiday: withDefault(decimal(MAX_HOURS), '0'),
  paid_fen: withDefault(integer(0, MAX_PAID_FEN), 0),
  system: withDefault(oneOf('standard', 'comprehensive', 'flexible'), 'standard'),
});

type OvertimeInputs = Extract<ReturnType<typeof readInputs<ReturnType<typeof shape>>>, { ok: true }>['value'];

const labourLaw = (article: string): LegalBasis => ({ law: '劳动法', article });
const wagePayment: LegalBasis = { law: '工资支付暂行规定', article: '第十三条' };

/** 劳动法第四十四条: what an hour is worth; under comprehensive hours no day is a rest day of its own. */
const RATES = [
  { code: 'LB_OT_WEEKDAY', field: 'hours_weekday', basisPoints: 15_000 },
  { code: 'LB_OT_REST', field: 'hours_rest', basisPoints: 20_000 },
  { code: 'LB_OT_HOLIDAY', field: 'hours_holiday', basisPoints: 30_000 },
] as const;

const exact = (text: string) => parseDecimal(text) ?? whole(0);

function notesOf(inputs: OvertimeInputs): readonly string[] {
  const total = RATES.map(({ field }) => exact(inputs[field])).reduce(add);
  return [
    'OVERTIME_PROOF',
    ...(compare(total, whole(MONTH_LIMIT_HOURS)) > 0 ? ['OVERTIME_ABOVE_36_HOURS'] : []),
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
    if (inputs.base_month_fen === null)
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

/**
 * Overtime pay (compensation.md 1.8; 劳动法第四十四条). Wage in fen, hours as decimal texts; under comprehensive hours
 * `hours_weekday` are the hours above the period's total. `info.due_fen` is what is left after what was paid.
 */
export function overtime(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const sheet = new Sheet(surroundings);
  if (inputs.system === 'flexible') {
    sheet.flag('FLEXIBLE_SYSTEM_NO_OVERTIME_RULE');
    return success(sheet.finish('labor.overtime'));
  }
  if (inputs.system === 'comprehensive') sheet.flag('COMPREHENSIVE_150_300_ONLY');
  const monthDays = payDays(sheet, surroundings.today);
  if (monthDays.kind === 'lacking') {
    for (const { code } of RATES) sheet.withhold(code, monthDays);
    return success(sheet.finish('labor.overtime'));
  }
  amounts(sheet, inputs, monthDays);
  const calculation = sheet.finish('labor.overtime');
  if (inputs.base_month_fen === null) return success(calculation);
  const due = Math.max(0, calculation.totals.onceFen - inputs.paid_fen);
  return success({ ...calculation, info: { due_fen: due } });
}
