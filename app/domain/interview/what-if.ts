import { acceptAnswer, interviewState } from './engine.ts';
import type { AnswerMap, Interview } from './interview.ts';

/** One answer changed: which, to what, and all answers then. */
interface WhatIf {
  questionId: string;
  option: string;
  answers: AnswerMap;
}

/**
 * The other ways that the interview offers to try on its result: each an answer given in choice questions, changed to another
 * option, with every other question still answered. `today` is ISO.
 */
export function whatIfs(interview: Interview, answers: AnswerMap, today: string): readonly WhatIf[] {
  return interview.whatIf.flatMap(({ question, options }) =>
    options.flatMap((option) => {
      if (!Object.hasOwn(answers, question) || answers[question] === option) return [];
      const changed = acceptAnswer(interview, answers, question, option, today);
      return changed.ok && interviewState(interview, changed.value).kind === 'review'
        ? [{ questionId: question, option, answers: changed.value }]
        : [];
    }),
  );
}
