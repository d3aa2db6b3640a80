/**
 * The core's own limit, for the case that the screen which should end a visit is gone: a visit without any call for
 * this long is wiped. Longer than the screen's own patience in its slowest mode (renderer/citizen/idle.ts).
 */
export const FORGOTTEN_AFTER_MS = 30 * 60_000;

/** Slips one visit may print; paper is for everybody. */
export const MAX_SLIPS_PER_SESSION = 10;
