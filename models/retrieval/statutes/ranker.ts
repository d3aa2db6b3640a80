import { z } from 'zod';

import { associationWeights } from './association.ts';
import { STATUTE_FEATURES } from './candidates.ts';
import { forest } from './trees.ts';

/** `ranker.model`: what was learned from question sets, as numbers; copied into the statute library of each pack. */
const statuteRanker = z.object({
  format: z.literal(2),
  /** SHA-256 of the encoder it was trained with; vectors of another mean something else. */
  encoder: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Names of the features the forest was trained on; another order is another model. */
  features: z.array(z.string()),
  association: associationWeights,
  /** Training questions as byte vectors, and by question the articles that decide it, as `law 第X条`. */
  questions: z.object({ vectors: z.base64(), articles: z.array(z.array(z.string())) }),
  forest,
  /** Cross-validated when it was trained. */
  figures: z.record(z.string(), z.number()),
});
export type StatuteRanker = z.infer<typeof statuteRanker>;

/** Reads a ranker. Throws when the text is none, was trained on other features, or with another encoder. */
export function readRanker(text: string, encoderHash: string): StatuteRanker {
  const ranker = statuteRanker.parse(JSON.parse(text));
  if (ranker.features.join() !== STATUTE_FEATURES.join())
    throw new Error('the statute ranker was trained on other features');
  if (ranker.encoder !== encoderHash) throw new Error('the statute ranker was trained with another encoder');
  return ranker;
}
