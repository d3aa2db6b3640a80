import type { Answer } from '../../contract/consult.ts';
import type { ContentDatabase } from '../store/content/index.ts';
import { actionsOf, isStale, stepsOf } from './entry.ts';
import type { Leads } from './entry.ts';

/** An answer as the screen shows it, or null when the pack has none of that id. `today` is an ISO date. */
export function openAnswer(
  database: ContentDatabase,
  id: string,
  today: string,
  leads: Leads,
): Answer | null {
  const record = database.answer(id);
  if (record === null) return null;
  return {
    id: record.id,
    topic: record.topic,
    title: record.title,
    plain: record.plain,
    audience: [...record.audience],
    risks: record.risks as Answer['risks'],
    steps: stepsOf(record.steps, leads),
    dependsOn: record.dependsOn.map(({ fact, answer }) => ({
      fact,
      answer: answer === null ? null : leads.answer(answer),
    })),
    citations: [...record.citations],
    actions: actionsOf(record.actions, leads),
    reviewedOn: record.reviewedOn,
    stale: isStale(record.reviewedOn, record.maxAgeDays, today),
    discreet: record.discreet,
  };
}
