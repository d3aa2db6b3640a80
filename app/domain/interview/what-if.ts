import { acceptAnswer, interviewState } from './engine.ts';
import type { AnswerMap, Interview, Supposition } from './interview.ts';

/** Another option of a choice, or another number, as it would be typed; for a question that was asked. */
export const otherwise = (question: string, ...answers: readonly string[]): Supposition => ({
  question,
  ways: (given) => (Object.hasOwn(given, question) ? answers.map((answer) => ({ [question]: answer })) : []),
});

/** One answer changed: which, and all answers then. */
interface WhatIf {
  questionId: string;
  /** The question about the entries of that list, where it is about them. */
  fieldId: string | null;
  /** Tells the ways of one question apart. */
  way: string;
  answers: AnswerMap;
}

/**
 * The other ways that the interview offers to try on its result: each with other answers than were given, and every question
 * still answered. `today` is ISO.
 */
export function whatIfs(interview: Interview, answers: AnswerMap, today: string): readonly WhatIf[] {
  const given = JSON.stringify(answers);
  return interview.whatIf.flatMap(({ question, field, ways }) =>
    ways(answers, today).flatMap((way, at): readonly WhatIf[] => {
      const changed = Object.entries(way).reduce((all: AnswerMap | null, [id, raw]) => {
        const accepted = all && acceptAnswer(interview, all, id, raw, today);
        return accepted?.ok === true ? accepted.value : null;
      }, answers);
      if (changed === null || interviewState(interview, changed).kind !== 'review') return [];
      const other = way[question];
      return JSON.stringify(changed) === given
        ? []
        : [
            {
              questionId: question,
              fieldId: field ?? null,
              way: typeof other === 'string' ? other : String(at + 1),
              answers: changed,
            },
          ];
    }),
  );
}
