import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';
import { text } from './ending.ts';

const NUMBERS = [
  ['police', '110'],
  ['medical', '120'],
  ['legal', '12348'],
  ['labour', '12333'],
  ['women', '12338'],
  ['consumer', '12315'],
  ['government', '12345'],
] as const;

/** Whom to call, on a slip that says nothing about why. */
export function contactsSlip(words: Words, end: readonly ReceiptBlock[]): ReceiptDocument {
  const title = words.receipt('title.contacts');
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      text(words.receipt('contacts.intro')),
      ...NUMBERS.map(([key, number]): ReceiptBlock => ({
        kind: 'pair',
        label: words.receipt(`contacts.${key}`),
        value: number,
      })),
      ...end,
    ],
  };
}
