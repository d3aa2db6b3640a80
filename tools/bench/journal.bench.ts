import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import { Journal, type JournalEvent } from '../../app/core/journal/index.ts';
import { exchange, type Transport } from '../../app/core/sync/index.ts';
import { openSqliteStorage } from '../../hub/storage/index.ts';
import { percentile, versus, type Bench } from './row.ts';

const SAMPLE_MS = 2_000;
const SYNC_ROWS = 20_000;
const ROWS_AT_ONCE = 500;

const event: JournalEvent = {
  type: 'rating.given',
  payload: { session: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11', score: 5, reasons: [] },
};

/** Appending durably, one event a transaction, against SQLite's usual setting that a power cut can undo; and sending. */
export const bench: Bench = {
  name: 'journal',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-journal-'));
    try {
      const journal = openJournal(folder);
      const waits = appendFor(() => journal.record(event).ok);
      const relaxed = appendFor(relaxedWriter(folder));
      const rowsPerSecond = await sync(journal, folder);
      journal.close();
      return [
        versus(
          'durable events, one a transaction',
          perSecond(waits),
          '1/s',
          'plain rows at synchronous=NORMAL',
          perSecond(relaxed),
          'larger',
        ),
        { what: 'durable event, 99 of 100 within', ours: percentile(waits, 0.99), unit: 'ms' },
        { what: 'rows from journal to hub, both durable', ours: rowsPerSecond, unit: '1/s' },
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function openJournal(folder: string): Journal {
  return new Journal(join(folder, 'journal.db'), {
    now: () => Date.now(),
    newStream: () => '5'.repeat(32),
    bootId: 'bench',
    maxBytes: 1e9,
  });
}

/** The peer: the same bytes without chain, at the setting that better-sqlite3 ships for WAL. */
function relaxedWriter(folder: string): () => boolean {
  const database = new Sqlite(join(folder, 'relaxed.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.exec('CREATE TABLE event (id INTEGER PRIMARY KEY, payload TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO event (payload) VALUES (?)');
  return () => insert.run(JSON.stringify(event)).changes === 1;
}

/** How long each append took, in ms, for as long as the sample lasts. */
function appendFor(append: () => boolean): number[] {
  const waits: number[] = [];
  const began = performance.now();
  for (let now = began; now - began < SAMPLE_MS;) {
    if (!append()) throw new Error('append failed');
    const after = performance.now();
    waits.push(after - now);
    now = after;
  }
  return waits;
}

const perSecond = (waits: readonly number[]): number =>
  (waits.length * 1000) / waits.reduce((sum, wait) => sum + wait, 0);

async function sync(journal: Journal, folder: string): Promise<number> {
  for (let rows = 0; rows < SYNC_ROWS; rows += ROWS_AT_ONCE)
    journal.write((append) => {
      for (let row = 0; row < ROWS_AT_ONCE; row += 1) append(event);
    });
  const hub = openSqliteStorage(join(folder, 'hub'), () => Date.now());
  const transport: Transport = async (batch) => {
    const received = await hub.receive(batch);
    return received.kind === 'acknowledged'
      ? { status: 200, body: received.acknowledgement }
      : { status: 409, body: null };
  };
  const total = journal.status().unsent;
  const began = performance.now();
  while (
    (await exchange({ journal, transport, kioskId: 'bench', limit: 512, now: () => Date.now() })) === 'sent'
  );
  const seconds = (performance.now() - began) / 1000;
  await hub.close();
  if (journal.status().unsent > 0) throw new Error('sync did not end');
  return total / seconds;
}
