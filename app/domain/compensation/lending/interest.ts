import { addYears, daysBetween } from '../../calendar/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, FormulaPart } from '../calculation.ts';
import { fenOf, count, days, formula, money, percent, unknownPercent } from '../formula.ts';
import { daily, contradiction, day, integer, optional, orUnknown, readInputs } from '../inputs.ts';
import { claimBy } from '../limitation.ts';
import { given, Sheet, type Given, type Lacking, type Needed, type Surroundings } from '../sheet.ts';
import {
  lendingBasis,
  lprOn,
  newCeiling,
  NEW_CEILING_FROM,
  oldCeiling,
  type Ceiling,
  type LendingArticle,
} from './rate.ts';

const MAX_FEN = 1_000_000_000_000;
const MAX_RATE_BP = 100_000;
const FIRST_DAY = '1991-01-01';
const DAYS_A_YEAR = 365;

const shape = daily((today) => {
  const amount = integer(1, MAX_FEN);
  const rate = optional(orUnknown(integer(0, MAX_RATE_BP)));
  const ahead = addYears(today, 1);
  return {
    principal_fen: amount,
    delivered_fen: optional(orUnknown(amount)),
    contract_date: day(FIRST_DAY, today),
    accept_date: optional(orUnknown(day(FIRST_DAY, ahead))),
    start_date: day(FIRST_DAY, ahead),
    due_date: optional(orUnknown(day(FIRST_DAY, addYears(today, 100)))),
    end_date: day(FIRST_DAY, ahead),
    /** Interest was written into a new principal: what was lent at the very beginning, and when (第二十七条). */
    original_principal_fen: optional(amount),
    original_date: optional(day(FIRST_DAY, ahead)),
    agreed_rate_bp: rate,
    overdue_rate_bp: rate,
    /** Penalties and other fees of the overdue time as a yearly rate: claimed together with interest, capped together (第二十九条). */
    overdue_fees_bp: rate,
  };
});

type InterestInputs = Extract<ReturnType<typeof readInputs<ReturnType<typeof shape>>>, { ok: true }>['value'];

interface Stretch {
  from: string;
  to: string;
  overdue: boolean;
}

function check(inputs: InterestInputs): Result<null, CalculationError> {
  const { principal_fen: written, delivered_fen: delivered, start_date: start, end_date: end } = inputs;
  if (delivered != null && delivered > written)
    return contradiction('delivered_fen', 'more was handed over than was written down');
  if (end < start) return contradiction('end_date', 'end_date lies before start_date');
  if (inputs.due_date != null && inputs.due_date < start)
    return contradiction('due_date', 'due_date lies before start_date');
  if (inputs.accept_date != null && inputs.accept_date < inputs.contract_date)
    return contradiction('accept_date', 'accept_date lies before contract_date');
  const { original_principal_fen: first, original_date: since } = inputs;
  if ((first === undefined) !== (since === undefined))
    return contradiction('original_date', 'the first principal and its day go together');
  if (first !== undefined && first > (delivered ?? written))
    return contradiction('original_principal_fen', 'the first principal is more than the later one');
  if (since !== undefined && since > start)
    return contradiction('original_date', 'original_date lies after start_date');
  return success(null);
}

/** Whether the contract is older than the new ceiling, and the case younger: then each part of the time has its own (第三十一条). */
const straddles = ({ contract_date: contract, accept_date: accept }: InterestInputs): boolean =>
  contract < NEW_CEILING_FROM && (accept == null || accept >= NEW_CEILING_FROM);

/** The time cut at the due date and at the change of the ceiling; the first day counts, the last does not. */
function stretches(inputs: InterestInputs): readonly Stretch[] {
  const { start_date: start, end_date: end, due_date: due = null } = inputs;
  const cuts = [...(due === null ? [] : [due]), ...(straddles(inputs) ? [NEW_CEILING_FROM] : [])];
  const inside = [...new Set(cuts)].filter((date) => date > start && date < end).sort();
  const marks = [start, ...inside, end];
  return marks.slice(1).map((to, index) => {
    const from = marks[index] ?? start;
    return { from, to, overdue: due !== null && from >= due };
  });
}

/** The rate that the parties agreed for a stretch, or the LPR of the due date where they agreed none at all (第二十八条). */
function askedRate(
  sheet: Sheet,
  inputs: InterestInputs,
  stretch: Stretch,
  surroundings: Surroundings,
): Needed & { lpr?: true } {
  const inTerm = inputs.agreed_rate_bp ?? 0;
  if (!stretch.overdue) return given(inTerm);
  const overdue = (inputs.overdue_rate_bp ?? inTerm) + (inputs.overdue_fees_bp ?? 0);
  return overdue > 0
    ? given(overdue)
    : { ...lprOn(sheet, surroundings, inputs.due_date ?? stretch.from), lpr: true };
}

function ceiling(
  sheet: Sheet,
  inputs: InterestInputs,
  stretch: Stretch,
  surroundings: Surroundings,
): Ceiling | Lacking {
  if (inputs.contract_date >= NEW_CEILING_FROM) return newCeiling(sheet, surroundings, inputs.contract_date);
  if (!straddles(inputs) || stretch.from < NEW_CEILING_FROM) return oldCeiling(sheet);
  const filed = newCeiling(sheet, surroundings, inputs.accept_date ?? surroundings.today);
  return 'kind' in filed ? filed : { ...filed, articles: [...filed.articles, 31] };
}

interface Rate {
  rate: Given;
  articles: readonly LendingArticle[];
  capped: boolean;
}

