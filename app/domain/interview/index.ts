export { rawFromAnswer } from './answer.ts';
export { acceptAnswer, interviewState, visibleQuestions } from './engine.ts';
export type {
  AnswerMap,
  AnswerProblem,
  AnswerValue,
  Interview,
  InterviewState,
  Question,
} from './interview.ts';
export { toCalculation, type InterviewOutcome, type PlannedCalculation } from './plan.ts';
export { workInjuryInterview } from './work-injury.ts';
