import { interviewState, visibleQuestions, workInjuryInterview } from '../../app/domain/interview/index.ts';
import type { AnswerMap, Question } from '../../app/domain/interview/index.ts';
import type { Screen } from './visit.ts';

/** The screen where the work-injury interview stands: the next question, the review, or why it stops. */
export function injuryScreen(answers: AnswerMap): Screen {
  const state = interviewState(workInjuryInterview, answers);
  switch (state.kind) {
    case 'asking':
      return { at: 'injury', questionId: state.questionId, changing: false };
    case 'review':
      return { at: 'injuryReview' };
    case 'stopped':
      return { at: 'injuryStopped', reason: state.reason };
  }
}

/** The question with its place among those asked; null when it is no longer asked. */
export function askedQuestion(
  answers: AnswerMap,
  questionId: string,
): { question: Question; position: number; total: number } | null {
  const asked = visibleQuestions(workInjuryInterview, answers);
  const at = asked.findIndex(({ id }) => id === questionId);
  const question = asked[at];
  return question ? { question, position: at + 1, total: asked.length } : null;
}
