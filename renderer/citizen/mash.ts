/** Recent touches and until when touches are ignored, both in milliseconds of the page's clock. */
export interface TouchGuard {
  touches: readonly number[];
  deafUntil: number;
}

export const attentive: TouchGuard = { touches: [], deafUntil: 0 };

const WINDOW_MS = 1_000;
const TOO_MANY = 8;
const DEAF_MS = 2_000;

/** Takes one touch in. Eight within a second are no person choosing (a child's hands, a bag): deaf for two seconds. */
export function afterTouch(guard: TouchGuard, now: number): TouchGuard {
  const touches = [...guard.touches.filter((at) => at > now - WINDOW_MS && at <= now), now];
  return touches.length >= TOO_MANY ? { touches: [], deafUntil: now + DEAF_MS } : { ...guard, touches };
}

export const isDeaf = (guard: TouchGuard, now: number) => now < guard.deafUntil;
