import { addYears, daysBetween } from '../../calendar/index.ts';
import { failure, success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { days, formula, money } from '../formula.ts';
import { daily, contradiction, day, integer, optional, readInputs } from '../inputs.ts';
import { Sheet, type Surroundings } from '../sheet.ts';

const MAX_FEN = 10_000_000_000_000;
const MAX_DAYS = 36_500;
/** 迟延履行利息解释第一条, in force since 2014-08-01. */
const DAILY_PERCENT = '0.0175';
const RULES_FROM = '2014-08-01';

const shape = daily((today) => ({
  debt_fen: integer(1, MAX_FEN),
  days: optional(integer(0, MAX_DAYS)),
  deadline_date: optional(day(RULES_FROM, today)),
  end_date: optional(day(RULES_FROM, addYears(today, 1))),
}));

const CIVIL_PROCEDURE: LegalBasis = { law: '民事诉讼法', article: '第二百六十四条' };
const DELAY_RULES: LegalBasis = {
  law: '最高人民法院关于执行程序中计算迟延履行期间的债务利息适用法律若干问题的解释',
  article: '第一条',
};

/**
 * The doubled part of the interest while a judgment is not obeyed (compensation.md 1.12): the unpaid debt, ordinary interest left
 * out, at 0.0175 % a day. Days are given, or counted from the judgment's deadline (not counted itself) to the end.
 */
export function delay(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const { debt_fen: debt, days: given, deadline_date: deadline, end_date: end } = read.value;
  if (given === undefined && deadline === undefined)
    return failure({ code: 'required', field: 'days', message: 'days or deadline_date is required' });
  if (given !== undefined && deadline !== undefined)
    return contradiction('days', 'days and deadline_date say the same twice');
  const late = given ?? daysBetween(deadline ?? '', end ?? surroundings.today);
  if (late < 0) return contradiction('end_date', 'end_date lies before deadline_date');
  const sheet = new Sheet(surroundings);
  if (late === 0) sheet.flag('NO_DELAY_DAYS');
  sheet.add({
    code: 'DI_DOUBLE_PART',
    formula: formula(
      money('debt', debt),
      ['×', { term: 'daily_rate', value: DAILY_PERCENT, unit: 'percent' }],
      ['×', days(late)],
    ),
    payer: 'JUDGMENT_DEBTOR',
    basis: [CIVIL_PROCEDURE, DELAY_RULES],
    notes: ['DEBT_CLEARED_FIRST', 'ORDINARY_INTEREST_LEFT_OUT'],
  });
  return success(sheet.finish('loan.delay'));
}
