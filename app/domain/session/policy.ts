/** What the visitor is doing, as far as patience goes: forms take thinking. */
export type Occupation = 'reading' | 'form';

/** Elder and audio modes are given three times as long. */
export type Pace = 'normal' | 'slow';

export interface IdlePolicy {
  /** After this long without a touch the screen asks whether somebody is still there. */
  warnAfterMs: number;
  /** So long the question stays; then everything is wiped. */
  answerWithinMs: number;
}

const WARN_AFTER_MS: Readonly<Record<Occupation, number>> = { reading: 60_000, form: 120_000 };
const SLOW_FACTOR = 3;

/** How long a visit may stand still. */
export function idlePolicy(occupation: Occupation, pace: Pace): IdlePolicy {
  const factor = pace === 'slow' ? SLOW_FACTOR : 1;
  return { warnAfterMs: WARN_AFTER_MS[occupation] * factor, answerWithinMs: 15_000 * factor };
}

/**
 * The core's own limit, for the case that the screen which should end the visit is gone: a visit without any call for
 * this long is wiped. Longer than filling the longest form without sending it.
 */
export const FORGOTTEN_AFTER_MS = 15 * 60_000;

/** Slips one visit may print; paper is for everybody. */
export const MAX_SLIPS_PER_SESSION = 10;
