import { addDays, isCalendarDate } from '../calendar/index.ts';
import { compare, fenFromYuan, parseDecimal, trimDecimal, whole, yuanFromFen } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { AnswerMap, AnswerProblem, AnswerValue, Question } from './interview.ts';

type Read = Result<AnswerValue, AnswerProblem>;
type Kind<Name extends Question['kind']> = Extract<Question, { kind: Name }>;

const refuse = (code: AnswerProblem['code'], values?: AnswerProblem['values']): Read =>
  failure(values === undefined ? { code } : { code, values });

const notANumber = (text: string, max: string | number): Read =>
  /^\d{16,}/.test(text) ? refuse('too_large', { max }) : refuse('not_a_number');

function readMoney(text: string, { minFen, maxFen }: Kind<'money'>): Read {
  const amount = parseDecimal(text);
  const [min, max] = [trimDecimal(yuanFromFen(minFen)), trimDecimal(yuanFromFen(maxFen))];
  if (amount === null) return notANumber(text, max);
  if (compare(amount, { numerator: BigInt(minFen), denominator: 100n }) < 0)
    return refuse('too_small', { min });
  if (compare(amount, { numerator: BigInt(maxFen), denominator: 100n }) > 0)
    return refuse('too_large', { max });
  const fen = fenFromYuan(text);
  return fen === null ? refuse('too_many_decimals', { decimals: 2 }) : success(fen);
}

function readNumber(text: string, { min, max, decimals }: Kind<'number'>): Read {
  const amount = parseDecimal(text);
  if (amount === null) return notANumber(text, max);
  if (compare(amount, whole(min)) < 0) return refuse('too_small', { min });
  if (compare(amount, whole(max)) > 0) return refuse('too_large', { max });
  if ((amount.numerator * 10n ** BigInt(decimals)) % amount.denominator !== 0n)
    return refuse('too_many_decimals', { decimals });
  return success(decimals === 0 ? Number(amount.numerator / amount.denominator) : plainDecimal(text));
}

/** `007.50` as `7.5`; no question takes less than 0, so a sign stands before a zero only. */
const plainDecimal = (text: string): string => trimDecimal(text.replace(/^-?0*(?=\d)/, ''));

function readDate(text: string, { notBefore, daysAhead = 0 }: Kind<'date'>, today: string): Read {
  if (!isCalendarDate(text)) return refuse('not_a_date');
  if (text > addDays(today, daysAhead)) return refuse('in_the_future');
  return text < notBefore ? refuse('too_early', { notBefore }) : success(text);
}

/**
 * Turns what a citizen typed or touched into an answer: an option's name, yuan such as `6000.5`, a number, an ISO day, a
 * list of options; `null` is 不清楚. Never throws, whatever arrives.
 */
export function readAnswer(question: Exclude<Question, Kind<'entries'>>, raw: unknown, today: string): Read {
  if (raw === null) return question.unknownAllowed ? success(null) : refuse('empty');
  if (question.kind === 'several') {
    if (!Array.isArray(raw)) return refuse('not_an_option');
    const chosen = question.options.filter((option) => raw.includes(option));
    return chosen.length === raw.length && chosen.length <= question.max
      ? success(chosen)
      : refuse('not_an_option');
  }
  const text = typeof raw === 'string' ? raw.trim() : typeof raw === 'number' ? String(raw) : null;
  if (text === null || text === '') return refuse('empty');
  switch (question.kind) {
    case 'choice':
      return question.options.includes(text) ? success(text) : refuse('not_an_option');
    case 'money':
      return readMoney(text, question);
    case 'number':
      return readNumber(text, question);
    case 'date':
      return readDate(text, question, today);
  }
}

/** The entries of a list; empty while the question is open or answered 不清楚. */
export const entriesOf = (answers: AnswerMap, id: string): readonly AnswerMap[] => {
  const value: unknown = answers[id];
  return Array.isArray(value) ? value.filter((entry): entry is AnswerMap => typeof entry === 'object') : [];
};

/** The answer as the citizen would type it again (yuan, not fen), for going back to a question; `null` stays 不清楚. */
export function rawFromAnswer(
  question: Question,
  answer: AnswerValue,
): string | readonly string[] | readonly AnswerMap[] | null {
  if (answer === null) return null;
  if (question.kind === 'money' && typeof answer === 'number') return trimDecimal(yuanFromFen(answer));
  return typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : answer;
}
