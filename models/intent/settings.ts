import { z } from 'zod';

export const INTENT_FORMAT = 3;

/** `intent.json` beside `intent.onnx`: what the columns mean, how text is hashed, and every number a decision rests on. */
export const intentSettings = z.object({
  format: z.literal(INTENT_FORMAT),
  features: z.object({ buckets: z.number().int().positive(), longestGram: z.number().int().positive() }),
  /** Answer ids in column order. */
  answers: z.array(z.string()),
  /** Topic codes in column order. */
  topics: z.array(z.string()),
  /** The two outputs that stand apart from the answers: what a question is about, and what is wanted. */
  matters: z.object({
    /** Topic codes and their public classes in column order; one more column, the last, means "outside". */
    topics: z.array(z.object({ code: z.string(), class: z.string() })),
    /** Need codes in column order. */
    needs: z.array(z.string()),
  }),
  /** The public classes in column order, apart from the matters; one more column, the last, means "outside". */
  classes: z.object({
    names: z.array(z.string()),
    features: z.object({ buckets: z.number().int().positive(), longestGram: z.number().int().positive() }),
  }),
  /** By answer: the matter it is about, a number in `matters.topics`. */
  matterOf: z.array(z.number().int().nonnegative()),
  /** Weights that fuse the model with the full-text evidence (models/retrieval/fusion.ts). */
  fusion: z.object({ answer: z.array(z.number()), outside: z.array(z.number()) }),
  /** Chosen from held-out phrasings when the pack is built (models/retrieval/thresholds.ts). */
  thresholds: z.object({
    answer: z.number(),
    outside: z.number(),
    choose: z.number(),
    candidate: z.number(),
  }),
  /** Measured on held-out phrasings during the build; shown by `content verify` and the model card. */
  figures: z.record(z.string(), z.number()),
});

export type IntentSettings = z.infer<typeof intentSettings>;
