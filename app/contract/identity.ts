import { z } from 'zod';

/** The fields shown for the form being filled; they live in the screen's and the core's memory only. */
export const cardFields = z.object({
  name: z.string(),
  sex: z.enum(['male', 'female', 'unknown']),
  nation: z.string(),
  birth: z.string(),
  address: z.string(),
  number: z.string(),
  /** e.g. 530***********0011, for everything that others can see. */
  maskedNumber: z.string(),
  ageYears: z.number().int(),
  expired: z.boolean(),
});

export const cardReading = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('reading') }),
  z.object({ kind: z.literal('read'), fields: cardFields }),
  z.object({ kind: z.literal('retry'), reason: z.enum(['pulled_early', 'unreadable']) }),
  z.object({
    kind: z.literal('failed'),
    reason: z.enum(['unsupported_card', 'reader_absent', 'reader_silent', 'timed_out', 'no_session']),
  }),
]);

export type CardFields = z.infer<typeof cardFields>;
export type CardReadingView = z.infer<typeof cardReading>;
