/** Where a card keeps a field in its 256 bytes of text: offset and length in bytes. */
export type Field = readonly [offset: number, length: number];

/** Resident card, and the J card that shares its layout (hardware.md 1.6 a). */
export const residentFields = {
  name: [0, 30],
  sex: [30, 2],
  nation: [32, 4],
  birth: [36, 16],
  address: [52, 70],
  number: [122, 36],
  issuer: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
  passNumber: [220, 18],
} as const satisfies Record<string, Field>;

/** Foreigner's card of 2017 (hardware.md 1.6 b). */
export const foreign2017Fields = {
  englishName: [0, 120],
  sex: [120, 2],
  number: [122, 30],
  nationality: [152, 6],
  name: [158, 30],
  validFrom: [188, 16],
  validTo: [204, 16],
  birth: [220, 16],
  issuer: [240, 8],
} as const satisfies Record<string, Field>;

/** Foreigner's card of 2023 (hardware.md 1.6 c); a long English name goes on in a second place. */
export const foreign2023Fields = {
  name: [0, 30],
  sex: [30, 2],
  birth: [36, 16],
  englishName: [52, 70],
  number: [122, 36],
  validFrom: [188, 16],
  validTo: [204, 16],
  englishNameRest: [220, 22],
  nationality: [242, 6],
} as const satisfies Record<string, Field>;

/** Fixed width, filled with spaces; some cards carry NULs. */
export function fieldText(text: Buffer, [offset, length]: Field): string {
  return text.toString('utf16le', offset, offset + length).replace(/[\0 ]+$/, '');
}

/** ISO date of eight digits; undefined when there is no such day. */
export function isoDate(digits: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits);
  if (!match) return undefined;
  const iso = match.slice(1).join('-');
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(iso) ? undefined : iso;
}
