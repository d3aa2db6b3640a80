import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';
import { section, text } from './ending.ts';

interface IntakeSlip {
  receiptNumber: string;
  status: 'saved_not_sent' | 'received';
  papersHave: readonly string[];
  papersMissing: readonly string[];
}

/** The receipt of a pre-application: its number, where it is in truth, and the papers still missing. */
export function intakeSlip(slip: IntakeSlip, words: Words, end: readonly ReceiptBlock[]): ReceiptDocument {
  const title = words.receipt('title.intake');
  const papers = (codes: readonly string[]) => codes.map((code) => words.intake(`paper.${code}`));
  const list = (items: readonly string[]): ReceiptBlock[] =>
    items.length === 0 ? [] : [{ kind: 'checklist', items }];
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      { kind: 'pair', label: words.receipt('receiptNumber'), value: slip.receiptNumber, emphasis: 'strong' },
      text(words.intake(`status.${slip.status}`)),
      ...section(words.receipt('section.papersHave'), papers(slip.papersHave).map(text)),
      ...section(words.receipt('section.papersMissing'), list(papers(slip.papersMissing))),
      ...section(words.receipt('section.next'), [
        {
          kind: 'steps',
          items: ['wait', 'bring', 'withdraw'].map((step) => words.receipt(`nextIntake.${step}`)),
        },
      ]),
      ...section(words.receipt('section.disclaimer'), [text(words.receipt('disclaimer.intake'))]),
      ...end,
    ],
  };
}
