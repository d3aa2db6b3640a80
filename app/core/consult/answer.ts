import type { Answer, AnswerAction } from '../../contract/consult.ts';
import type { ActionRecord, ContentDatabase } from '../store/content/index.ts';

const DAY = 86_400_000;

/** True when more than `maxAgeDays` lie between the review and today; both dates ISO. */
export function isStale(reviewedOn: string, maxAgeDays: number, today: string): boolean {
  return Date.parse(today) - Date.parse(reviewedOn) > maxAgeDays * DAY;
}

/** An answer as the screen shows it, or null when the pack has none of that id. `today` is an ISO date. */
export function openAnswer(
  database: ContentDatabase,
  id: string,
  today: string,
  titleOf: (id: string) => string | undefined,
): Answer | null {
  const record = database.answer(id);
  if (record === null) return null;
  return {
    id: record.id,
    topic: record.topic,
    title: record.title,
    plain: record.plain,
    steps: [...record.steps],
    dependsOn: [...record.dependsOn],
    citations: [...record.citations],
    actions: record.actions.map((action) => actionOf(action, titleOf)),
    reviewedOn: record.reviewedOn,
    stale: isStale(record.reviewedOn, record.maxAgeDays, today),
    discreet: record.discreet,
  };
}

function actionOf(
  { kind, target, name }: ActionRecord,
  titleOf: (id: string) => string | undefined,
): AnswerAction {
  switch (kind) {
    case 'calculate':
      return { kind, calculator: target as 'work-injury' };
    case 'intake':
      return { kind, form: target as 'legal-aid' };
    case 'answer':
      return { kind, answerId: target, title: titleOf(target) ?? target };
    case 'call':
      return { kind, number: target, name: name ?? target };
  }
}
