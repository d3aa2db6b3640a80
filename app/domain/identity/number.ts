import { completedYears, isCalendarDate } from '../calendar/index.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';
const CARD_WEIGHTS = [7, 3, 1] as const;

/** Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
function checkCharacter(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return CHECKS[sum % 11] ?? '';
}

/** Trims blanks and turns a typed small x into X; says nothing about validity. */
export const normalizeIdNumber = (text: string): string => text.replace(/\s/g, '').toUpperCase();

/** Birth day (ISO) that a citizen identity number carries, `null` if the number is not valid. */
export function birthOfIdNumber(text: string): string | null {
  const number = normalizeIdNumber(text);
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return null;
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return isCalendarDate(birth) && checkCharacter(number) === number[17] ? birth : null;
}

/** Whether the 18 characters are a well-formed citizen identity number: digits, a real birth day, the right check character. */
export const isIdNumber = (text: string): boolean => birthOfIdNumber(text) !== null;

/** Whether it is the number of a foreigner's card of 2017: nationality, twelve digits, of which the last checks the rest. */
export const isForeign2017Number = (number: string): boolean =>
  /^[A-Z]{3}\d{12}$/.test(number) && checkDigit(number.slice(0, 14)) === number[14];

/** ICAO 9303: weights 7, 3, 1 with A = 10 to Z = 35. */
function checkDigit(text: string): string {
  const sum = [...text].reduce(
    (total, each, index) => total + parseInt(each, 36) * (CARD_WEIGHTS[index % 3] ?? 0),
    0,
  );
  return String(sum % 10);
}

/**
 * Birth day (ISO) in the number of a foreigner's card of 2017, `null` if the number is not valid. It names no century:
 * the last such day up to `on` is taken, so that a child is never held for a grown-up.
 */
function birthOfForeign2017Number(number: string, on: string): string | null {
  if (!isForeign2017Number(number)) return null;
  const [year, month, day] = [number.slice(7, 9), number.slice(9, 11), number.slice(11, 13)];
  const possible = ['20', '19'].map((century) => `${century}${year}-${month}-${day}`);
  return possible.find((birth) => isCalendarDate(birth) && birth <= on) ?? null;
}

/** 周岁 of the holder of any card on a day; `null` for an invalid number or a day before birth. */
export function ageOfIdNumber(text: string, on: string): number | null {
  const birth = birthOfIdNumber(text) ?? birthOfForeign2017Number(normalizeIdNumber(text), on);
  if (birth === null || birth > on) return null;
  return completedYears(birth, on);
}

/** First three and last four characters, the rest starred: `530***********0011`. A short text is starred whole. */
export function maskIdNumber(text: string): string {
  const number = normalizeIdNumber(text);
  return number.length < 15
    ? '*'.repeat(number.length)
    : `${number.slice(0, 3)}${'*'.repeat(number.length - 7)}${number.slice(-4)}`;
}
