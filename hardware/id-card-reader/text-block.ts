import type { IdentityCard } from '../../app/domain/identity/card.ts';
import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import { Sensitive } from '../../app/domain/sensitive.ts';
import { fieldText, foreign2017Fields, foreign2023Fields, isoDate, residentFields } from './card-fields.ts';
import { foreign2017NumberFits, foreign2023NumberFits, residentNumberFits } from './card-number.ts';
import { nationName } from './nations.ts';

/** `unsupported`: a card of another kind. `damaged`: the fields contradict each other, so one of them was misread. */
type TextBlockFailure = 'unsupported' | 'damaged';

/** The card, or undefined when its fields contradict each other. */
type Decoder = (text: Buffer, today: string) => IdentityCard | undefined;

export const textBlockLength = 256;
/** Where the card says of which kind it is. */
export const kindFlagOffset = 248;
/** This software is younger: a clock that says an earlier day has lost its battery and knows nothing about a card. */
const clockWrongBefore = '2026-01-01';
const lengthsLength = 4;
const addressLength = 70;

const decoders: ReadonlyMap<string, Decoder> = new Map([
  [' ', decodeResident],
  ['\0', decodeResident],
  ['J', decodeHmtResident],
  ['I', decodeForeign2017],
  ['Y', decodeForeign2023],
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
  const decode = decoders.get(text.toString('utf16le', kindFlagOffset, kindFlagOffset + 2));
  if (!decode) return failure('unsupported');
  const card = decode(text, today);
  return card ? success(card) : failure('damaged');
}

/** The address that was added last; undefined when none was. Cards hold up to four, in the order of adding. */
export function newestAddress(data: Uint8Array): Sensitive<string> | undefined {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const addresses = Array.from({ length: Math.floor(bytes.length / addressLength) }, (_, index) =>
    fieldText(bytes, [index * addressLength, addressLength]),
  );
  const newest = addresses.findLast((address) => address.trim() !== '');
  return newest === undefined ? undefined : new Sensitive(newest);
}

function decodeResident(text: Buffer, today: string): IdentityCard | undefined {
  const card = residentLayout(text, today);
  return card && { ...card, kind: 'resident', nation: nationName(fieldText(text, residentFields.nation)) };
}

function decodeHmtResident(text: Buffer, today: string): IdentityCard | undefined {
  const card = residentLayout(text, today);
  if (!card || !/^8[123]0000/.test(card.number.reveal())) return undefined;
  const passNumber = new Sensitive(fieldText(text, residentFields.passNumber));
  return { ...card, kind: 'hmt-resident', nation: '', passNumber };
}

function residentLayout(text: Buffer, today: string): Omit<IdentityCard, 'kind' | 'nation'> | undefined {
  const field = (key: keyof typeof residentFields): string => fieldText(text, residentFields[key]);
  const dates = datesOf(text, residentFields, today);
  const name = field('name');
  const sex = sexOf(field('sex'));
  const number = field('number');
  if (!dates || name === '' || !residentNumberFits(number, { birth: dates.birth, sex })) return undefined;
  return {
    name: new Sensitive(name),
    sex,
    ...validity(dates),
    address: new Sensitive(field('address')),
    number: new Sensitive(number),
    issuer: field('issuer'),
  };
}

function decodeForeign2017(text: Buffer, today: string): IdentityCard | undefined {
  const field = (key: keyof typeof foreign2017Fields): string => fieldText(text, foreign2017Fields[key]);
  const dates = datesOf(text, foreign2017Fields, today);
  const number = field('number');
  const nationality = field('nationality');
  if (!dates || !foreign2017NumberFits(number, { birth: dates.birth, nationality })) return undefined;
  const names = foreignNames(field('name'), field('englishName'));
  return (
    names && {
      kind: 'foreign-2017',
      ...names,
      sex: sexOf(field('sex')),
      nation: '',
      ...validity(dates),
      address: new Sensitive(''),
      number: new Sensitive(number),
      issuer: field('issuer'),
      nationality,
    }
  );
}

function decodeForeign2023(text: Buffer, today: string): IdentityCard | undefined {
  const field = (key: keyof typeof foreign2023Fields): string => fieldText(text, foreign2023Fields[key]);
  const dates = datesOf(text, foreign2023Fields, today);
  const number = field('number');
  const nationality = field('nationality');
  if (!dates || !foreign2023NumberFits(number, dates) || !/^[A-Z]{3}$/.test(nationality)) return undefined;
  // A full first place may end in a space of the name itself.
  const [offset, length] = foreign2023Fields.englishName;
  const first = text.toString('utf16le', offset, offset + length);
  const names = foreignNames(field('name'), `${first}${field('englishNameRest')}`.replace(/[\0 ]+$/, ''));
  return (
    names && {
      kind: 'foreign-2023',
      ...names,
      sex: sexOf(field('sex')),
      nation: '',
      ...validity(dates),
      address: new Sensitive(''),
      number: new Sensitive(number),
      issuer: '',
      nationality,
    }
  );
}

function foreignNames(
  chinese: string,
  english: string,
): { name: Sensitive<string>; englishName: Sensitive<string> } | undefined {
  if (english === '') return undefined;
  return {
    name: new Sensitive(chinese === '' ? english : chinese),
    englishName: new Sensitive(english),
  };
}

interface CardDates {
  birth: string;
  validFrom: string;
  validTo: string;
}

/** The days on a card; undefined when one is none, or they do not follow each other. An expired card is none the worse. */
function datesOf(
  text: Buffer,
  fields: Record<'birth' | 'validFrom' | 'validTo', readonly [number, number]>,
  today: string,
): CardDates | undefined {
  const birth = isoDate(fieldText(text, fields.birth));
  const validFrom = isoDate(fieldText(text, fields.validFrom));
  const end = fieldText(text, fields.validTo);
  const validTo = end === '长期' ? 'long-term' : isoDate(end);
  if (birth === undefined || validFrom === undefined || validTo === undefined) return undefined;
  const issued = validFrom <= today || today < clockWrongBefore;
  const inOrder = birth <= validFrom && issued && (end === '长期' || validFrom < validTo);
  return inOrder ? { birth, validFrom, validTo } : undefined;
}

function validity({
  birth,
  validFrom,
  validTo,
}: CardDates): Pick<IdentityCard, 'birth' | 'validFrom' | 'validTo'> {
  return { birth: new Sensitive(birth), validFrom, validTo };
}

function sexOf(code: string): IdentityCard['sex'] {
  return code === '1' ? 'male' : code === '2' ? 'female' : 'unknown';
}
