import { z } from 'zod';

import { answerAction, citation, guideHead, place, step } from './consult.ts';

/** 办事指南: the exact way of one service at an office. */
export const guide = guideHead.extend({
  topic: z.string(),
  /** What it gets one. */
  summary: z.string(),
  conditions: z.array(z.string()),
  materials: z.array(z.object({ what: z.string(), note: z.string().nullable() })),
  steps: z.array(step),
  timeLimit: z.string(),
  fee: z.string(),
  result: z.string(),
  ifRefused: z.string(),
  where: z.string(),
  place: place.nullable(),
  citations: z.array(citation),
  actions: z.array(answerAction),
  /** ISO date of the last review by a person. */
  reviewedOn: z.string(),
  stale: z.boolean(),
  /** Sensitive matters: slip title neutral. */
  discreet: z.boolean(),
});

export const guideFamily = z.object({ family: z.string(), title: z.string(), guides: z.array(guideHead) });

export type Guide = z.infer<typeof guide>;
export type GuideFamily = z.infer<typeof guideFamily>;
