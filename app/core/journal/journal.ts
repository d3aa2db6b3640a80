import { failure, success, type Result } from '../../domain/result.ts';
import type { ChainedRow } from '../../domain/journal/index.ts';
import { errorCode, storageFailure, type Database, type StorageFailure } from '../store/database.ts';
import type { JournalEvent } from './events.ts';
import { beginStream, openJournalFile, type JournalSettings, type OpenedJournal } from './open.ts';
import type { StreamState } from './rows.ts';

interface JournalStatus {
  state: 'ok' | 'salvaged' | 'unavailable' | 'disk_full';
  unsent: number;
  lastAcknowledgedAt: number | null;
}

/** Rows of one stream that the hub has not confirmed, in order. */
export interface Outbox {
  stream: StreamState;
  rows: ChainedRow[];
}

interface AppendedAt {
  stream: string;
  seq: number;
}

interface JournalOptions extends JournalSettings {
  /** The file is kept below this; the oldest rows give way. */
  maxBytes: number;
}

const SPACE_CHECK_EVERY = 256;
const TRIMMED_SHARE = 0.1;

/**
 * The one writer of journal.db. A write returns after it is durable or says why it is not; it never throws for a full
 * or failing disk, and works again as soon as the medium does. A damaged file met while running is thrown: the
 * supervisor restarts the core, and opening salvages it.
 */
export class Journal {
  readonly #path: string;
  readonly #options: JournalOptions;
  readonly #listeners = new Set<() => void>();
  #open: OpenedJournal | null = null;
  #state: JournalStatus['state'] = 'unavailable';
  #salvaged = false;
  #unsent = 0;
  #lastAcknowledgedAt: number | null = null;
  #dropped = 0;
  #writes = 0;

  constructor(path: string, options: JournalOptions) {
    this.#path = path;
    this.#options = options;
    this.probe();
  }

