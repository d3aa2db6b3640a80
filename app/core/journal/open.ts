import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { firstBrokenSeq, firstSeq } from '../../domain/journal/index.ts';
import { errorCode, openDatabase, type Database } from '../store/database.ts';
import { JOURNAL_MIGRATIONS } from '../store/schema.ts';
import { DamagedJournal, JournalRows, type ChainPoint } from './rows.ts';
import { restoreStreams, salvageRows } from './salvage.ts';

export interface OpenedJournal {
  database: Database;
  rows: JournalRows;
  salvaged: boolean;
}

export interface JournalSettings {
  now: () => number;
  /** 128 random bits in hex. */
  newStream: () => string;
  bootId: string;
}

/** Damaged files kept for somebody to look at. */
const KEPT_QUARANTINES = 2;

/**
 * Opens the journal, whatever is left of it. A damaged file is set aside under the time of day, every row that is
 * still sound goes into a new file, and a new stream begins that names the end of the old one.
 * Throws for anything that is no damage, and leaves the file alone: a medium that cannot be written now, a schema newer
 * than this program.
 */
export function openJournalFile(path: string, settings: JournalSettings): OpenedJournal {
  const rebuilt = `${path}.rebuilt`;
  if (!existsSync(path)) {
    dropSidecars(path);
    // A stop between the renames in `rebuild` left the new file complete under its other name.
    if (existsSync(rebuilt)) renameSync(rebuilt, path);
  }
  try {
    return begin(openSound(path), { salvaged: false }, settings);
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  rebuild(path, rebuilt, settings);
  return begin(openSound(path), { salvaged: true }, settings);
}

/** SQLITE_ERROR too: the statements are fixed, so a name that is not there is a flipped bit in the stored schema. */
function isDamage(error: unknown): boolean {
  return error instanceof DamagedJournal || /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(errorCode(error));
}

/** Throws unless the file passes SQLite's own check (the full one: a damaged index hides rows) and the chain of every row that must still travel. */
function openSound(path: string): Database {
  const database = openDatabase(path, JOURNAL_MIGRATIONS);
  try {
    const verdict: unknown = database.pragma('integrity_check(1)', { simple: true });
    if (verdict !== 'ok') throw new DamagedJournal(String(verdict));
    const rows = new JournalRows(database);
    for (const stream of rows.streams()) checkChain(rows, stream.id, stream.cursor);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function checkChain(rows: JournalRows, stream: string, cursor: number): void {
  const PORTION = 5_000;
  let point: ChainPoint | null = null;
  for (;;) {
    // The last confirmed row is checked too: new rows join at its hash.
    const portion = rows.after(stream, point?.seq ?? Math.max(0, cursor - 1), PORTION);
    const [first] = portion;
    if (first === undefined) return;
    const broken = firstBrokenSeq(portion, point ?? { seq: firstSeq(first) - 1, head: first.prevHash });
    if (broken !== null) throw new DamagedJournal(`row ${broken} breaks the chain`);
    const last = portion.at(-1) ?? first;
    point = { seq: last.seq, head: rows.headAt(stream, last.seq) ?? last.hash };
  }
}

/** The database must be closed: reading a file that SQLite holds open would drop its locks. */
function rebuild(path: string, rebuilt: string, settings: JournalSettings): void {
  const streams = salvageRows(readIfThere(path), readIfThere(`${path}-wal`));
  rmSync(rebuilt, { force: true });
  dropSidecars(rebuilt);
  const database = openDatabase(rebuilt, JOURNAL_MIGRATIONS);
  try {
    database.transaction(() => restoreStreams(database, streams, settings.now())).immediate();
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
  const aside = `${path}.damaged-${new Date(settings.now()).toISOString().replaceAll(':', '')}`;
  renameSync(path, aside);
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  dropSidecars(path);
  renameSync(rebuilt, path);
  syncFolder(dirname(path));
  forgetOldQuarantines(path);
}

function begin(
  database: Database,
  { salvaged }: { salvaged: boolean },
  settings: JournalSettings,
): OpenedJournal {
  const rows = new JournalRows(database);
  if (salvaged || rows.current() === undefined)
    database.transaction(() => beginStream(rows, salvaged ? 'salvaged' : 'fresh', settings)).immediate();
  return { database, rows, salvaged };
}

/** Where a stream ends that another follows. */
interface StreamEnd extends ChainPoint {
  stream: string | null;
}

/** A new stream whose first row names the end of the stream before it. Returns its id. */
export function beginStream(
  rows: JournalRows,
  reason: 'fresh' | 'salvaged' | 'forked',
  settings: JournalSettings,
  previous: StreamEnd = currentEnd(rows),
): string {
  const stream = settings.newStream();
  rows.begin(stream, settings.now());
  rows.append(
    stream,
    {
      type: 'journal.opened',
      payload: {
        reason,
        previousStream: previous.stream,
        previousSeq: previous.seq,
        previousHead: previous.head,
        rowsKept: rows.unsent(),
      },
    },
    { wallMs: settings.now(), bootId: settings.bootId },
  );
  return stream;
}

function currentEnd(rows: JournalRows): StreamEnd {
  const current = rows.current();
  return current === undefined
    ? { stream: null, seq: 0, head: '' }
    : { stream: current.id, ...rows.end(current.id) };
}

function readIfThere(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

function dropSidecars(path: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function forgetOldQuarantines(path: string): void {
  const prefix = `${basename(path)}.damaged-`;
  const aside = readdirSync(dirname(path)).filter(
    (name) => name.startsWith(prefix) && !name.endsWith('-wal'),
  );
  for (const name of aside.sort().slice(0, -KEPT_QUARANTINES)) {
    rmSync(join(dirname(path), name), { force: true });
    rmSync(join(dirname(path), `${name}-wal`), { force: true });
  }
}
