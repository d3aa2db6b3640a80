import type { GuideHead } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import { createOverlap, inverseFrequency, searchTokens, tokens } from '../../../models/retrieval/index.ts';
import type { ContentDatabase, SynonymRecord } from '../store/content/index.ts';
import { actionsOf, isStale, stepsOf } from './entry.ts';
import type { Leads } from './entry.ts';
import { legalWords } from './normalise.ts';

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

/** What of a guide's likeness to a question comes from how people ask for it; the rest from what it says. */
const PHRASING_SHARE = 0.6;

/** A guide and how like the question it is, 0 to 1. */
interface GuideMatch {
  guide: GuideHead;
  likeness: number;
}

/** Finds guides by the words of a normalised text, best first; `guides` are those offered, in any order. */
export function createGuideSearch(
  database: ContentDatabase,
  synonyms: readonly SynonymRecord[],
): (text: string, guides: readonly GuideHead[]) => GuideMatch[] {
  const phrasings = database.guidePhrasings();
  const written = database.guidesWritten();
  const askedTokens = phrasings.map(({ text }) => tokens(text));
  const weight = inverseFrequency(askedTokens);
  const asked = createOverlap(askedTokens, weight);
  const said = createOverlap(
    written.map(({ tokens: joined }) => joined.split(' ')),
    weight,
  );
  return (text, guides) => {
    const own = searchTokens(text);
    const wide = [...new Set([...own, ...legalWords(text, synonyms).flatMap(searchTokens)])];
    const likeness = new Map<string, number>();
    const similarities = asked.similarities(tokens(text));
    for (const number of asked.having(wide)) {
      const { guide } = phrasings[number] ?? { guide: '' };
      likeness.set(guide, Math.max(likeness.get(guide) ?? 0, PHRASING_SHARE * (similarities[number] ?? 0)));
    }
    const coverages = said.coverages(wide);
    for (const number of said.having(wide)) {
      const { id } = written[number] ?? { id: '' };
      likeness.set(id, (likeness.get(id) ?? 0) + (1 - PHRASING_SHARE) * (coverages[number] ?? 0));
    }
    return guides
      .flatMap((guide) => {
        const like = likeness.get(guide.id) ?? 0;
        return like > 0 ? [{ guide, likeness: like }] : [];
      })
      .sort((left, right) => right.likeness - left.likeness);
  };
}
