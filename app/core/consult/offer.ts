import type { OfferRecord } from '../store/content/index.ts';

/** The day, as ISO date, and the administrative code of where the kiosk stands; empty when that is not known. */
export interface Whereabouts {
  today: string;
  region: string;
}

/** Whether an entry holds here and now. A kiosk that does not know where it stands offers only what holds everywhere. */
export function isOffered(
  { regions, validFrom, validTo }: OfferRecord,
  { today, region }: Whereabouts,
): boolean {
  const inTime = (validFrom === null || validFrom <= today) && (validTo === null || today <= validTo);
  return inTime && (regions.length === 0 || regions.some((code) => lies(region, code)));
}

/** 530102 lies in 530100, that in 530000, and all in 000000, the whole country. */
const lies = (region: string, code: string) => region.startsWith(code.replace(/(?:00)+$/u, ''));
