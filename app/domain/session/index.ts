export { FORGOTTEN_AFTER_MS, idlePolicy, MAX_SLIPS_PER_SESSION } from './policy.ts';
export type { IdlePolicy, Occupation, Pace } from './policy.ts';
