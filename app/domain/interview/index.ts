import type { Interview, InterviewId } from './interview.ts';
import { workInjury } from './work-injury.ts';

export { entriesOf, rawFromAnswer } from './answer.ts';
export { acceptAnswer, interviewState, visibleQuestions } from './engine.ts';
export type {
  AnswerMap,
  AnswerProblem,
  AnswerValue,
  EntriesQuestion,
  Interview,
  InterviewId,
  InterviewState,
  Plan,
  Question,
  Run,
} from './interview.ts';

/** Every interview by its id. */
export const interviews = { 'work-injury': workInjury } as Readonly<Record<InterviewId, Interview>>;
export { whatIfs } from './what-if.ts';
