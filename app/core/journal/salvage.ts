import { GAP_TYPE, genesisHash, rowHash, type ChainedRow } from '../../domain/journal/index.ts';
import type { Database } from '../store/database.ts';
import { saveIntake } from '../store/intakes.ts';
import { scanRecords, type RecordValue } from '../store/pages.ts';
import { JournalRows } from './rows.ts';

interface SalvagedStream {
  id: string;
  rows: ChainedRow[];
  /** The hub holds another history of it: nothing of it travels any more. */
  forked: boolean;
}

/**
 * What a damaged journal still holds: every row whose hash is right, by stream, oldest stream first. Old gap rows are
 * left out; holes are bridged again when the rows are written.
 */
export function salvageRows(file: Buffer, log: Buffer): SalvagedStream[] {
  const streams = new Map<string, Map<number, ChainedRow>>();
  for (const record of scanRecords(file, log)) {
    const found = asEventRow(record);
    if (found === null || found.row.type === GAP_TYPE) continue;
    const rows = streams.get(found.stream) ?? new Map<number, ChainedRow>();
    rows.set(found.row.seq, found.row);
    streams.set(found.stream, rows);
  }
  const forks = forkedAt([...streams.values()].flatMap((rows) => [...rows.values()]));
  return [...streams]
    .map(([id, rows]) => ({
      id,
      // What lies behind the fork went into the next stream; pages given back still show the old copies.
      rows: [...rows.values()]
        .filter(({ seq }) => seq <= (forks.get(id) ?? Infinity))
        .sort((left, right) => left.seq - right.seq),
      forked: forks.has(id),
    }))
    .sort((left, right) => (left.rows[0]?.wallMs ?? 0) - (right.rows[0]?.wallMs ?? 0));
}

/** The last row that the hub took of each stream it holds another history of, as the stream that follows tells. */
function forkedAt(rows: readonly ChainedRow[]): Map<string, number> {
  const forks = new Map<string, number>();
  for (const { type, payload } of rows) {
    const { reason, previousStream, previousSeq } = payload;
    if (type !== 'journal.opened' || reason !== 'forked') continue;
    if (typeof previousStream === 'string' && typeof previousSeq === 'number')
      forks.set(previousStream, previousSeq);
  }
  return forks;
}

/**
 * Writes salvaged streams into a new journal. Their cursors start at nothing: the hub knows what it has and says so.
 * Only a forked stream stays closed, with all its rows confirmed.
 */
export function restoreStreams(database: Database, streams: readonly SalvagedStream[], nowMs: number): void {
  const journal = new JournalRows(database);
  for (const { id, rows, forked } of streams) {
    journal.begin(id, nowMs);
    let head = genesisHash(id);
    let seq = 0;
    for (const row of rows) {
      journal.insert(id, row);
      if (row.seq !== seq + 1 || row.prevHash !== head) journal.bridge(id, { seq, head });
      restoreIntake(database, id, row);
      seq = row.seq;
      head = row.hash;
    }
    if (forked) journal.close(id, seq);
  }
}

function restoreIntake(database: Database, stream: string, row: ChainedRow): void {
  if (row.type !== 'intake.submitted') return;
  const { requestId, receiptNumber, session } = row.payload;
  if (typeof requestId === 'string' && typeof receiptNumber === 'string' && typeof session === 'string')
    saveIntake(database, { requestId, receiptNumber, session, stream, seq: row.seq });
}

/** Columns of `event`: id, stream, seq, wall_ms, boot_id, type, payload, prev_hash, hash. */
function asEventRow(record: readonly RecordValue[]): { stream: string; row: ChainedRow } | null {
  const [, stream, seq, wallMs, bootId, type, payload, prevHash, hash] = record;
  if (
    record.length !== 9 ||
    typeof stream !== 'string' ||
    typeof seq !== 'number' ||
    typeof wallMs !== 'number'
  )
    return null;
  if (typeof bootId !== 'string' || typeof type !== 'string' || typeof prevHash !== 'string') return null;
  const fields = typeof payload === 'string' ? parsePayload(payload) : null;
  if (fields === null || !/^[0-9a-f]{32}$/.test(stream)) return null;
  const row = { seq, wallMs, bootId, type, payload: fields, prevHash };
  return rowHash(row) === hash ? { stream, row: { ...row, hash } } : null;
}

function parsePayload(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
