import type { GuideHead } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import type { ContentDatabase, SynonymRecord } from '../store/content/index.ts';
import { actionsOf, isStale, stepsOf } from './entry.ts';
import type { Leads } from './entry.ts';
import { createSearcher } from './evidence.ts';
import { legalWords, normalise } from './normalise.ts';

/** A guide as the screen shows it, or null when the pack has none of that id. `today` is an ISO date. */
export function openGuide(database: ContentDatabase, id: string, today: string, leads: Leads): Guide | null {
  const record = database.guide(id);
  if (record === null) return null;
  const { place, steps, actions, citations, maxAgeDays, ...guide } = record;
  return {
    ...guide,
    conditions: [...guide.conditions],
    materials: [...guide.materials],
    steps: stepsOf(steps, leads),
    place: place === null ? null : leads.place(place),
    citations: [...citations],
    actions: actionsOf(actions, leads),
    stale: isStale(record.reviewedOn, maxAgeDays, today),
  };
}

/** Guides are few, and one looks for them by the words that many of them share. */
const EVERY_TOKEN = 1;
/** What of a guide's likeness to a question comes from how people ask for it; the rest from what it says. */
const PHRASING_SHARE = 0.6;

/** A guide and how like the question it is, 0 to 1. */
interface GuideMatch {
  guide: GuideHead;
  likeness: number;
}

/** Finds guides by words, best first; `guides` are those offered, in any order. */
export function createGuideSearch(
  database: ContentDatabase,
  synonyms: readonly SynonymRecord[],
): (query: string, guides: readonly GuideHead[]) => GuideMatch[] {
  const order = database.guides().map(({ id }) => id);
  const searcher = createSearcher(database.guideSearch, order, EVERY_TOKEN);
  const numberOf = new Map(order.map((id, number) => [id, number]));
  return (query, guides) => {
    const { text } = normalise(query);
    const { phrasings, texts } = searcher.search(text, legalWords(text, synonyms));
    return guides
      .map((guide) => {
        const number = numberOf.get(guide.id) ?? -1;
        const asked = phrasings.get(number)?.[0] ?? 0;
        const said = texts.get(number) ?? 0;
        return { guide, likeness: PHRASING_SHARE * asked + (1 - PHRASING_SHARE) * said };
      })
      .filter(({ likeness }) => likeness > 0)
      .sort((left, right) => right.likeness - left.likeness);
  };
}
