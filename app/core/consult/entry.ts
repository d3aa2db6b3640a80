import type { AnswerAction, Candidate, GuideHead, Place, Step } from '../../contract/consult.ts';
import type { InterviewId } from '../../domain/interview/index.ts';
import type { ActionRecord, StepRecord } from '../store/content/index.ts';

/** What entries lead to. Null for what the pack has not, or does not offer here and now. */
export interface Leads {
  answer: (id: string) => Candidate | null;
  guide: (id: string) => GuideHead | null;
  place: (id: string) => Place | null;
}

const DAY = 86_400_000;

/** True when more than `maxAgeDays` lie between the review and today; both dates ISO. */
export function isStale(reviewedOn: string, maxAgeDays: number, today: string): boolean {
  return Date.parse(today) - Date.parse(reviewedOn) > maxAgeDays * DAY;
}

export const stepsOf = (steps: readonly StepRecord[], leads: Leads): Step[] =>
  steps.map(({ place, ...step }) => ({ ...step, place: place === null ? null : leads.place(place) }));

/** The next steps, without those that lead nowhere here and now. */
export const actionsOf = (actions: readonly ActionRecord[], leads: Leads): AnswerAction[] =>
  actions.map((action) => actionOf(action, leads)).filter((action) => action !== null);

function actionOf({ kind, target, name }: ActionRecord, leads: Leads): AnswerAction | null {
  switch (kind) {
    case 'calculate':
      return { kind, calculator: target as InterviewId };
    case 'intake':
      return { kind, form: target as 'legal-aid' };
    case 'answer': {
      const answer = leads.answer(target);
      return answer && { kind, answerId: answer.id, title: answer.title };
    }
    case 'guide': {
      const guide = leads.guide(target);
      return guide && { kind, guideId: guide.id, title: guide.title };
    }
    case 'call':
      return { kind, number: target, name: name ?? target };
  }
}
