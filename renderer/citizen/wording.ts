import type { Language } from '../../app/contract/session.ts';
import { isCalendarDate } from '../../app/domain/calendar/index.ts';

/** Fen as yuan with thousands and two decimals, without the word 元. */
export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** An ISO date as people read it: 2026年9月1日, or 1 September 2026. Anything else comes back as it is. */
export function day(iso: string, language: Language): string {
  const date = iso.slice(0, 10);
  if (!isCalendarDate(date)) return iso;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** An identity number as others may see it: first three and last four characters, the rest as stars. */
export const masked = (number: string): string =>
  number.length < 8 ? number : number.slice(0, 3) + '*'.repeat(number.length - 7) + number.slice(-4);

/** A phone number in the groups it is read in: 138 0000 0000. */
export const phoneGroups = (phone: string): string =>
  [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].filter(Boolean).join(' ');
