export { FORGOTTEN_AFTER_MS, MAX_SLIPS_PER_SESSION } from './policy.ts';
