/** A log for tests that are not about logging. */
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