  status(): JournalStatus {
    return { state: this.#state, unsent: this.#unsent, lastAcknowledgedAt: this.#lastAcknowledgedAt };
  }

  /** Called after each change of the status; returns the unsubscribe function. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Appends one event, alone. A lost event is counted and told in the journal once there is room again. */
  record(event: JournalEvent): Result<AppendedAt, StorageFailure> {
    const written = this.write((append) => append(event));
    if (!written.ok) this.#dropped += 1;
    return written;
  }

  /** One transaction of business rows and the events that tell of them: both are durable, or neither is. */
  write<Value>(
    work: (append: (event: JournalEvent) => AppendedAt, database: Database) => Value,
  ): Result<Value, StorageFailure> {
    let appended = 0;
    const written = this.#change(({ database, rows }) => {
      const stream = rows.current()?.id ?? beginStream(rows, 'fresh', this.#options);
      const append = (event: JournalEvent): AppendedAt => {
        appended += 1;
        return {
          stream,
          seq: rows.append(stream, event, { wallMs: this.#options.now(), bootId: this.#options.bootId }),
        };
      };
      if (this.#dropped > 0) append({ type: 'journal.dropped', payload: { count: this.#dropped } });
      return work(append, database);
    });
    if (!written.ok) return written;
    this.#dropped = 0;
    this.#unsent += appended;
    this.#keepWithinSpace(appended);
    this.#changed();
    return written;
  }

  read<Value>(query: (database: Database) => Value): Result<Value, StorageFailure> {
    return this.#attempt(({ database }) => query(database));
  }

  /** The oldest rows that still have to travel; null when the hub has all. */
  outbox(limit: number): Outbox | null {
    const found = this.#attempt(({ rows }) => {
      for (const stream of rows.streams()) {
        const pending = stream.stopped === null ? rows.after(stream.id, stream.cursor, limit) : [];
        if (pending.length > 0) return { stream, rows: pending };
      }
      return null;
    });
    return found.ok ? found.value : null;
  }

  /** The chain head after a row; null when the row is not here (any more). */
  headAt(stream: string, seq: number): string | null {
    const found = this.#attempt(({ rows }) => rows.headAt(stream, seq));
    return found.ok ? found.value : null;
  }

  /** Whether the next new row will take the number after `seq` in this stream. */
  growsAfter(stream: string, seq: number): boolean {
    const found = this.#attempt(({ rows }) => rows.current()?.id === stream && rows.end(stream).seq === seq);
    return found.ok && found.value;
  }

  /** Moves the cursor to what the hub has confirmed. */
  acknowledge(
    stream: string,
    to: { cursor: number; incarnation: string; atMs: number },
  ): Result<void, StorageFailure> {
    return this.#settle(({ database, rows }) => {
      rows.setCursor(stream, Math.min(to.cursor, rows.end(stream).seq), to.incarnation);
      database
        .prepare(
          'INSERT INTO acknowledgement (only, at_ms) VALUES (1, ?) ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms',
        )
        .run(to.atMs);
    });
  }

  /** Goes back to what the hub knows; rows that are gone are told as a gap. */
  rewind(
    stream: StreamState,
    to: { cursor: number; head: string; incarnation: string },
  ): Result<void, StorageFailure> {
    return this.#settle(({ rows }) => {
      rows.setCursor(stream.id, to.cursor, to.incarnation);
      rows.bridge(stream.id, { seq: to.cursor, head: to.head });
      const current = rows.current();
      if (to.cursor < stream.cursor && current !== undefined)
        rows.append(
          current.id,
          { type: 'sync.rewound', payload: { stream: stream.id, from: stream.cursor, to: to.cursor } },
          { wallMs: this.#options.now(), bootId: this.#options.bootId },
        );
    });
  }

  /** The hub holds another history of this stream: it is closed for ever, and what the hub lacks goes into a new one. */
  abandonStream(stream: StreamState): Result<void, StorageFailure> {
    return this.#settle(({ rows }) => {
      rows.close(stream.id, stream.cursor);
      const next = beginStream(rows, 'forked', this.#options, {
        stream: stream.id,
        seq: stream.cursor,
        head: rows.headAt(stream.id, stream.cursor) ?? '',
      });
      rows.moveUnsent(stream, next);
    });
  }

  /** Makes room: confirmed rows go first, others leave a gap that says so. */
  giveUpOldest(count: number): Result<void, StorageFailure> {
    return this.#settle(({ rows }) => rows.trim(count));
  }

  /** Tries whether the journal can be written (again); true when it can. */
  probe(): boolean {
    const version = (database: Database) => Number(database.pragma('user_version', { simple: true }));
    return this.write((_, database) => database.pragma(`user_version = ${version(database)}`)).ok;
  }

  close(): void {
    this.#open?.database.close();
    this.#open = null;
  }

  #settle(work: (open: OpenedJournal) => void): Result<void, StorageFailure> {
    const settled = this.#change(work);
    if (settled.ok) this.#count();
    this.#changed();
    return settled;
  }

  #change<Value>(work: (open: OpenedJournal) => Value): Result<Value, StorageFailure> {
    const changed = this.#attempt(work);
    if (changed.ok) this.#enter(this.#salvaged ? 'salvaged' : 'ok');
    return changed;
  }

  /** One transaction. A read that succeeds says nothing about whether there is room to write. */
  #attempt<Value>(work: (open: OpenedJournal) => Value): Result<Value, StorageFailure> {
    try {
      const open = this.#open ?? this.#reopen();
      return success(open.database.transaction(() => work(open)).immediate());
    } catch (error) {
      const reason = storageFailure(error);
      if (reason === null) throw error;
      // After a failed write to the medium the connection may no longer know what is on it.
      if (errorCode(error) !== 'SQLITE_FULL') this.close();
      this.#enter(reason);
      return failure(reason);
    }
  }

  #reopen(): OpenedJournal {
    const open = openJournalFile(this.#path, this.#options);
    this.#open = open;
    this.#salvaged ||= open.salvaged;
    this.#count();
    return open;
  }

  #count(): void {
    if (this.#open === null) return;
    this.#unsent = this.#open.rows.unsent();
    const at = this.#open.database.prepare('SELECT at_ms FROM acknowledgement').pluck().get();
    this.#lastAcknowledgedAt = typeof at === 'number' ? at : null;
  }

  #keepWithinSpace(appended: number): void {
    this.#writes += appended;
    if (this.#writes < SPACE_CHECK_EVERY) return;
    this.#writes = 0;
    const count = this.#attempt(({ database }) => {
      if (usedBytes(database) <= this.#options.maxBytes) return 0;
      return Math.ceil(Number(database.prepare('SELECT count(*) FROM event').pluck().get()) * TRIMMED_SHARE);
    });
    if (count.ok && count.value > 0) this.giveUpOldest(count.value);
  }

  #enter(state: JournalStatus['state']): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function usedBytes(database: Database): number {
  const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map((name) =>
    Number(database.pragma(name, { simple: true })),
  );
  return ((pages ?? 0) - (free ?? 0)) * (size ?? 0);
}
