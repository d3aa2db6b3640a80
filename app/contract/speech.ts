import { z } from 'zod';

import { language, sessionId } from './session.ts';

/**
 * Whether this machine can read aloud, and why not: no voice (neither prompts nor a synthesiser), no program that plays
 * sound, or nothing to play it on.
 */
export const speechStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('absent'), reason: z.enum(['no_voice', 'no_player', 'no_device']) }),
]);

/** What is to be read: sentences as they stand on the screen. */
export const reading = z.object({
  /** Null before and after a visit: the poster and the farewell, which hold nothing of anybody. */
  sessionId: sessionId.nullable(),
  language,
  /** 1 is the pace of an announcer. */
  pace: z.number().min(0.75).max(2),
  /** The listener said that headphones are in: only then may anything personal be among the words. */
  headphones: z.boolean(),
  sentences: z.array(z.string().max(1_000)).max(500),
});

/** `speaking`: this sentence begins. `done`: all was read. `stopped`: nothing more comes. */
export const readingProgress = z.discriminatedUnion('state', [
  z.object({ state: z.literal('speaking'), sentence: z.number().int().nonnegative() }),
  z.object({ state: z.literal('done') }),
  z.object({ state: z.literal('stopped'), reason: z.enum(['no_session', 'interrupted', 'broken']) }),
]);

export type SpeechStatus = z.infer<typeof speechStatus>;
export type Reading = z.infer<typeof reading>;
export type ReadingProgress = z.infer<typeof readingProgress>;
