/**
 * An interview is data: the engine asks what it still lacks, one question a screen. Words for a question live in
 * `locales/<language>/calculator.json` under `question.<interview>.<id>.{title,help,option.<value>}`.
 */
export interface Interview<Answers extends AnswerMap = AnswerMap> {
  id: string;
  questions: readonly Question<Answers>[];
}

/** Answers by question id. Money is in fen, dates are ISO `YYYY-MM-DD`, `null` means "不清楚" (the citizen does not know). */
export type AnswerValue = string | number | boolean | readonly string[] | null;
export type AnswerMap = Readonly<Record<string, AnswerValue>>;

interface QuestionBase<Answers extends AnswerMap> {
  id: string;
  /** True when the answers given so far make the question pointless; it is then neither asked nor listed for review. */
  skip?: (answers: Answers) => boolean;
  /** Whether "不清楚" is offered. What it leads to is the interview's business. */
  unknownAllowed: boolean;
  /** True when the answer to this question cannot stand beside the earlier ones; it is then refused. */
  contradicts?: (answers: Answers) => boolean;
  /** After this question is answered: the reason (a key under `stop.*`) why no amount can be given, or `null`. */
  stops?: (answers: Answers) => string | null;
}

export type Question<Answers extends AnswerMap = AnswerMap> = QuestionBase<Answers> &
  (
    | { kind: 'choice'; options: readonly string[] }
    /** Several of the options; the answer lists those chosen, possibly none. */
    | { kind: 'several'; options: readonly string[]; max: number }
    /** Fen, typed in yuan on a number pad with at most two decimals. */
    | { kind: 'money'; minFen: number; maxFen: number }
    /** A whole number, or with `decimals: 1` a decimal string such as "1.5". */
    | {
        kind: 'number';
        min: number;
        max: number;
        decimals: 0 | 1;
        unit: 'days' | 'months' | 'years' | 'persons' | 'percent';
      }
    /** A calendar day; `notBefore` is ISO, and no day after today is accepted. */
    | { kind: 'date'; notBefore: string }
  );

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
    | 'contradiction';
  values?: Readonly<Record<string, string | number>>;
}

/** Where an interview stands. `stopped` carries the reason why no amount can be given (a key under `stop.*`). */
export type InterviewState =
  | { kind: 'asking'; questionId: string; position: number; total: number }
  | { kind: 'review' }
  | { kind: 'stopped'; reason: string };
