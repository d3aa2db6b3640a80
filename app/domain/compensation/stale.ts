import { addDays } from '../calendar/index.ts';

const PACK_AGE_DAYS = 180;

/** Whether a pack whose figures are of `asOf` (ISO date; empty without a pack) is said to be old (compensation.md 4.13, rule 3). */
export const isPackOld = (asOf: string, today: string): boolean =>
  asOf !== '' && addDays(asOf, PACK_AGE_DAYS) < today;
