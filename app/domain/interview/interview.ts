import type { CalculatorId, FigureName } from '../compensation/calculation.ts';

export const INTERVIEW_IDS = [
  'work-injury',
  'injury-damages',
  'traffic',
  'severance',
  'double-wage',
  'overtime',
  'annual-leave',
  'court-fee',
  'legal-aid',
  'loan-interest',
  'loan-delay',
  'consumer',
] as const;
export type InterviewId = (typeof INTERVIEW_IDS)[number];

/** Questions asked one a screen: a whole interview, or those about one entry of a list. */
export interface Questionnaire {
  questions: readonly Question[];
}

/**
 * An interview is data: the engine asks what it still lacks. Words for a question live in
 * `locales/<language>/calculator.json` under `question.<interview>.<id>.{title,help,option.<value>}`, with `contradiction`
 * where the question can be refused for that; a question of a list under `question.<interview>.<list>.entry.<id>`.
 */
export interface Interview extends Questionnaire {
  id: InterviewId;
  /** What to calculate from finished answers; never called before the review. `today` is ISO. */
  plan: (answers: AnswerMap, today: string) => Plan;
  /** Answers worth trying another way on the result. */
  whatIf: readonly Supposition[];
}

/** A question whose answer could have been another. */
export interface Supposition {
  question: string;
  /** The question about the entries of that list which it is about. */
  field?: string;
  /** The other answers, each as what would be answered instead, in order, as a citizen would type it. `today` is ISO. */
  ways: (answers: AnswerMap, today: string) => readonly Readonly<Record<string, unknown>>[];
}

/**
 * Answers by question id. Money is in fen, dates are ISO `YYYY-MM-DD`, `null` means "不清楚" (the citizen does not know), a
 * list of maps has one map of answers for each entry.
 */
export type AnswerValue = string | number | boolean | readonly string[] | readonly AnswerMap[] | null;
export interface AnswerMap {
  readonly [id: string]: AnswerValue;
}

interface QuestionBase {
  id: string;
  /** True when the answers given so far make the question pointless; it is then neither asked nor listed for review. */
  skip?: (answers: AnswerMap) => boolean;
  /** Whether "不清楚" is offered. What it leads to is the interview's business. */
  unknownAllowed: boolean;
  /**
   * A figure that offices publish, by the name that a sheet wants it by (`Calculation.wanted`): asked only where the table's
   * will not do, and nothing of the citizen's is missing where nobody knows it.
   */
  figure?: FigureName;
  /** The answer decides which figures apply, as every day does: those that were typed in before hold no longer. */
  picksFigures?: true;
  /** True when the answer to this question cannot stand beside the earlier ones; it is then refused. */
  contradicts?: (answers: AnswerMap) => boolean;
  /** After this question is answered: the reason (a key under `stop.*`) why no amount can be given, or `null`. */
  stops?: (answers: AnswerMap) => string | null;
}

export type Unit =
  | 'days'
  | 'months'
  | 'years'
  | 'persons'
  | 'percent'
  | 'hours'
  | 'age'
  | 'shifts'
  | 'points'
  | 'ten_thousand';

export type Question = QuestionBase &
  (
    | { kind: 'choice'; options: readonly string[] }
    /** Several of the options; the answer lists those chosen, possibly none. */
    | { kind: 'several'; options: readonly string[]; max: number }
    /** Fen, typed in yuan on a number pad with at most two decimals. */
    | { kind: 'money'; minFen: number; maxFen: number }
    /** A whole number, or with `decimals` a decimal string such as "1.5". */
    | { kind: 'number'; min: number; max: number; decimals: 0 | 1 | 2; unit: Unit }
    /** A calendar day; `notBefore` is ISO. No day after today is accepted, or after `daysAhead` days from today. */
    | { kind: 'date'; notBefore: string; daysAhead?: number }
    /**
     * A list of like things (dependants, vehicles, grades): every entry is a small questionnaire of its own. Its questions see
     * the answers of the interview and, over them, those of the entry.
     */
    | { kind: 'entries'; min: number; max: number; questions: readonly Question[] }
  );
export type EntriesQuestion = Extract<Question, { kind: 'entries' }>;

/** One calculation to run: `calculate(calculator, inputs, …)`; figures typed in by hand travel in `inputs.typed`. */
export interface Run {
  calculator: CalculatorId;
  inputs: Readonly<Record<string, unknown>>;
  /**
   * Key under `variant.*` where something is not known and every possibility is a run; runs with a label are alternatives
   * (show the range of them), runs without one (`null`) stand beside each other.
   */
  label: string | null;
}

/** What a finished interview leads to. */
export type Plan =
  | {
      kind: 'runs';
      runs: readonly Run[];
      /** Full keys of calculator.json of what was answered 不清楚: printed under "还缺这些材料". */
      missing: readonly string[];
      /** Keys under `remark.*`: things to say beside the amounts. */
      remarks: readonly string[];
      /** Keys under `time.*`: how long offices may take, and until when to act where no date can be reckoned. */
      times: readonly string[];
    }
  /** Key under `stop.*`: why there is nothing to calculate. */
  | { kind: 'stopped'; reason: string };

/** Why an answer was refused, as a key under `problem.*` of calculator.json with its values. */
export interface AnswerProblem {
  code:
    | 'empty'
    | 'not_a_number'
    | 'too_small'
    | 'too_large'
    | 'too_many_decimals'
    | 'not_a_date'
    | 'in_the_future'
    | 'too_early'
    | 'not_an_option'
    | 'too_few'
    | 'too_many'
    | 'unfinished_entry'
    /** Its sentence is the question's own `contradiction`. */
    | 'contradiction';
  values?: Readonly<Record<string, string | number>>;
}

/** Where an interview stands. `stopped` carries the reason why no amount can be given (a key under `stop.*`). */
export type InterviewState =
  | { kind: 'asking'; questionId: string; position: number; total: number }
  | { kind: 'review' }
  | { kind: 'stopped'; reason: string };
