import type { GuideHead } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import { createOverlap, inverseFrequency, searchTokens, tokens } from '../../../models/retrieval/index.ts';
import type { ContentDatabase } from '../store/content/index.ts';
import { actionsOf, isStale, stepsOf } from './entry.ts';
import type { Leads } from './entry.ts';
import type { Widening } from './normalise.ts';

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

/** Finds guides by the words of a normalised text, best first, above a least likeness; `guides` are those offered, in any order. */
export function createGuideSearch(
  database: ContentDatabase,
  widening: Widening,
): (text: string, guides: readonly GuideHead[], least: number) => GuideMatch[] {
  const order = new Map(database.guides().map(({ id }, number) => [id, number]));
  const phrasings = database.guidePhrasings();
  const guideOf = Int32Array.from(phrasings, ({ guide }) => order.get(guide) ?? 0);
  const askedTokens = phrasings.map(({ text }) => tokens(text));
  const weight = inverseFrequency(askedTokens);
  const asked = createOverlap(askedTokens, weight);
  const said = createOverlap(
    database.guidesWritten().map(({ tokens: joined }) => joined.split(' ')),
    weight,
  );
  return (text, guides, least) => {
    const wide = [...searchTokens(text), ...widening(text).flatMap(searchTokens)];
    const nearest = new Float64Array(order.size);
    const similarities = asked.similarities(tokens(text));
    for (let phrasing = 0; phrasing < similarities.length; phrasing += 1) {
      const similarity = similarities[phrasing] as number;
      const guide = guideOf[phrasing] as number;
      if (similarity > (nearest[guide] as number)) nearest[guide] = similarity;
    }
    const covered = said.coverages(wide);
    const matches: GuideMatch[] = [];
    for (const guide of guides) {
      const number = order.get(guide.id) ?? -1;
      const likeness =
        PHRASING_SHARE * (nearest[number] ?? 0) + (1 - PHRASING_SHARE) * (covered[number] ?? 0);
      if (likeness > least) matches.push({ guide, likeness });
    }
    return matches.sort((left, right) => right.likeness - left.likeness);
  };
}
