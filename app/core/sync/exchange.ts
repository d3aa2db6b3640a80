import { acknowledgement, conflict, type Batch } from '../../contract/sync.ts';
import type { Journal, Outbox } from '../journal/index.ts';

/** Carries one batch to the hub. Rejects when nobody answered, or when told to stop waiting. */
export type Transport = (batch: Batch, stop?: AbortSignal) => Promise<{ status: number; body: unknown }>;

/**
 * `idle`: nothing to send. `sent`: the cursor moved. `rewound`: the hub wants earlier rows. `restarted`: the hub holds
 * another history, a new stream began. `too_large`: fewer rows at a time. `failed`: try again later.
 */
export type ExchangeOutcome = 'idle' | 'sent' | 'rewound' | 'restarted' | 'too_large' | 'failed';

interface ExchangeOptions {
  journal: Journal;
  transport: Transport;
  kioskId: string;
  /** Rows in one batch, at most 512. */
  limit: number;
  now: () => number;
}

/** Sends the oldest unconfirmed rows once and takes the hub's word for what it has. Never throws for the network. */
export async function exchange({
  journal,
  transport,
  kioskId,
  limit,
  now,
}: ExchangeOptions): Promise<ExchangeOutcome> {
  const outbox = journal.outbox(limit);
  if (outbox === null) return 'idle';
  const reply = await transport({ v: 1, kioskId, stream: outbox.stream.id, rows: outbox.rows }).catch(
    () => null,
  );
  switch (reply?.status) {
    case 200:
      return settle(journal, outbox, reply.body, now());
    case 409:
      return reconcile(journal, outbox, reply.body);
    case 413:
      return 'too_large';
    default:
      return 'failed';
  }
}

function settle(journal: Journal, { stream, rows }: Outbox, body: unknown, atMs: number): ExchangeOutcome {
  const parsed = acknowledgement.safeParse(body);
  const sent = rows.at(-1)?.seq ?? 0;
  // A page of a captive network can answer 200 too.
  if (!parsed.success || parsed.data.cursor < sent) return 'failed';
  const { cursor, head, incarnation } = parsed.data;
  const own = journal.headAt(stream.id, cursor);
  if (own !== null && own !== head) return restart(journal, stream);
  // Where the hub's last row is not here (damage took it), only what was sent has been compared.
  const confirmed = own === null ? sent : cursor;
  if (!journal.acknowledge(stream.id, { cursor: confirmed, incarnation, atMs }).ok) return 'failed';
  // The next row would take a number that the hub has given to another.
  const behind = cursor > confirmed && journal.growsAfter(stream.id, confirmed);
  return behind ? restart(journal, { ...stream, cursor: confirmed }) : 'sent';
}

function reconcile(journal: Journal, { stream }: Outbox, body: unknown): ExchangeOutcome {
  const parsed = conflict.safeParse(body);
  if (!parsed.success) return 'failed';
  const { cursor, head, incarnation } = parsed.data;
  const own = journal.headAt(stream.id, cursor);
  if (parsed.data.conflict === 'fork' || (own !== null && own !== head)) return restart(journal, stream);
  return journal.rewind(stream, { cursor, head, incarnation }).ok ? 'rewound' : 'failed';
}

function restart(journal: Journal, stream: Outbox['stream']): ExchangeOutcome {
  return journal.abandonStream(stream).ok ? 'restarted' : 'failed';
}
