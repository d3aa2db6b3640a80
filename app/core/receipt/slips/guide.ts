import type { Guide } from '../../../contract/guide.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';
import { placeText, section, stepText, text } from './ending.ts';

/**
 * A guide to take to the office: what to bring as a list to tick, then the way. A discreet one does not name its matter on
 * top: a slip is seen by others.
 */
export function guideSlip(guide: Guide, words: Words, end: readonly ReceiptBlock[]): ReceiptDocument {
  const title = words.receipt(guide.discreet ? 'title.discreet' : 'title.guide');
  const materials = guide.materials.map(({ what, note }) => (note === null ? what : `${what}（${note}）`));
  const calls = guide.actions.filter((action) => action.kind === 'call');
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      ...(guide.discreet ? [] : [{ kind: 'text', text: guide.title, emphasis: 'strong' } as const]),
      ...section(words.receipt('section.materials'), [{ kind: 'checklist', items: materials }]),
      ...section(words.receipt('section.steps'), [
        { kind: 'steps', items: guide.steps.map((step) => stepText(step, words)) },
      ]),
      ...section(words.receipt('section.office'), [
        text(guide.where),
        ...(guide.place === null ? [] : [text(placeText(guide.place))]),
      ]),
      ...section(words.receipt('section.terms'), [
        text(words.receipt('guide.time', { time: guide.timeLimit })),
        text(words.receipt('guide.fee', { fee: guide.fee })),
        text(words.receipt('guide.result', { result: guide.result })),
        text(words.receipt('guide.refused', { remedy: guide.ifRefused })),
      ]),
      ...section(
        words.receipt('section.next'),
        calls.map(({ name, number }) => ({ kind: 'pair', label: name, value: number })),
      ),
      ...section(
        words.receipt('section.basis'),
        guide.citations.map(({ law, article }) => text(words.receipt('article', { law, article }))),
      ),
      ...section(words.receipt('section.disclaimer'), [
        text(words.receipt('disclaimer.answer')),
        ...(guide.stale ? [text(words.receipt('reviewDue'))] : []),
      ]),
      { kind: 'text', text: words.receipt('reviewedOn', { date: guide.reviewedOn }), emphasis: 'small' },
      ...end,
    ],
  };
}
