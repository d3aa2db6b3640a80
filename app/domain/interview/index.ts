import { consumer, courtFee, legalAid, loanDelay } from './claims.ts';
import { injuryDamages } from './injury-damages.ts';
import type { Interview, InterviewId } from './interview.ts';
import { annualLeave, doubleWage, overtime, severance } from './labour.ts';
import { loanInterest } from './lending.ts';
import { traffic } from './traffic.ts';
import { workInjury } from './work-injury.ts';

export { entriesOf, rawFromAnswer } from './answer.ts';
export { acceptAnswer, figureQuestions, interviewState, readAnswers, visibleQuestions } from './engine.ts';
export { INTERVIEW_IDS } from './interview.ts';
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
export { stopWay, type StopWay } from './stop-ways.ts';
export { whatIfs } from './what-if.ts';
export {
  formatAnswer,
  formatEntry,
  formatSupposed,
  questionPath,
  summaryOf,
  type SummaryLine,
} from './wording.ts';

/** Every interview by its id (compensation.md 4.2 to 4.12). */
export const interviews: Readonly<Record<InterviewId, Interview>> = {
  'work-injury': workInjury,
  'injury-damages': injuryDamages,
  traffic,
  severance,
  'double-wage': doubleWage,
  overtime,
  'annual-leave': annualLeave,
  'court-fee': courtFee,
  'legal-aid': legalAid,
  'loan-interest': loanInterest,
  'loan-delay': loanDelay,
  consumer,
};
