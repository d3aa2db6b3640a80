export { rawFromAnswer } from './answer.ts';
export { acceptAnswer, interviewState, visibleQuestions } from './engine.ts';
export type { AnswerMap, AnswerProblem, AnswerValue, Question } from './interview.ts';
export { toCalculation } from './plan.ts';
export { workInjuryInterview } from './work-injury.ts';
