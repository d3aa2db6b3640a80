import type { IdentityCard } from '../../app/domain/identity/card.ts';
import { birthOfIdNumber } from '../../app/domain/identity/number.ts';
import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import { Sensitive } from '../../app/domain/sensitive.ts';
import { nationName } from './nations.ts';

/** `unsupported`: a card of another kind. `damaged`: the fields contradict each other, so one of them was misread. */
type TextBlockFailure = 'unsupported' | 'damaged';

type Decoder = (text: Buffer, today: string) => Result<IdentityCard, TextBlockFailure>;

export const textBlockLength = 256;
const kindFlagOffset = 248;
const lengthsLength = 4;

/** Where a resident card keeps what: offset and length in bytes (hardware.md 1.6 a). */
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
} as const satisfies Record<string, readonly [offset: number, length: number]>;

/** One decoder per kind flag; J, I and Y cards get theirs here. */
const decoders: ReadonlyMap<string, Decoder> = new Map([
  [' ', decodeResident],
  ['\0', decodeResident],
]);

/** The text block of a read reply, without the photo; undefined when the lengths in it are wrong. */
export function textOfReadReply(data: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (bytes.length < lengthsLength) return undefined;
  const textLength = bytes.readUInt16BE(0);
  const photoLength = bytes.readUInt16BE(2);
  if (textLength !== textBlockLength || bytes.length !== lengthsLength + textLength + photoLength)
    return undefined;
  return bytes.subarray(lengthsLength, lengthsLength + textLength);
}

/** Decodes the 256 bytes of text by the card's own kind flag. `today` is an ISO date. */
export function decodeTextBlock(text: Buffer, today: string): Result<IdentityCard, TextBlockFailure> {
  const flag = text.toString('utf16le', kindFlagOffset, kindFlagOffset + 2);
  const decode = decoders.get(flag);
  return decode ? decode(text, today) : failure('unsupported');
}

function decodeResident(text: Buffer, today: string): Result<IdentityCard, TextBlockFailure> {
  const field = (key: keyof typeof residentFields): string => fieldText(text, residentFields[key]);
  const birth = isoDate(field('birth'));
  const validFrom = isoDate(field('validFrom'));
  const validTo = field('validTo') === '长期' ? 'long-term' : isoDate(field('validTo'));
  const number = field('number');
  const sex = sexOf(field('sex'));
  const plausible =
    field('name') !== '' &&
    birth !== undefined &&
    birthOfIdNumber(number) === birth &&
    sexAgrees(sex, number) &&
    validFrom !== undefined &&
    validFrom <= today &&
    validTo !== undefined;
  if (!plausible) return failure('damaged');
  return success({
    kind: 'resident',
    name: new Sensitive(field('name')),
    sex,
    nation: nationName(field('nation')),
    birth: new Sensitive(birth),
    address: new Sensitive(field('address')),
    number: new Sensitive(number),
    issuer: field('issuer'),
    validFrom,
    validTo,
  });
}

/** Fixed width, filled with spaces; some cards carry NULs. */
function fieldText(text: Buffer, [offset, length]: readonly [number, number]): string {
  return text.toString('utf16le', offset, offset + length).replace(/[\0 ]+$/, '');
}

function isoDate(digits: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits);
  if (!match) return undefined;
  const iso = match.slice(1).join('-');
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(iso) ? undefined : iso;
}

function sexOf(code: string): IdentityCard['sex'] {
  return code === '1' ? 'male' : code === '2' ? 'female' : 'unknown';
}

function sexAgrees(sex: IdentityCard['sex'], number: string): boolean {
  return sex === 'unknown' || (Number(number[16]) % 2 === 1) === (sex === 'male');
}
