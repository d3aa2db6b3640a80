import { birthOfIdNumber, isForeign2017Number } from '../../app/domain/identity/number.ts';

/** Whether number and birth day (ISO) of a resident card belong together; the last but one digit tells the sex. */
export function residentNumberFits(
  number: string,
  card: { birth: string; sex: 'male' | 'female' | 'unknown' },
): boolean {
  const odd = Number(number[16]) % 2 === 1;
  return birthOfIdNumber(number) === card.birth && (card.sex === 'unknown' || odd === (card.sex === 'male'));
}

/** The number on a foreigner's card of 2017 carries nationality and birth day. */
export function foreign2017NumberFits(number: string, card: { birth: string; nationality: string }): boolean {
  return (
    isForeign2017Number(number) &&
    number.startsWith(card.nationality) &&
    number.slice(7, 13) === card.birth.slice(2).replaceAll('-', '')
  );
}

/** The number on a foreigner's card of 2023: 9, then as a citizen's. */
export function foreign2023NumberFits(number: string, card: { birth: string }): boolean {
  return number.startsWith('9') && birthOfIdNumber(number) === card.birth;
}