function rateOf(
  sheet: Sheet,
  inputs: InterestInputs,
  stretch: Stretch,
  surroundings: Surroundings,
): Rate | Lacking {
  const asked = askedRate(sheet, inputs, stretch, surroundings);
  if (asked.kind === 'lacking') return asked;
  const article = stretch.overdue ? 28 : 24;
  // One LPR can never exceed four of them; nor can nothing.
  if (asked.lpr === true || asked.value === 0) {
    const notes = asked.lpr === true ? ['OVERDUE_AT_LPR'] : [];
    return { rate: { ...asked, notes: [...asked.notes, ...notes] }, articles: [article], capped: false };
  }
  const limit = ceiling(sheet, inputs, stretch, surroundings);
  if ('kind' in limit) return limit;
  const articles = [article, ...limit.articles, ...(stretch.overdue ? [29 as const] : [])] as const;
  if (asked.value <= limit.rate.value)
    return { rate: { ...limit.rate, value: asked.value }, articles, capped: false };
  return { rate: { ...limit.rate, notes: ['RATE_CAPPED', ...limit.rate.notes] }, articles, capped: true };
}

function interestOf(sheet: Sheet, principal: number, stretch: Stretch, rate: Rate | Lacking): void {
  const code = `LN_INTEREST:${stretch.from}:${stretch.to}`;
  const time = [
    ['×', days(daysBetween(stretch.from, stretch.to))],
    ['÷', count(DAYS_A_YEAR)],
  ] as const;
  if ('kind' in rate) {
    sheet.withhold(
      code,
      rate,
      formula(money('principal', principal), ['×', unknownPercent('rate')], ...time),
    );
    return;
  }
  sheet.add({
    code,
    formula: formula(money('principal', principal), ['×', percent(rate.rate.value, 'rate')], ...time),
    payer: 'BORROWER',
    basis: lendingBasis(rate.articles),
    from: [rate.rate],
  });
}

/**
 * 第二十七条第二款: where interest became principal, principal and interest together never exceed the first principal and its
 * interest at the ceiling for the whole time. Returns the interest on the first principal that is left, or `null` where the
 * sheet stays within it.
 */
function compoundCeiling(
  sheet: Sheet,
  inputs: InterestInputs,
  interestFen: number,
  surroundings: Surroundings,
): { parts: readonly FormulaPart[]; rate: Given } | Lacking | null {
  const { original_principal_fen: first, original_date: since, end_date: end } = inputs;
  if (first === undefined || since === undefined) return null;
  const limit =
    inputs.contract_date >= NEW_CEILING_FROM
      ? newCeiling(sheet, surroundings, inputs.contract_date)
      : newCeiling(sheet, surroundings, inputs.accept_date ?? surroundings.today);
  if ('kind' in limit) return limit;
  const parts = formula(
    money('principal', first),
    ['×', percent(limit.rate.value, 'rate')],
    ['×', days(daysBetween(since, end))],
    ['÷', count(DAYS_A_YEAR)],
  );
  const principal = inputs.delivered_fen ?? inputs.principal_fen;
  return principal + interestFen > first + fenOf(parts) ? { parts, rate: limit.rate } : null;
}

/**
 * Interest of a private loan (compensation.md 1.12; 民间借贷规定第二十四至三十一条). Money in fen, yearly rates in basis points; one
 * item for each stretch with its own rate, `LN_INTEREST:<from>:<to>`. Licensed lenders are outside these rules: ask before.
 */
export function interest(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const checked = check(inputs);
  if (!checked.ok) return checked;
  const sheet = new Sheet(surroundings);
  const principal = inputs.delivered_fen ?? inputs.principal_fen;
  const limit = inputs.due_date == null ? {} : { claim_by: claimBy(inputs.due_date) };
  if (inputs.start_date === inputs.end_date) sheet.flag('NO_INTEREST_DAYS');
  const rated = stretches(inputs).map((stretch) => ({
    stretch,
    rate: rateOf(sheet, inputs, stretch, surroundings),
  }));
  if (principal < inputs.principal_fen) sheet.flag('INTEREST_DEDUCTED_UP_FRONT');
  if ((inputs.agreed_rate_bp ?? 0) === 0) sheet.flag('NO_AGREED_INTEREST');
  const notes = rated.flatMap(({ rate }) => ('kind' in rate ? [] : rate.rate.notes));
  if (notes.includes('OVERDUE_AT_LPR')) sheet.flag('OVERDUE_AT_LPR');
  if (rated.some(({ rate }) => !('kind' in rate) && rate.capped)) sheet.flag('RATE_CAPPED');
  const plain = new Sheet(surroundings);
  for (const { stretch, rate } of rated) interestOf(plain, principal, stretch, rate);
  const ceiling = compoundCeiling(sheet, inputs, plain.finish('loan.interest').totals.onceFen, surroundings);
  if (ceiling === null) {
    for (const { stretch, rate } of rated) interestOf(sheet, principal, stretch, rate);
    return success(sheet.finish('loan.interest', { principal_fen: principal, ...limit }));
  }
  const original = inputs.original_principal_fen ?? principal;
  const code = 'LN_COMPOUND_CEILING';
  if ('kind' in ceiling) sheet.withhold(code, ceiling);
  else {
    sheet.flag('COMPOUND_CEILING');
    sheet.add({
      code,
      formula: ceiling.parts,
      payer: 'BORROWER',
      basis: lendingBasis([25, 27]),
      from: [ceiling.rate],
      notes: ['COMPOUND_CEILING'],
    });
  }
  return success(sheet.finish('loan.interest', { principal_fen: original, ...limit }));
}
