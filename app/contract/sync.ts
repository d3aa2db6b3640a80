import { z } from 'zod';

/**
 * One row of the journal as it travels. `hash` = sha256(prevHash bytes ‖ canonical JSON of the row without `hash`).
 * The first row's `prevHash` is sha256("stream:" ‖ stream id). A row of type `journal.gap` stands for the rows
 * `payload.from` to `seq` that are gone; the next row then names `payload.head` as its `prevHash`
 * (app/domain/journal/chain.ts).
 */
export const journalRow = z.object({
  seq: z.number().int().positive(),
  wallMs: z.number().int(),
  bootId: z.string(),
  type: z.string().max(64),
  payload: z.record(z.string(), z.unknown()),
  prevHash: z.string().length(64),
  hash: z.string().length(64),
});

/** POST /v1/streams/:stream/batches. Ordered, no holes; (kiosk, stream, seq) is the idempotency key. */
export const batch = z.object({
  v: z.literal(1),
  kioskId: z.string().min(1).max(64),
  stream: z.string().regex(/^[0-9a-f]{32}$/),
  rows: z.array(journalRow).min(1).max(512),
});

/** The hub's cursor after its transaction is durable. `incarnation` names the hub's database: another one means another hub, or one that was made anew. */
export const acknowledgement = z.object({
  cursor: z.number().int().nonnegative(),
  head: z.string(),
  incarnation: z.string(),
  hubTimeMs: z.number().int(),
});

/** 409: the batch does not join the hub's cursor; send again from there. */
export const conflict = acknowledgement.extend({ conflict: z.enum(['gap', 'fork']) });

export type JournalRow = z.infer<typeof journalRow>;
export type Batch = z.infer<typeof batch>;
export type Acknowledgement = z.infer<typeof acknowledgement>;
