import { z } from 'zod';

/** What the form takes from the card and the screen promises to take; it lives in the screen's and the core's memory only. */
export const cardFields = z.object({
  name: z.string(),
  address: z.string(),
  number: z.string(),
  /** e.g. 530***********0011, for everything that others can see. */
  maskedNumber: z.string(),
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
