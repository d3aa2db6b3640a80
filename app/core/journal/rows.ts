import {
  canonicalJson,
  firstSeq,
  GAP_TYPE,
  genesisHash,
  headAfter,
  rowHash,
  type ChainedRow,
} from '../../domain/journal/index.ts';
import type { Database } from '../store/database.ts';
import type { JournalEvent } from './events.ts';

export interface StreamState {
  id: string;
  position: number;
  cursor: number;
  incarnation: string | null;
  stopped: string | null;
}

export interface ChainPoint {
  seq: number;
  head: string;
}

interface StoredRow {
  seq: number;
  wallMs: number;
  bootId: string;
  type: string;
  payload: string;
  prevHash: string;
  hash: string;
}

const COLUMNS = 'seq, wall_ms AS wallMs, boot_id AS bootId, type, payload, prev_hash AS prevHash, hash';
const STREAM_COLUMNS = 'id, position, cursor, incarnation, stopped';

/** Rows that are kept even when space runs out: nobody else has what they carry. */
const NEVER_TRIMMED = 'intake.submitted';

/** What the file says cannot be what was written. */
export class DamagedJournal extends Error {}

function parse(row: StoredRow): ChainedRow {
  try {
    return { ...row, payload: JSON.parse(row.payload) as Record<string, unknown> };
  } catch {
    // The parser's own words would quote the payload.
    throw new DamagedJournal(`row ${row.seq} is not JSON`);
  }
}

