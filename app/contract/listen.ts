import { z } from 'zod';

import { consultation } from './consult.ts';
import { language, sessionId } from './session.ts';

/** The longest that a microphone stays open for one question, in ms. */
export const MAX_LISTENING_MS = 30_000;

/**
 * Whether this machine can listen, and why not: no model of speech or a damaged one, no microphone, no program that
 * records, or a microphone that gave nothing when it was last used.
 */
export const listeningStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({
    state: z.literal('absent'),
    reason: z.enum(['no_model', 'broken_model', 'no_microphone', 'no_recorder', 'no_sound']),
  }),
]);

/**
 * Why nothing was understood. `noisy`: the hall is too loud. `not_speech`: music or a shout. `unclear`: somebody spoke,
 * but the words are not sure enough to be shown. `microphone`: it cannot be opened, or died meanwhile. `broken`: the
 * recogniser failed.
 */
export const listeningTrouble = z.enum([
  'no_session',
  'not_ready',
  'microphone',
  'silence',
  'noisy',
  'not_speech',
  'other_language',
  'unclear',
  'broken',
]);

/** What is listened for. The sound stays in the memory of the speech worker; closing the stream wipes it at once. */
export const listening = z.object({
  sessionId,
  language,
  /**
   * Words of the choices on the screen, one of which is to be named; none: a question in one's own words, which is
   * answered too.
   */
  choices: z.array(z.string().max(200)).max(60),
});

export const hearing = z.discriminatedUnion('state', [
  /** The microphone is open: one can speak. */
  z.object({ state: z.literal('listening') }),
  /** About ten times a second; 0 is silence, 1 a shout. `noisy`: the room is nearly as loud as the voice. */
  z.object({ state: z.literal('level'), level: z.number().min(0).max(1), noisy: z.boolean() }),
  /** All words so far; later ones may put earlier ones right. */
  z.object({ state: z.literal('partial'), text: z.string() }),
  /** The microphone is closed again. */
  z.object({ state: z.literal('recognising') }),
  /** What was said, as far as it could be made out. */
  z.object({
    state: z.literal('heard'),
    text: z.string(),
    /** What else it may have been, best first, without `text`. */
    alternatives: z.array(z.string()).max(4),
    /** Words that were put right after the sound, as heard and as taken. */
    repaired: z.array(z.object({ heard: z.string(), taken: z.string() })),
    /** Which of the choices was named; null where none or several may be meant, and for a question. */
    choice: z.number().int().nonnegative().nullable(),
  }),
  /** After `heard`, for a question: what the machine makes of it. */
  z.object({ state: z.literal('understood'), consultation }),
  /** Nothing more comes. */
  z.object({ state: z.literal('trouble'), reason: listeningTrouble }),
]);

export type ListeningStatus = z.infer<typeof listeningStatus>;
export type ListeningTrouble = z.infer<typeof listeningTrouble>;
export type Listening = z.infer<typeof listening>;
export type Hearing = z.infer<typeof hearing>;
