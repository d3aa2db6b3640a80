import { addDays, addMonths, addYears, completedMonths } from '../../calendar/index.ts';
import type { LegalBasis } from '../calculation.ts';

export const CONTRACT_LAW_FROM = '2008-01-01';

export const contractLaw = (article: string): LegalBasis => ({ law: '劳动合同法', article });
export const contractRegulation = (article: string): LegalBasis => ({ law: '劳动合同法实施条例', article });

/** A count of months that may end in a half: 13 halves are six and a half months. */
export interface HalfMonths {
  halves: number;
}

/** For a formula: `6.5`. */
export const decimalMonths = ({ halves }: HalfMonths): string =>
  halves % 2 === 0 ? String(halves / 2) : `${Math.floor(halves / 2)}.5`;

/** As an exact fraction: `7` or `13/2`. */
export const fractionMonths = ({ halves }: HalfMonths): string =>
  halves % 2 === 0 ? String(halves / 2) : `${halves}/2`;

/**
 * Months of pay for a length of service, both days worked (劳动合同法第四十七条): one for each full year, one more for half a
 * year or longer, half a month for less. Whole months end on the corresponding day, or the month's last day.
 */
export function severanceMonths(start: string, lastDay: string): HalfMonths {
  const until = addDays(lastDay, 1);
  const months = completedMonths(start, until);
  const years = Math.floor(months / 12);
  const rest = months % 12 >= 6 ? 2 : addYears(start, years) < until ? 1 : 0;
  return { halves: years * 2 + rest };
}

/** The next last day for which more months are paid than for `lastDay`: a day past a full year, or a full half year. */
export function nextPaidDay(start: string, lastDay: string): string {
  const years = Math.floor(completedMonths(start, addDays(lastDay, 1)) / 12);
  const steps = [years, years + 1].flatMap((full) => [
    addYears(start, full),
    addDays(addMonths(start, 12 * full + 6), -1),
  ]);
  return steps.sort().find((step) => step > lastDay) ?? lastDay;
}

/** Years of service before the 劳动合同法, a started year counted whole, as the older rules did (劳部发〔1994〕481号). */
export function yearsBefore2008(start: string): number {
  const years = Math.floor(completedMonths(start, CONTRACT_LAW_FROM) / 12);
  return addYears(start, years) < CONTRACT_LAW_FROM ? years + 1 : years;
}
