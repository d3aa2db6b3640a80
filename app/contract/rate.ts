import { z } from 'zod';

/** 好差评: 1 非常不满意 … 5 非常满意. */
export const ratingScore = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

/** Chips for a bad rating; words in screen.json under `rate.reason.*`. */
export const ratingReason = z.enum(['not_understood', 'answer_unclear', 'too_slow', 'device_fault', 'other']);

export const rateResult = z.discriminatedUnion('state', [
  z.object({ state: z.literal('saved') }),
  z.object({
    state: z.literal('refused'),
    reason: z.enum(['no_session', 'nothing_to_rate', 'already_rated', 'cannot_save']),
  }),
]);

export type RatingScore = z.infer<typeof ratingScore>;
export type RatingReason = z.infer<typeof ratingReason>;
