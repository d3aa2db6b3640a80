import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import type { Acknowledgement, Batch, JournalRow } from '../../app/contract/sync.ts';
import { canonicalJson, firstSeq, genesisHash, headAfter } from '../../app/domain/journal/index.ts';
import { joinBatch } from '../ingest/join.ts';
import type { HubStorage, KioskSummary, Received } from './storage.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS hub (only INTEGER PRIMARY KEY CHECK (only = 1), incarnation TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS stream (
    kiosk TEXT NOT NULL, stream TEXT NOT NULL, cursor INTEGER NOT NULL, head TEXT NOT NULL, received_ms INTEGER NOT NULL,
    PRIMARY KEY (kiosk, stream)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS event (
    kiosk TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
    missing INTEGER NOT NULL, wall_ms INTEGER NOT NULL, boot_id TEXT NOT NULL, type TEXT NOT NULL,
    payload TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, chain_head TEXT NOT NULL,
    PRIMARY KEY (kiosk, stream, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS event_type ON event (kiosk, type);
`;

/** The hub's store in one SQLite file under `folder`. */
export function openSqliteStorage(folder: string, now: () => number): HubStorage {
  mkdirSync(folder, { recursive: true });
  const database = new Sqlite(join(folder, 'hub.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(SCHEMA);
  database.prepare('INSERT OR IGNORE INTO hub (only, incarnation) VALUES (1, ?)').run(randomUUID());
  const incarnation = database.prepare('SELECT incarnation FROM hub').pluck().get() as string;

  const cursorOf = database.prepare('SELECT cursor, head FROM stream WHERE kiosk = ? AND stream = ?');
  const headsBetween = database
    .prepare('SELECT seq, chain_head FROM event WHERE kiosk = ? AND stream = ? AND seq BETWEEN ? AND ?')
    .raw();
  const insert = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const move = database.prepare(
    `INSERT INTO stream VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET cursor = excluded.cursor, head = excluded.head, received_ms = excluded.received_ms`,
  );

  const store = ({ kioskId, stream }: Batch, row: JournalRow, cursor: number): void => {
    const missing = headAfter(row) === row.hash ? 0 : row.seq - Math.max(firstSeq(row), cursor + 1) + 1;
    const { seq, wallMs, bootId, type, prevHash, hash } = row;
    insert.run(
      kioskId,
      stream,
      seq,
      missing,
      wallMs,
      bootId,
      type,
      canonicalJson(row.payload),
      prevHash,
      hash,
      headAfter(row),
    );
  };

  const receive = database.transaction((batch: Batch): Received => {
    const { kioskId, stream, rows } = batch;
    const found = cursorOf.get(kioskId, stream) as { cursor: number; head: string } | undefined;
    const known = found ?? { cursor: 0, head: genesisHash(stream) };
    const [first, last] = [rows[0], rows.at(-1)];
    const before = first === undefined ? 0 : firstSeq(first) - 1;
    const heads = new Map(headsBetween.all(kioskId, stream, before, last?.seq ?? 0) as [number, string][]);
    heads.set(0, genesisHash(stream)).set(known.cursor, known.head);
    const joined = joinBatch(rows, { ...known, headAt: (seq) => heads.get(seq) });
    if (joined.kind === 'broken') return joined;
    const answer = (at: { cursor: number; head: string }): Acknowledgement => ({
      ...at,
      incarnation,
      hubTimeMs: now(),
    });
    if (joined.kind === 'conflict') return { ...joined, acknowledgement: answer(known) };
    let cursor = known.cursor;
    for (const row of joined.rows) {
      store(batch, row, cursor);
      cursor = row.seq;
    }
    const newest = joined.rows.at(-1);
    const reached = newest === undefined ? known : { cursor: newest.seq, head: headAfter(newest) };
    move.run(kioskId, stream, reached.cursor, reached.head, now());
    return { kind: 'acknowledged', acknowledgement: answer(reached) };
  });

  const summary = (kioskId: string): KioskSummary => {
    const streams = database
      .prepare(
        `SELECT stream, cursor, received_ms AS receivedMs,
                (SELECT count(*) FROM event WHERE event.kiosk = stream.kiosk AND event.stream = stream.stream AND missing = 0) AS rows,
                (SELECT coalesce(sum(missing), 0) FROM event WHERE event.kiosk = stream.kiosk AND event.stream = stream.stream) AS missing
         FROM stream WHERE kiosk = ? ORDER BY received_ms`,
      )
      .all(kioskId) as {
      stream: string;
      cursor: number;
      receivedMs: number;
      rows: number;
      missing: number;
    }[];
    const counts = database
      .prepare('SELECT type, count(*) FROM event WHERE kiosk = ? GROUP BY type ORDER BY type')
      .raw()
      .all(kioskId);
    return {
      kioskId,
      lastReceivedAt: streams.at(-1)?.receivedMs ?? null,
      streams: streams.map(({ stream, cursor, rows, missing }) => ({ stream, cursor, rows, missing })),
      counts: Object.fromEntries(counts as [string, number][]),
    };
  };

  return {
    receive: (batch) => Promise.resolve(receive.immediate(batch)),
    summary: (kioskId) => Promise.resolve(summary(kioskId)),
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}
