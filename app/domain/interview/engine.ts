import { failure, success, type Result } from '../result.ts';
import { readAnswer } from './answer.ts';
import type {
  AnswerMap,
  AnswerProblem,
  AnswerValue,
  Interview,
  InterviewState,
  Question,
} from './interview.ts';

const answered = (answers: AnswerMap, id: string): boolean => Object.hasOwn(answers, id);

/** The questions that the answers given so far call for, in order; also what the review lists. Ends at a question that stops the interview. */
export function visibleQuestions(interview: Interview, answers: AnswerMap): readonly Question[] {
  const called = interview.questions.filter((question) => question.skip?.(answers) !== true);
  const stop = called.findIndex((question) => stopOf(question, answers) !== null);
  return stop === -1 ? called : called.slice(0, stop + 1);
}

const stopOf = (question: Question, answers: AnswerMap): string | null =>
  answered(answers, question.id) ? (question.stops?.(answers) ?? null) : null;

/** Where the interview stands: the next unanswered question, the review when nothing is lacking, or why it stops. */
export function interviewState(interview: Interview, answers: AnswerMap): InterviewState {
  const visible = visibleQuestions(interview, answers);
  for (const [index, question] of visible.entries()) {
    if (!answered(answers, question.id))
      return { kind: 'asking', questionId: question.id, position: index + 1, total: visible.length };
    const reason = stopOf(question, answers);
    if (reason !== null) return { kind: 'stopped', reason };
  }
  return { kind: 'review' };
}

/** Keeps, in the interview's order, the answers that are still asked for and do not contradict what stands before them. */
function prune(interview: Interview, answers: AnswerMap): AnswerMap {
  const kept: Record<string, AnswerValue> = {};
  for (const question of interview.questions) {
    const value = answered(answers, question.id) ? answers[question.id] : undefined;
    if (value === undefined || question.skip?.(kept) === true) continue;
    if (question.contradicts?.({ ...kept, [question.id]: value }) !== true) kept[question.id] = value;
  }
  return kept;
}

/**
 * Takes one answer, first or changed. Later answers stay unless the change made them pointless or contradictory; those are
 * asked again. `today` is ISO. An answer that contradicts an earlier one is refused.
 */
export function acceptAnswer(
  interview: Interview,
  answers: AnswerMap,
  questionId: string,
  rawValue: unknown,
  today: string,
): Result<AnswerMap, AnswerProblem> {
  const index = interview.questions.findIndex(({ id }) => id === questionId);
  const question = interview.questions[index];
  if (question === undefined) throw new RangeError('no such question in this interview');
  const read = readAnswer(question, rawValue, today);
  if (!read.ok) return read;
  const earlier = interview.questions.slice(0, index).map(({ id }) => id);
  const before = Object.fromEntries(Object.entries(answers).filter(([id]) => earlier.includes(id)));
  if (question.contradicts?.({ ...before, [questionId]: read.value }) === true)
    return failure({ code: 'contradiction' });
  return success(prune(interview, { ...answers, [questionId]: read.value }));
}
