import { isCalendarDate } from '../calendar/index.ts';
import { compare, fenFromYuan, parseDecimal, trimDecimal, whole, yuanFromFen } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { AnswerProblem, AnswerValue, Question } from './interview.ts';

type Read = Result<AnswerValue, AnswerProblem>;

const refuse = (code: AnswerProblem['code'], values?: AnswerProblem['values']): Read =>
  failure(values === undefined ? { code } : { code, values });

function readMoney(text: string, { minFen, maxFen }: { minFen: number; maxFen: number }): Read {
  const amount = parseDecimal(text);
  if (amount === null) return refuse(/^-?\d{16,}/.test(text) ? 'too_large' : 'not_a_number');
  if (compare(amount, { numerator: BigInt(minFen), denominator: 100n }) < 0)
    return refuse('too_small', { min: yuanFromFen(minFen) });
  if (compare(amount, { numerator: BigInt(maxFen), denominator: 100n }) > 0)
    return refuse('too_large', { max: yuanFromFen(maxFen) });
  const fen = fenFromYuan(text);
  return fen === null ? refuse('too_many_decimals', { decimals: 2 }) : success(fen);
}

function readNumber(
  text: string,
  { min, max, decimals }: { min: number; max: number; decimals: 0 | 1 },
): Read {
  const amount = parseDecimal(text);
  if (amount === null) return refuse(/^-?\d{16,}/.test(text) ? 'too_large' : 'not_a_number');
  if (compare(amount, whole(min)) < 0) return refuse('too_small', { min });
  if (compare(amount, whole(max)) > 0) return refuse('too_large', { max });
  const steps = decimals === 0 ? 1n : 10n;
  if ((amount.numerator * steps) % amount.denominator !== 0n)
    return refuse('too_many_decimals', { decimals });
  if (decimals === 0) return success(Number(amount.numerator / amount.denominator));
  const tenths = (amount.numerator * 10n) / amount.denominator;
  return success(tenths % 10n === 0n ? String(tenths / 10n) : `${tenths / 10n}.${tenths % 10n}`);
}

function readDate(text: string, notBefore: string, today: string): Read {
  if (!isCalendarDate(text)) return refuse('not_a_date');
  if (text > today) return refuse('in_the_future');
  return text < notBefore ? refuse('too_early', { notBefore }) : success(text);
}

/**
 * Turns what a citizen typed or touched into an answer: an option's name, yuan such as `6000.5`, a number, an ISO day, a
 * list of options; `null` is 不清楚. Never throws, whatever arrives.
 */
export function readAnswer(question: Question, raw: unknown, today: string): Read {
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
      return readDate(text, question.notBefore, today);
  }
}

/** The answer as the citizen would type it again (yuan, not fen), for going back to a question; `null` stays 不清楚. */
export function rawFromAnswer(question: Question, answer: AnswerValue): string | readonly string[] | null {
  if (answer === null) return null;
  if (question.kind === 'money' && typeof answer === 'number') return trimDecimal(yuanFromFen(answer));
  return typeof answer === 'number' || typeof answer === 'boolean' ? String(answer) : answer;
}
