import { z } from 'zod';

import { associationWeights } from './association.ts';
import { STATUTE_FEATURES } from './candidates.ts';
import { forest } from './trees.ts';

/** `ranker.model`: what was learned from question sets, as numbers; copied into the statute library of each pack. */
const statuteRanker = z.object({
  format: z.literal(1),
  /** Names of the features the forest was trained on; another order is another model. */
  features: z.array(z.string()),
  association: associationWeights,
  forest,
  /** Cross-validated when it was trained. */
  figures: z.record(z.string(), z.number()),
});
export type StatuteRanker = z.infer<typeof statuteRanker>;

/** Reads a ranker. Throws when the text is none, or was trained on other features. */
export function readRanker(text: string): StatuteRanker {
  const ranker = statuteRanker.parse(JSON.parse(text));
  if (ranker.features.join() !== STATUTE_FEATURES.join())
    throw new Error('the statute ranker was trained on other features');
  return ranker;
}