/** The streams and rows of one open journal. Every method runs inside the caller's transaction. */
export class JournalRows {
  readonly #database: Database;
  readonly #insert;
  readonly #last;
  readonly #after;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare(
      `INSERT INTO event (stream, seq, wall_ms, boot_id, type, payload, prev_hash, hash)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#last = database.prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? ORDER BY seq DESC LIMIT 1`);
    this.#after = database.prepare(
      `SELECT ${COLUMNS} FROM event WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
  }

  streams(): StreamState[] {
    return this.#database
      .prepare(`SELECT ${STREAM_COLUMNS} FROM stream ORDER BY position`)
      .all() as StreamState[];
  }

  /** The stream that new rows go to; undefined in a journal just made. */
  current(): StreamState | undefined {
    return this.#database
      .prepare(`SELECT ${STREAM_COLUMNS} FROM stream ORDER BY position DESC LIMIT 1`)
      .get() as StreamState | undefined;
  }

  begin(stream: string, nowMs: number): void {
    const position = (this.current()?.position ?? 0) + 1;
    this.#database
      .prepare('INSERT INTO stream (id, position, created_ms) VALUES (?, ?, ?)')
      .run(stream, position, nowMs);
  }

  /** The end of a stream's chain. */
  end(stream: string): ChainPoint {
    const last = this.#last.get(stream) as StoredRow | undefined;
    return last === undefined
      ? { seq: 0, head: genesisHash(stream) }
      : { seq: last.seq, head: headAfter(parse(last)) };
  }

  append(stream: string, event: JournalEvent, at: { wallMs: number; bootId: string }): number {
    const end = this.end(stream);
    return this.insert(stream, {
      ...at,
      type: event.type,
      payload: event.payload,
      seq: end.seq + 1,
      prevHash: end.head,
    });
  }

  insert(stream: string, row: Omit<ChainedRow, 'hash'>): number {
    const payload = canonicalJson(row.payload);
    this.#insert.run(stream, row.seq, row.wallMs, row.bootId, row.type, payload, row.prevHash, rowHash(row));
    return row.seq;
  }

  /** Rows after `seq`, in order. */
  after(stream: string, seq: number, limit: number): ChainedRow[] {
    return (this.#after.all(stream, seq, limit) as StoredRow[]).map(parse);
  }

  /** Rows not yet confirmed, over all streams. */
  unsent(): number {
    return this.#database
      .prepare(
        'SELECT count(*) FROM event JOIN stream ON event.stream = stream.id WHERE event.seq > stream.cursor',
      )
      .pluck()
      .get() as number;
  }

  /** The chain head after `seq`; null when that row is no longer here. */
  headAt(stream: string, seq: number): string | null {
    if (seq === 0) return genesisHash(stream);
    const row = this.#database
      .prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? AND seq = ?`)
      .get(stream, seq) as StoredRow | undefined;
    return row === undefined ? null : headAfter(parse(row));
  }

  setCursor(stream: string, cursor: number, incarnation: string): void {
    this.#database
      .prepare('UPDATE stream SET cursor = ?, incarnation = ? WHERE id = ?')
      .run(cursor, incarnation, stream);
  }

  /** Closes a forked stream for ever: the hub has its rows up to `cursor`, and gets no more of it. */
  close(stream: string, cursor: number): void {
    this.#database
      .prepare(`UPDATE stream SET stopped = 'forked', cursor = ? WHERE id = ?`)
      .run(cursor, stream);
  }

  /** Puts a gap row before the first row that is left, so that the chain joins at `point` again. */
  bridge(stream: string, point: ChainPoint): void {
    const [next] = this.after(stream, point.seq, 1);
    if (next === undefined || firstSeq(next) <= point.seq + 1) return;
    this.#insertGap(stream, { from: point.seq + 1, prevHash: point.head, before: next });
  }

  /** Writes the rows that the hub never got behind the end of another stream, and takes them out of the first. */
  moveUnsent(from: StreamState, to: string): number {
    const relocate = this.#database.prepare(
      'UPDATE intake SET stream = ?, seq = ? WHERE stream = ? AND seq = ?',
    );
    const rows = this.after(from.id, from.cursor, -1).filter((row) => row.type !== GAP_TYPE);
    for (const row of rows) {
      const end = this.end(to);
      const seq = this.insert(to, { ...row, seq: end.seq + 1, prevHash: end.head });
      relocate.run(to, seq, from.id, row.seq);
    }
    this.#database.prepare('DELETE FROM event WHERE stream = ? AND seq > ?').run(from.id, from.cursor);
    return rows.length;
  }

  /**
   * Makes room by giving up the `count` oldest rows: confirmed ones simply go, others leave a gap row that says so.
   * The newest row of a stream and sealed pre-applications on their way stay.
   */
  trim(count: number): void {
    let left = count;
    for (const stream of this.streams()) {
      const confirmed = this.#database
        .prepare(
          `DELETE FROM event WHERE id IN (SELECT id FROM event WHERE stream = $stream AND seq <= $cursor
           AND seq < (SELECT max(seq) FROM event WHERE stream = $stream) ORDER BY seq LIMIT $left)`,
        )
        .run({ stream: stream.id, cursor: stream.cursor, left });
      left -= confirmed.changes;
      if (left > 0) left -= this.#trimUnsent(stream, left);
      if (left <= 0) return;
    }
  }

  #trimUnsent(stream: StreamState, count: number): number {
    const rows = this.after(stream.id, stream.cursor, count + 1);
    let run: ChainedRow[] = [];
    let trimmed = 0;
    for (const row of rows) {
      const [first] = run;
      const ends = row.type === NEVER_TRIMMED || row === rows.at(-1);
      if (!ends) run.push(row);
      else if (first !== undefined && run.length > 1) {
        this.#database
          .prepare('DELETE FROM event WHERE stream = ? AND seq BETWEEN ? AND ?')
          .run(stream.id, first.seq, row.seq - 1);
        this.#insertGap(stream.id, { from: firstSeq(first), prevHash: first.prevHash, before: row });
        trimmed += run.length;
      }
      if (ends) run = [];
    }
    return trimmed;
  }

  #insertGap(stream: string, gap: { from: number; prevHash: string; before: ChainedRow }): void {
    const to = firstSeq(gap.before) - 1;
    this.insert(stream, {
      seq: to,
      wallMs: gap.before.wallMs,
      bootId: gap.before.bootId,
      type: GAP_TYPE,
      payload: { from: gap.from, to, head: gap.before.prevHash },
      prevHash: gap.prevHash,
    });
  }
}
