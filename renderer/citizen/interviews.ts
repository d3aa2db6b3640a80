import {
  entriesOf,
  interviews,
  interviewState,
  visibleQuestions,
  type AnswerMap,
  type InterviewId,
  type Question,
} from '../../app/domain/interview/index.ts';
import type { Screen, Visit } from './visit.ts';

/** The calculators in the order of their door: hurt, work, then money and court. */
export const calculatorOrder: readonly InterviewId[] = [
  ...(['work-injury', 'injury-damages', 'traffic'] as const),
  ...(['severance', 'double-wage', 'overtime', 'annual-leave'] as const),
  ...(['loan-interest', 'consumer', 'court-fee', 'loan-delay', 'legal-aid'] as const),
];

/** Where two sides often sit at the same table, with a mediator who fills in for both. */
const twoSided: ReadonlySet<InterviewId> = new Set(['traffic', 'severance']);

export const hasTwoSides = (interview: InterviewId): boolean => twoSided.has(interview);

export const answersOf = (visit: Visit, interview: InterviewId): AnswerMap => visit.answers[interview] ?? {};

/** Where an interview begins or goes on: first whose side is filled in, then the questions. */
export function openingScreen(visit: Visit, interview: InterviewId): Screen {
  const answers = answersOf(visit, interview);
  return hasTwoSides(interview) && Object.keys(answers).length === 0
    ? { at: 'sides', interview }
    : interviewScreen(interview, answers);
}

/** The screen where an interview stands: the next question, the review, or why it stops. */
export function interviewScreen(interview: InterviewId, answers: AnswerMap): Screen {
  const state = interviewState(interviews[interview], answers);
  switch (state.kind) {
    case 'asking':
      return { at: 'question', interview, questionId: state.questionId };
    case 'review':
      return { at: 'review', interview };
    case 'stopped':
      return { at: 'stopped', interview, reason: state.reason };
  }
}

export interface AskedQuestion {
  question: Question;
  position: number;
  total: number;
}

/** A question with its place among those asked; null when it is no longer asked. A figure comes after them. */
export function askedQuestion(
  interview: InterviewId,
  answers: AnswerMap,
  questionId: string,
): AskedQuestion | null {
  const { questions } = interviews[interview];
  const figure = questions.find((question) => question.id === questionId && question.figure !== undefined);
  const asked = visibleQuestions({ questions }, answers).filter((question) => question.figure === undefined);
  if (figure) return { question: figure, position: asked.length + 1, total: asked.length + 1 };
  const at = asked.findIndex(({ id }) => id === questionId);
  const question = asked[at];
  return question ? { question, position: at + 1, total: asked.length } : null;
}

/** Names the list of one question among those being made. */
export const listName = (interview: InterviewId, questionId: string): string => `${interview} ${questionId}`;

/** A list as far as it is made: what was added or removed since it was answered, or what was answered. */
export const listOf = (
  visit: Visit,
  interview: InterviewId,
  questionId: string,
  answers: AnswerMap,
): readonly AnswerMap[] => visit.lists[listName(interview, questionId)] ?? entriesOf(answers, questionId);
