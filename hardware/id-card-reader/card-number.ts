import { birthOfIdNumber } from '../../app/domain/identity/number.ts';

const weights = [7, 3, 1] as const;

/** Whether number and birth day (ISO) of a resident card belong together; the last but one digit tells the sex. */
export function residentNumberFits(
  number: string,
  card: { birth: string; sex: 'male' | 'female' | 'unknown' },
): boolean {
  const odd = Number(number[16]) % 2 === 1;
  return birthOfIdNumber(number) === card.birth && (card.sex === 'unknown' || odd === (card.sex === 'male'));
}

/** The number on a foreigner's card of 2017: nationality, twelve digits with the birth day, check digit of ICAO 9303. */
export function foreign2017NumberFits(number: string, card: { birth: string; nationality: string }): boolean {
  return (
    /^[A-Z]{3}\d{12}$/.test(number) &&
    number.startsWith(card.nationality) &&
    number.slice(7, 13) === card.birth.slice(2).replaceAll('-', '') &&
    checkDigit(number.slice(0, 14)) === number[14]
  );
}

/** The number on a foreigner's card of 2023: 9, then as a citizen's. */
export function foreign2023NumberFits(number: string, card: { birth: string }): boolean {
  return number.startsWith('9') && birthOfIdNumber(number) === card.birth;
}

/** ICAO 9303: weights 7, 3, 1 with A = 10 to Z = 35. */
function checkDigit(text: string): string {
  const sum = [...text].reduce(
    (total, each, index) => total + parseInt(each, 36) * (weights[index % 3] ?? 0),
    0,
  );
  return String(sum % 10);
}
