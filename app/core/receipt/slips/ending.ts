import type { Place, Step } from '../../../contract/consult.ts';
import type { ReceiptBlock } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';

/** Dials the legal service hotline; the same on every slip, so a code says nothing about the person. */
const HOTLINE = 'tel:12348';

/** What every slip ends with: where it comes from, and whom to call. */
export function ending(
  words: Words,
  facts: { today: string; site: string; lines: readonly string[] },
): ReceiptBlock[] {
  const small = [
    ...facts.lines,
    words.receipt('printedAt', { date: facts.today }),
    ...(facts.site === '' ? [] : [facts.site]),
  ];
  return [
    ...small.map((text) => ({ kind: 'text', text, emphasis: 'small' }) as const),
    { kind: 'rule' },
    { kind: 'text', text: words.receipt('hotline'), emphasis: 'strong', align: 'center' },
    { kind: 'qr', data: HOTLINE, caption: words.receipt('hotlineHint') },
  ];
}

/** A heading with its blocks, or nothing when there are none. */
export const section = (heading: string, blocks: readonly ReceiptBlock[]): ReceiptBlock[] =>
  blocks.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...blocks];

export const text = (content: string): ReceiptBlock => ({ kind: 'text', text: content });

/** A step with where it is done and until when. */
export const stepText = ({ do: what, where, deadline, place }: Step, words: Words): string =>
  [
    what,
    where === null ? null : words.receipt('stepWhere', { where }),
    place === null ? null : placeText(place),
    deadline === null ? null : words.receipt('stepDeadline', { deadline }),
  ]
    .filter((part) => part !== null)
    .join('\n');

/** Name, address, telephone and hours of a place, as far as they are known. */
export const placeText = ({ name, address, phone, hours }: Place): string =>
  [name, address, phone, hours].filter((part) => part !== null).join(' ');
