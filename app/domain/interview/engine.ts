import type { FigureName } from '../compensation/calculation.ts';
import { failure, success, type Result } from '../result.ts';
import { rawFromAnswer, readAnswer } from './answer.ts';
import type {
  AnswerMap,
  AnswerProblem,
  AnswerValue,
  EntriesQuestion,
  InterviewState,
  Question,
  Questionnaire,
} from './interview.ts';

/** Answers of the interview around a list; the questions about an entry see them too. */
const NOTHING: AnswerMap = {};

const answered = (answers: AnswerMap, id: string): boolean => Object.hasOwn(answers, id);

/**
 * The questions that the answers given so far call for, in order; also what the review lists. Ends at a question that stops
 * the interview. Figures stand among them once they were typed in: nobody is asked for one that no sheet wants. `around`: for
 * an entry of a list, the answers of the interview it belongs to.
 */
export function visibleQuestions(
  { questions }: Questionnaire,
  answers: AnswerMap,
  around = NOTHING,
): readonly Question[] {
  const all = { ...around, ...answers };
  const called = questions.filter(
    ({ id, figure, skip }) => skip?.(all) !== true && (figure === undefined || answered(answers, id)),
  );
  const stop = called.findIndex((question) => stopOf(question, answers, around) !== null);
  return stop === -1 ? called : called.slice(0, stop + 1);
}

/** The questions for figures that a sheet wants, as far as the interview has them, in its order. */
export const figureQuestions = (
  { questions }: Questionnaire,
  answers: AnswerMap,
  wanted: readonly FigureName[],
): readonly Question[] =>
  questions.filter(
    ({ figure, skip }) => figure !== undefined && wanted.includes(figure) && skip?.(answers) !== true,
  );

const stopOf = (question: Question, answers: AnswerMap, around: AnswerMap): string | null =>
  answered(answers, question.id) ? (question.stops?.({ ...around, ...answers }) ?? null) : null;

/** Where the interview stands: the next unanswered question, the review when nothing is lacking, or why it stops. */
export function interviewState(
  questionnaire: Questionnaire,
  answers: AnswerMap,
  around = NOTHING,
): InterviewState {
  const visible = visibleQuestions(questionnaire, answers, around);
  for (const [index, question] of visible.entries()) {
    if (!answered(answers, question.id))
      return { kind: 'asking', questionId: question.id, position: index + 1, total: visible.length };
    const reason = stopOf(question, answers, around);
    if (reason !== null) return { kind: 'stopped', reason };
  }
  return { kind: 'review' };
}

/** Keeps, in the interview's order, the answers that are still asked for and do not contradict what stands before them. */
function prune(
  { questions }: Questionnaire,
  answers: AnswerMap,
  around: AnswerMap,
  today: string,
): AnswerMap {
  const kept: Record<string, AnswerValue> = {};
  for (const question of questions) {
    const value = answered(answers, question.id) ? answers[question.id] : undefined;
    const before = { ...around, ...kept };
    if (value === undefined || question.skip?.(before) === true) continue;
    // Whoever does not know a figure leaves it to the table.
    if (question.figure !== undefined && value === null) continue;
    if (question.contradicts?.({ ...before, [question.id]: value }) === true) continue;
    // An earlier answer may open or close questions about the entries of a list.
    if (question.kind === 'entries' && !readEntries(question, value, before, today).ok) continue;
    kept[question.id] = value;
  }
  return kept;
}

/**
 * Reads finished answers anew, whoever hands them over: every question that they call for must have one that can be read.
 * `null` where one is lacking, wrong, or stops the questionnaire.
 */
export function readAnswers(
  questionnaire: Questionnaire,
  given: unknown,
  today: string,
  around = NOTHING,
): AnswerMap | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const all = given as AnswerMap;
  const take = (read: AnswerMap, question: Question): AnswerMap | null => {
    const raw = rawFromAnswer(question, all[question.id] ?? null);
    const accepted = acceptAnswer(questionnaire, read, question.id, raw, today, around);
    return accepted.ok ? accepted.value : null;
  };
  let read: AnswerMap | null = {};
  while (read !== null) {
    const state = interviewState(questionnaire, read, around);
    if (state.kind === 'stopped') return null;
    if (state.kind === 'review') break;
    const asked = questionnaire.questions.find(({ id }) => id === state.questionId);
    read = asked !== undefined && answered(all, asked.id) ? take(read, asked) : null;
  }
  return questionnaire.questions
    .filter(({ id, figure }) => figure !== undefined && answered(all, id))
    .reduce((kept: AnswerMap | null, figure) => kept && take(kept, figure), read);
}

function readEntries(
  question: EntriesQuestion,
  raw: unknown,
  around: AnswerMap,
  today: string,
): Result<AnswerValue, AnswerProblem> {
  if (raw === null) return question.unknownAllowed ? success(null) : failure({ code: 'empty' });
  if (!Array.isArray(raw)) return failure({ code: 'empty' });
  if (raw.length < question.min) return failure({ code: 'too_few', values: { min: question.min } });
  if (raw.length > question.max) return failure({ code: 'too_many', values: { max: question.max } });
  const entries = raw.map((entry: unknown) => readAnswers(question, entry, today, around));
  const whole = entries.filter((entry) => entry !== null);
  return whole.length === entries.length ? success(whole) : failure({ code: 'unfinished_entry' });
}

/**
 * Takes one answer, first or changed. Later answers stay unless the change made them pointless or contradictory; those are
 * asked again. `today` is ISO. An answer that contradicts an earlier one is refused. A list is answered with its finished
 * entries (maps of answers); an entry is itself built with this function, its question as the questionnaire and the
 * interview's answers `around` it.
 */
export function acceptAnswer(
  questionnaire: Questionnaire,
  answers: AnswerMap,
  questionId: string,
  rawValue: unknown,
  today: string,
  around = NOTHING,
): Result<AnswerMap, AnswerProblem> {
  const index = questionnaire.questions.findIndex(({ id }) => id === questionId);
  const question = questionnaire.questions[index];
  if (question === undefined) throw new RangeError('no such question in this interview');
  const earlier = new Set(questionnaire.questions.slice(0, index).map(({ id }) => id));
  const before = {
    ...around,
    ...Object.fromEntries(Object.entries(answers).filter(([id]) => earlier.has(id))),
  };
  const read =
    question.kind === 'entries'
      ? readEntries(question, rawValue, before, today)
      : readAnswer(question, rawValue, today);
  if (!read.ok) return read;
  if (question.contradicts?.({ ...before, [questionId]: read.value }) === true)
    return failure({ code: 'contradiction' });
  const kept =
    answers[questionId] === read.value || !picksFigures(question)
      ? answers
      : withoutFigures(questionnaire, answers);
  return success(prune(questionnaire, { ...kept, [questionId]: read.value }, around, today));
}

/** Figures that were typed in hold for the days and places that they were typed for. */
const picksFigures = ({ kind, picksFigures: picks }: Question): boolean => kind === 'date' || picks === true;

const withoutFigures = ({ questions }: Questionnaire, answers: AnswerMap): AnswerMap => {
  const figures = new Set(questions.flatMap(({ id, figure }) => (figure === undefined ? [] : [id])));
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !figures.has(id)));
};
