import { z } from 'zod';

import { endReason, language } from '../../contract/session.ts';

/** A pseudonym of one visit; never anything about the person. */
const session = z.uuid();
const code = z.string().max(64);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A pre-application that only the recipient can open. */
const sealedBox = z.object({
  v: z.literal(1),
  ephemeral: z.string(),
  nonce: z.string(),
  box: z.string(),
});
export type SealedBox = z.infer<typeof sealedBox>;

const define = <Payload extends z.ZodObject>(meaning: string, payload: Payload) => ({ meaning, payload });

/**
 * Everything the kiosk may write down. What is not listed cannot be appended; no event has a place for a question, a
 * name or a number of a person. docs/events.md is made from this by tools/events.ts.
 */
export const EVENTS = {
  'journal.opened': define(
    'First row of a stream: why it began, and the head of the stream before it.',
    z.object({
      reason: z.enum(['fresh', 'salvaged', 'forked']),
      previousStream: z.string().nullable(),
      previousSeq: z.number().int(),
      previousHead: z.string(),
      rowsKept: z.number().int(),
    }),
  ),
  'journal.gap': define(
    'Stands for rows that are gone: trimmed for space, or damaged. The next row joins at `head`.',
    z.object({ from: z.number().int(), to: z.number().int(), head: hash }),
  ),
  'journal.dropped': define(
    'Events that could not be written while the disk was full.',
    z.object({ count: z.number().int() }),
  ),
  'sync.rewound': define(
    'The hub knew less than it had confirmed, so rows were sent again.',
    z.object({ stream: z.string(), from: z.number().int(), to: z.number().int() }),
  ),
  'core.started': define(
    'The core process began.',
    z.object({ content: z.string(), journal: code, config: code }),
  ),
  'session.began': define('Somebody walked up.', z.object({ session, language })),
  'session.resumed': define('A visit went on after a restart of the core.', z.object({ session, language })),
  'session.ended': define(
    'A visit ended and everything of it was wiped.',
    z.object({ session, reason: endReason, seconds: z.number().int() }),
  ),
  'consult.asked': define(
    'A question was asked. Only what was decided is kept, never the words.',
    z.object({
      session,
      decision: code,
      topic: code.nullable(),
      answer: code.nullable(),
      urgent: code.nullable(),
    }),
  ),
  'consult.opened': define('An answer was opened by touch.', z.object({ session, answer: code })),
  'consult.unsolved': define(
    'Somebody said that an answer or a guide did not solve it, or that none of a choice was meant (nothing is known then).',
    z.object({
      session,
      kind: z.enum(['answer', 'guide', 'choice']),
      topic: code.nullable(),
      entry: code.nullable(),
    }),
  ),
  'guide.opened': define('A guide was opened.', z.object({ session, guide: code })),
  'calculate.ran': define(
    'An amount was calculated, or why not. No inputs are kept.',
    z.object({ session, calculator: code, outcome: code }),
  ),
  'print.ended': define(
    'How a print job ended for the visitor. `held` waits for printed, reprinted (a whole copy after a part) or abandoned.',
    z.object({
      session: session.nullable(),
      job: z.uuid(),
      slip: code,
      outcome: z.enum(['printed', 'reprinted', 'held', 'abandoned']),
      reason: code.nullable(),
    }),
  ),
  'identity.read': define(
    'A card was read, or why not. No field of it is kept.',
    z.object({ session, outcome: code }),
  ),
  'intake.submitted': define(
    'A pre-application, sealed to the legal aid office.',
    z.object({ session, requestId: z.uuid(), receiptNumber: code, sealed: sealedBox }),
  ),
  'rating.given': define(
    'How a visit was rated (好差评), 1 to 5.',
    z.object({ session, score: z.number().int().min(1).max(5), reasons: z.array(code) }),
  ),
  'device.changed': define(
    'The state of a device as the application sees it.',
    z.object({ device: z.enum(['printer', 'card_reader']), state: code, fault: code.nullable() }),
  ),
} as const;

type EventType = keyof typeof EVENTS;
export type JournalEvent = {
  [Type in EventType]: { type: Type; payload: z.infer<(typeof EVENTS)[Type]['payload']> };
}[EventType];

/** The catalogue as a document, for docs/events.md. */
export function describeEvents(): string {
  const rows = Object.entries(EVENTS).map(([type, { meaning, payload }]) => {
    const fields = Object.keys(payload.shape).map((field) => `\`${field}\``);
    return `| \`${type}\` | ${meaning} | ${fields.join(', ')} |`;
  });
  return [
    '# Event catalogue',
    '',
    'Generated from `app/core/journal/events.ts` by `npx node tools/events.ts`; a test fails when the two differ.',
    '',
    '| type | meaning | payload |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
