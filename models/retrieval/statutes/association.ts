import { z } from 'zod';

import { statuteTokens } from './postings.ts';

/**
 * Which articles a way of asking usually leads to: hashed characters and pairs, a linear layer, softmax over the
 * articles that the training questions were decided by. Weights are bytes with one scale a matrix.
 */
export const associationWeights = z.object({
  buckets: z.number().int().positive(),
  width: z.number().int().positive(),
  /** Articles in row order, as `law 第X条`. */
  articles: z.array(z.string()),
  bias: z.array(z.number()),
  tokens: z.object({ scale: z.number(), bytes: z.base64() }),
  targets: z.object({ scale: z.number(), bytes: z.base64() }),
});
export type AssociationWeights = z.infer<typeof associationWeights>;

/** Distinct buckets of a normalised text. */
export function associationBuckets(text: string, buckets: number): number[] {
  const found = new Set<number>();
  for (const token of statuteTokens(text)) {
    const mixed = Math.imul(
      (token % 2 ** 32) ^ Math.imul(Math.floor(token / 2 ** 21), 0x9e3779b1),
      0x85ebca6b,
    );
    found.add(((mixed ^ (mixed >>> 15)) >>> 0) % buckets);
  }
  return [...found];
}

const signed = (base64: string): Int8Array => {
  const bytes = Buffer.from(base64, 'base64');
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** Log-probability of each article of the model for a question. */
export type Association = (text: string) => Float32Array;

export function createAssociation(weights: AssociationWeights): Association {
  const { buckets, width, articles, bias } = weights;
  const tokens = signed(weights.tokens.bytes);
  const targets = signed(weights.targets.bytes);
  if (tokens.length !== buckets * width || targets.length !== articles.length * width)
    throw new Error('the association model does not have the size it says');
  const scale = weights.tokens.scale * weights.targets.scale;
  return (text) => {
    const rows = associationBuckets(text, buckets);
    const hidden = new Float32Array(width);
    for (const row of rows) {
      for (let at = 0; at < width; at += 1) hidden[at] = (hidden[at] ?? 0) + (tokens[row * width + at] ?? 0);
    }
    const norm = scale / Math.sqrt(Math.max(1, rows.length));
    const scores = new Float32Array(articles.length);
    let sum = 0;
    let highest = -Infinity;
    for (let article = 0; article < articles.length; article += 1) {
      let score = 0;
      for (let at = 0; at < width; at += 1) score += (targets[article * width + at] ?? 0) * (hidden[at] ?? 0);
      const value = score * norm + (bias[article] ?? 0);
      scores[article] = value;
      highest = Math.max(highest, value);
    }
    for (const value of scores) sum += Math.exp(value - highest);
    const total = highest + Math.log(sum);
    return scores.map((value) => value - total);
  };
}
