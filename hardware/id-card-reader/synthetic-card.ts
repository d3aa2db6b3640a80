import { foreign2017Fields, foreign2023Fields, residentFields } from './card-fields.ts';
import type { Field } from './card-fields.ts';
import { kindFlagOffset, textBlockLength } from './text-block.ts';

/** Fields of an invented card as they stand on it; codes and dates as digits. */
type SyntheticFields<Layout extends Record<string, Field>> = Partial<Record<keyof Layout, string>>;

const person: SyntheticFields<typeof residentFields> = {
  name: '测试甲',
  sex: '1',
  nation: '01',
  birth: '19900101',
  address: '云南省测试市样本区虚构路1号',
  number: '530000199001010011',
  issuer: '测试市公安局样本分局',
  validFrom: '20200101',
  validTo: '长期',
};

const second: SyntheticFields<typeof residentFields> = {
  name: '测试乙',
  sex: '2',
  nation: '24',
  birth: '19851231',
  address: '云南省测试市样本区虚构路2号3栋4单元5室',
  number: '53000019851231002X',
  issuer: '测试市公安局样本分局',
  validFrom: '20150630',
  validTo: '20350630',
};

/** Text block of an invented card; `rest` are texts outside the layout, by their byte offset. */
function syntheticText<Layout extends Record<string, Field>>(
  layout: Layout,
  fields: SyntheticFields<Layout>,
  rest: Readonly<Record<number, string>> = {},
): Uint8Array {
  const text = Buffer.from(' '.repeat(textBlockLength / 2), 'utf16le');
  for (const [key, [offset, length]] of Object.entries(layout)) {
    const value = (fields[key] ?? '').padEnd(length / 2).slice(0, length / 2);
    text.write(value, offset, 'utf16le');
  }
  for (const [offset, value] of Object.entries(rest)) text.write(value, Number(offset), 'utf16le');
  return text;
}

/** Invented people by the name used in `npm run sim`; `unknown` is a kind of card that nobody has seen yet. */
export const syntheticCards = {
  jia: syntheticText(residentFields, person),
  yi: syntheticText(residentFields, second),
  hongkong: syntheticText(
    residentFields,
    {
      name: '测试丙',
      sex: '2',
      birth: '20000229',
      address: '云南省测试市样本区虚构路6号',
      number: '81000020000229002X',
      issuer: '测试市公安局样本分局',
      validFrom: '20240315',
      validTo: '20290315',
      passNumber: 'H00000000',
    },
    { 238: '01', [kindFlagOffset]: 'J' },
  ),
  foreign2017: syntheticText(
    foreign2017Fields,
    {
      englishName: 'SAMPLE,FAKE PERSON',
      sex: '2',
      number: 'CAN530190010118',
      nationality: 'CAN',
      name: '测试戊',
      validFrom: '20180101',
      validTo: '20280101',
      birth: '19900101',
      issuer: '1500',
    },
    { 236: '01', [kindFlagOffset]: 'I' },
  ),
  foreign2023: syntheticText(
    foreign2023Fields,
    {
      name: '测试丁',
      sex: '1',
      birth: '19800808',
      englishName: 'TEST,PERSON FAKE',
      number: '953840198008080013',
      validFrom: '20240101',
      validTo: '20340101',
      nationality: 'USA',
    },
    { 32: '00', [kindFlagOffset]: 'Y011' },
  ),
  unknown: syntheticText(residentFields, person, { [kindFlagOffset]: 'Q' }),
} as const satisfies Record<string, Uint8Array>;

/** Names of the synthetic cards. */
export type SyntheticCardName = keyof typeof syntheticCards;

/** One entry of an added address as the card holds it. */
export function syntheticAddress(address: string): Uint8Array {
  return Buffer.from(address.padEnd(35).slice(0, 35), 'utf16le');
}
