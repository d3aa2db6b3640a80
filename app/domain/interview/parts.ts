import type { FigureName } from '../compensation/calculation.ts';
import type { AnswerMap, Question, Run, Unit } from './interview.ts';
import { multiply, parseDecimal, roundHalfUp, whole as exactly } from '../money/index.ts';
import { entriesOf } from './answer.ts';

/** A wage above a million yuan a month and a sum above a hundred million are taken for slips of the finger. */
const MAX_WAGE_FEN = 100_000_000;
const MAX_SUM_FEN = 10_000_000_000;

export type Inputs = Record<string, unknown>;

/** Whether a choice was answered with one of these. */
export const is = (answers: AnswerMap, id: string, ...values: readonly string[]): boolean => {
  const answer = answers[id];
  return typeof answer === 'string' && values.includes(answer);
};
export const yes = (answers: AnswerMap, id: string): boolean => answers[id] === 'yes';
/** A number that was given; 0 where it is not known or not asked. */
export const count = (answers: AnswerMap, id: string): number => {
  const answer = answers[id];
  return typeof answer === 'number' ? answer : 0;
};
export const dateOf = (answers: AnswerMap, id: string): string | null => {
  const answer = answers[id];
  return typeof answer === 'string' ? answer : null;
};
/** Whether both days are known and the later one lies before the earlier. */
export const before = (answers: AnswerMap, earlier: string, later: string): boolean => {
  const [from, to] = [dateOf(answers, earlier), dateOf(answers, later)];
  return from !== null && to !== null && to < from;
};

/** Fields by the question that fills them; what was not asked or is not known is left out. */
export const known = (answers: AnswerMap, fields: Readonly<Record<string, string>>): Inputs =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([field, id]) => [field, answers[id]] as const)
      .filter(([, value]) => value !== undefined && value !== null),
  );

/** A percentage as it was typed, e.g. `3.45`, in basis points times `times`; `null` where nothing was. */
export const basisPoints = (text: unknown, times = 1): number | null => {
  const exact = typeof text === 'string' ? parseDecimal(text) : null;
  return exact === null ? null : roundHalfUp(multiply(exact, exactly(100 * times)));
};

/** Figures typed in by hand, as `inputs.typed`: fen and basis points; nothing where none was. */
export const typed = (questions: readonly Question[], answers: AnswerMap): Inputs => {
  const figures = questions.flatMap(({ id, figure }) => {
    const value = answers[id];
    const hundredths = typeof value === 'number' ? value : basisPoints(value);
    return figure === undefined || hundredths === null ? [] : [[figure, hundredths] as const];
  });
  return figures.length === 0 ? {} : { typed: Object.fromEntries(figures) };
};

export const yesNo = { kind: 'choice', options: ['yes', 'no'], unknownAllowed: true } as const;
export const wage = { kind: 'money', minFen: 1, maxFen: MAX_WAGE_FEN, unknownAllowed: true } as const;
/** Which minimum wage holds at the workplace. */
export const wageClass = {
  kind: 'choice',
  options: ['I', 'II', 'III'],
  unknownAllowed: true,
  picksFigures: true,
} as const;
export const sum = { kind: 'money', minFen: 0, maxFen: MAX_SUM_FEN, unknownAllowed: true } as const;
/** A rate that offices set by the day; nobody pays ten thousand yuan a day. */
export const dayRate = {
  kind: 'money',
  minFen: 1,
  maxFen: 1_000_000,
  unknownAllowed: true,
} as const;
/** A figure that offices publish, typed in only where somebody knows a better one than the table. */
export const published = <Asked extends object>(figure: FigureName, asked: Asked) =>
  ({ ...asked, figure }) as const;
/** What a person earns or spends in a year, as offices publish it. */
export const yearly = { kind: 'money', minFen: 1, maxFen: 100_000_000, unknownAllowed: true } as const;
export const whole = (min: number, max: number, unit: Unit) =>
  ({ kind: 'number', min, max, decimals: 0, unit, unknownAllowed: true }) as const;
export const day = (notBefore: string) => ({ kind: 'date', notBefore, unknownAllowed: true }) as const;
/** The same question, but it cannot do without an answer. */
export const needed = <Asked extends { unknownAllowed: boolean }>(asked: Asked) => ({
  ...asked,
  unknownAllowed: false,
});

/** The keys of what was answered 不清楚 in an interview, entries of lists included, each once. */
export function missingOf(interview: string, questions: readonly Question[], answers: AnswerMap): string[] {
  const keys = questions.flatMap((question) => {
    if (question.figure !== undefined) return [];
    if (answers[question.id] === null) return [`missing.${interview}.${question.id}`];
    if (question.kind !== 'entries') return [];
    return entriesOf(answers, question.id).flatMap((entry) =>
      question.questions
        .filter(({ id }) => entry[id] === null)
        .map(({ id }) => `missing.${interview}.${question.id}_${id}`),
    );
  });
  return [...new Set(keys)];
}

/** Those of the keys whose condition holds. */
export const applying = (offered: readonly (readonly [string, boolean])[]): readonly string[] =>
  offered.filter(([, applies]) => applies).map(([key]) => key);

/** One run for each possibility where an answer is not known, each with its label; otherwise the one run without. */
export const alternatives = (
  calculator: Run['calculator'],
  inputs: Inputs,
  unknown: Readonly<Record<string, Inputs>> | null,
): readonly Run[] =>
  unknown === null
    ? [{ calculator, inputs, label: null }]
    : Object.entries(unknown).map(([label, more]) => ({ calculator, inputs: { ...inputs, ...more }, label }));
