import type { Answer } from '../../../contract/consult.ts';
import type { ReceiptBlock, ReceiptDocument } from '../../../domain/receipt/document.ts';
import type { Words } from '../words.ts';
import { section, stepText, text } from './ending.ts';

/** From so many characters on a slip would be longer than 30 cm: then articles are named, not told. */
const LONG = 600;

/** An answer to take home. A discreet one carries no topic in its title: a slip is seen by others. */
export function answerSlip(answer: Answer, words: Words, end: readonly ReceiptBlock[]): ReceiptDocument {
  const title = words.receipt(answer.discreet ? 'title.discreet' : 'title.answer');
  const brief = lengthOf(answer) > LONG;
  const calls = answer.actions.filter((action) => action.kind === 'call');
  return {
    title,
    blocks: [
      { kind: 'title', text: title },
      ...(answer.discreet ? [] : [{ kind: 'text', text: answer.title, emphasis: 'strong' } as const]),
      ...section(words.receipt('section.plain'), [text(answer.plain)]),
      ...section(
        words.receipt('section.steps'),
        answer.steps.length === 0
          ? []
          : [{ kind: 'steps', items: answer.steps.map((one) => stepText(one, words)) }],
      ),
      ...section(
        words.receipt('section.depends'),
        answer.dependsOn.map(({ fact }) => text(fact)),
      ),
      ...section(
        words.receipt('section.basis'),
        answer.citations.map(({ law, article, gist }) => {
          const name = words.receipt('article', { law, article });
          return text(brief ? name : `${name}\n${gist}`);
        }),
      ),
      ...section(
        words.receipt('section.next'),
        calls.map(({ name, number }) => ({ kind: 'pair', label: name, value: number })),
      ),
      ...section(words.receipt('section.disclaimer'), [
        text(words.receipt('disclaimer.answer')),
        ...(answer.stale ? [text(words.receipt('reviewDue'))] : []),
      ]),
      { kind: 'text', text: words.receipt('reviewedOn', { date: answer.reviewedOn }), emphasis: 'small' },
      ...end,
    ],
  };
}

function lengthOf({ plain, steps, dependsOn, citations }: Answer): number {
  const said = [
    plain,
    ...steps.flatMap((step) => [step.do, step.where ?? '', step.deadline ?? '']),
    ...dependsOn.map(({ fact }) => fact),
    ...citations.flatMap(({ law, article, gist }) => [law, article, gist]),
  ];
  return said.join('').length;
}
