import { residentFields, textBlockLength } from './text-block.ts';

/** Fields of an invented card as they stand on it; codes and dates as digits. */
type SyntheticFields = Record<keyof typeof residentFields, string>;

const person: SyntheticFields = {
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

const second: SyntheticFields = {
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

/** Text block of an invented card; `flag` is the kind, a space for residents. */
function syntheticText(fields: SyntheticFields, flag = ' '): Uint8Array {
  const text = Buffer.from(' '.repeat(textBlockLength / 2), 'utf16le');
  for (const [key, [offset, length]] of Object.entries(residentFields)) {
    const value = fields[key as keyof SyntheticFields].padEnd(length / 2).slice(0, length / 2);
    text.write(value, offset, 'utf16le');
  }
  text.write(flag, 248, 'utf16le');
  return text;
}

/** Invented people by the name used in `npm run sim`; the last four are other kinds of card. */
export const syntheticCards = {
  jia: syntheticText(person),
  yi: syntheticText(second),
  hongkong: syntheticText({ ...second, nation: '  ', number: '81000020000229002X', birth: '20000229' }, 'J'),
  foreign: syntheticText(person, 'I'),
  foreign2023: syntheticText(person, 'Y'),
  unknown: syntheticText(person, 'Q'),
} as const satisfies Record<string, Uint8Array>;

/** Names of the synthetic cards. */
export type SyntheticCardName = keyof typeof syntheticCards;
