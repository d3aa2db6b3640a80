import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { firstBrokenSeq, gapOf, genesisHash, headAfter } from '../../domain/journal/index.ts';
import { assertDurable, openDatabase } from '../store/database.ts';
import { intakeByRequest, saveIntake } from '../store/intakes.ts';
import { JOURNAL_MIGRATIONS } from '../store/schema.ts';
import { Journal, type JournalEvent } from './index.ts';

const SESSION = '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11';
const rating = (score: number): JournalEvent => ({
  type: 'rating.given',
  payload: { session: SESSION, score, reasons: [] },
});

let home: string;
let opened: Journal[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'journal-'));
  opened = [];
});
afterEach(() => {
  for (const journal of opened) journal.close();
  rmSync(home, { recursive: true });
});

let streams = 0;
function open(maxBytes = 64 * 1024 * 1024, file = path()): Journal {
  const newStream = () => (streams += 1).toString(16).padStart(32, '0');
  const journal = new Journal(file, {
    now: () => 1_800_000_000_000,
    newStream,
    bootId: 'boot',
    maxBytes,
  });
  opened.push(journal);
  return journal;
}

/** Many at once: one flush of the disk instead of thousands. */
function rate(journal: Journal, count: number, score = 3): void {
  for (let done = 0; done < count; done += 200)
    journal.write((append) => {
      for (let index = done; index < Math.min(count, done + 200); index += 1) append(rating(score));
    });
}

const path = () => join(home, 'journal.db');
const allRows = (journal: Journal) => journal.outbox(1_000_000)?.rows ?? [];

describe('the file', () => {
  test('is durable on every connection, also after WAL is reopened', () => {
    open().close();
    const database = openDatabase(path(), JOURNAL_MIGRATIONS);
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    // The guard itself can fail.
    database.pragma('synchronous = NORMAL');
    expect(() => assertDurable(database)).toThrow('not durable');
    database.close();
  });

  test('has STRICT tables only', () => {
    open().close();
    const database = openDatabase(path(), JOURNAL_MIGRATIONS);
    const tables = database.prepare('PRAGMA table_list').all() as {
      name: string;
      strict: number;
      type: string;
    }[];
    const loose = tables.filter(({ name, strict }) => !name.startsWith('sqlite_') && strict === 0);
    expect(loose).toEqual([]);
    database.close();
  });

  test('written by a newer program is left as it is', () => {
    const journal = open();
    journal.record(rating(5));
    journal.close();
    const database = openDatabase(path(), JOURNAL_MIGRATIONS);
    database.pragma('user_version = 99');
    database.close();
    const before = readFileSync(path());
    expect(() => open()).toThrow('schema 99 is newer');
    expect(readFileSync(path())).toEqual(before);
    expect(readdirSync(home)).toEqual(['journal.db']);
  });

  test('with a schema version that no program can have written is damaged', () => {
    const journal = open();
    journal.record(rating(5));
    journal.close();
    const database = openDatabase(path(), JOURNAL_MIGRATIONS);
    database.pragma('user_version = 65537');
    database.close();
    const again = open();
    expect(again.status().state).toBe('salvaged');
    again.close();
  });

  test('rebuilt before a stop takes its place, without the log of the damaged one', () => {
    const journal = open();
    journal.record(rating(5));
    journal.close();
    renameSync(path(), `${path()}.rebuilt`);
    // What a stop leaves behind: the damaged file is aside, its log is not yet.
    const damaged = open(64 * 1024 * 1024, join(home, 'damaged.db'));
    rate(damaged, 20);
    copyFileSync(join(home, 'damaged.db-wal'), `${path()}-wal`);
    const again = open();
    expect(again.status().state).toBe('ok');
    expect(allRows(again).map(({ type }) => type)).toEqual(['journal.opened', 'rating.given']);
  });
});

describe('rows', () => {
  test('form one chain from the stream id on', () => {
    const journal = open();
    for (const score of [1, 2, 3]) journal.record(rating(score));
    const outbox = journal.outbox(100);
    expect(outbox?.rows.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'journal.opened'],
      [2, 'rating.given'],
      [3, 'rating.given'],
      [4, 'rating.given'],
    ]);
    expect(firstBrokenSeq(outbox!.rows, { seq: 0, head: genesisHash(outbox!.stream.id) })).toBeNull();
    expect(journal.status()).toMatchObject({ state: 'ok', unsent: 4 });
  });

  test('and the business write that fails leaves neither', () => {
    const journal = open();
    expect(() =>
      journal.write((append) => {
        append(rating(5));
        throw new TypeError('a bug in a use case');
      }),
    ).toThrow(TypeError);
    expect(allRows(journal).map(({ type }) => type)).toEqual(['journal.opened']);
  });

  test('stay after a restart, with the cursor', () => {
    const first = open();
    first.record(rating(4));
    const { stream } = first.outbox(10)!;
    first.acknowledge(stream.id, { cursor: 1, incarnation: 'a', atMs: 7 });
    first.close();
    const second = open();
    expect(second.status()).toEqual({ state: 'ok', unsent: 1, lastAcknowledgedAt: 7 });
    expect(second.outbox(10)?.rows.map(({ seq }) => seq)).toEqual([2]);
  });
});

describe('space', () => {
  test('is bounded: confirmed rows go first, unsent ones leave a gap that the chain spans', () => {
    const journal = open(400 * 1024);
    rate(journal, 4_000);
    const { stream, rows } = journal.outbox(100_000)!;
    expect(gapOf(rows[0]!)).toMatchObject({ from: 1 });
    expect(firstBrokenSeq(rows, { seq: 0, head: genesisHash(stream.id) })).toBeNull();
    expect(rows.at(-1)?.seq).toBe(4_001);
    journal.acknowledge(stream.id, { cursor: 4_001, incarnation: 'a', atMs: 1 });
    rate(journal, 2_000);
    const fresh = journal.outbox(100_000)!;
    expect(fresh.rows[0]?.seq).toBe(4_002);
    expect(fresh.rows.some((row) => gapOf(row) !== null)).toBe(false);
  });

  test('never costs a sealed pre-application that is still to be sent', () => {
    const journal = open(300 * 1024);
    const sealed = { v: 1 as const, ephemeral: 'e', nonce: 'n', box: 'b'.repeat(500) };
    const intake = (requestId: string, receiptNumber: string): JournalEvent => ({
      type: 'intake.submitted',
      payload: { session: SESSION, requestId, receiptNumber, sealed },
    });
    journal.record(rating(1));
    journal.record(intake('7d444840-9dc0-41d3-8d9d-3cf0d8f1a2b1', '261122-0001-1'));
    rate(journal, 1_500);
    journal.record(intake('7d444840-9dc0-41d3-8d9d-3cf0d8f1a2b2', '261122-0002-9'));
    rate(journal, 2_500);
    const { stream, rows } = journal.outbox(100_000)!;
    expect(rows.filter(({ type }) => type === 'intake.submitted')).toHaveLength(2);
    expect(rows.filter((row) => gapOf(row) !== null).length).toBeGreaterThan(1);
    expect(firstBrokenSeq(rows, { seq: 0, head: genesisHash(stream.id) })).toBeNull();
  });
});

describe('a hub that lost rows', () => {
  test('gets them again; what is gone here is told as a gap joined to the hub’s head', () => {
    const journal = open();
    for (let count = 0; count < 9; count += 1) journal.record(rating(2));
    const { stream, rows } = journal.outbox(100)!;
    journal.acknowledge(stream.id, { cursor: 10, incarnation: 'a', atMs: 1 });
    const head = headAfter(rows[3]!);
    journal.read((database) => database.prepare('DELETE FROM event WHERE seq <= 6').run());
    journal.rewind({ ...stream, cursor: 10 }, { cursor: 4, head, incarnation: 'b' });
    const again = journal.outbox(100)!;
    expect(gapOf(again.rows[0]!)).toEqual({ from: 5, to: 6, head: headAfter(rows[5]!) });
    expect(firstBrokenSeq(again.rows, { seq: 4, head })).toBeNull();
    expect(again.rows.at(-1)?.type).toBe('sync.rewound');
  });
});

describe('a damaged file', () => {
  function filled(count: number): void {
    const journal = open();
    rate(journal, count);
    journal.close();
  }

  test.each([
    ['zeros over the header', (bytes: Buffer) => bytes.fill(0, 0, 100)],
    ['noise over the schema page', (bytes: Buffer) => bytes.fill(0xa5, 0, 4096)],
    ['a page torn out of the middle', (bytes: Buffer) => bytes.fill(0, 40 * 4096, 41 * 4096)],
  ])('%s: starts, keeps the sound rows, says so', (_, damage) => {
    filled(3_000);
    const bytes = readFileSync(path());
    damage(bytes);
    writeFileSync(path(), bytes);
    const journal = open();
    expect(journal.status().state).toBe('salvaged');
    const kept = journal.read(
      (database) =>
        database.prepare(`SELECT count(*) FROM event WHERE type = 'rating.given'`).pluck().get() as number,
    );
    expect(kept.ok && kept.value).toBeGreaterThan(2_970);
    expect(readdirSync(home).filter((name) => name.includes('damaged'))).toHaveLength(1);
    const { stream, rows } = journal.outbox(100_000)!;
    expect(firstBrokenSeq(rows, { seq: 0, head: genesisHash(stream.id) })).toBeNull();
    // New events go to a stream that names the end of the old one.
    journal.acknowledge(stream.id, { cursor: rows.at(-1)!.seq, incarnation: 'a', atMs: 1 });
    expect(journal.outbox(10)?.rows[0]).toMatchObject({
      type: 'journal.opened',
      payload: {
        reason: 'salvaged',
        previousStream: stream.id,
        previousSeq: rows.at(-1)!.seq,
        previousHead: headAfter(rows.at(-1)!),
      },
    });
    journal.close();
    expect(open().status().state).toBe('ok');
  });

  test('after a fork leaves out the copies', () => {
    let journal = open();
    rate(journal, 300);
    const sealed = { v: 1 as const, ephemeral: 'e', nonce: 'n', box: 'b' };
    const requestId = '7d444840-9dc0-41d3-8d9d-3cf0d8f1a2b1';
    const receiptNumber = '261122-0001-1';
    const payload = { session: SESSION, requestId, receiptNumber, sealed };
    journal.write((append, database) => {
      const at = append({ type: 'intake.submitted', payload });
      saveIntake(database, { requestId, receiptNumber, session: SESSION, ...at });
    });
    rate(journal, 300);
    // On its pages in the file itself, which are given back but not wiped.
    journal.close();
    journal = open();
    const { stream } = journal.outbox(1)!;
    journal.acknowledge(stream.id, { cursor: 101, incarnation: 'a', atMs: 1 });
    journal.abandonStream({ ...stream, cursor: 101 });
    const [opened] = allRows(journal);
    expect(opened?.payload).toMatchObject({ previousStream: stream.id, previousSeq: 101 });
    journal.close();
    const bytes = readFileSync(path());
    bytes.fill(0, 0, 100);
    writeFileSync(path(), bytes);
    const again = open();
    expect(again.status().state).toBe('salvaged');
    const intake = again.read((database) => intakeByRequest(database, requestId));
    expect(intake.ok && intake.value?.stream).not.toBe(stream.id);
    const unsent = allRows(again).filter(({ type }) => type !== 'journal.opened');
    expect(unsent).toHaveLength(501);
    expect(again.status().unsent).toBe(503);
  });

  test('with an intake found twice starts, and the newer one counts', () => {
    const journal = open();
    const sealed = { v: 1 as const, ephemeral: 'e', nonce: 'n', box: 'b' };
    const requestId = '7d444840-9dc0-41d3-8d9d-3cf0d8f1a2b1';
    const payload = { session: SESSION, requestId, receiptNumber: '261122-0001-1', sealed };
    for (let copy = 0; copy < 2; copy += 1) journal.record({ type: 'intake.submitted', payload });
    journal.close();
    const bytes = readFileSync(path());
    writeFileSync(path(), bytes.fill(0, 0, 100));
    const again = open();
    const intake = again.read((database) => intakeByRequest(database, requestId));
    expect(intake).toMatchObject({ ok: true, value: { seq: 3 } });
  });

  test('no SQLite at all: starts empty', () => {
    writeFileSync(path(), 'this is not a database');
    const journal = open();
    expect(journal.status().state).toBe('salvaged');
    expect(journal.record(rating(5)).ok).toBe(true);
  });

  test.each([
    ['a payload that is no JSON', `UPDATE event SET payload = '{"score":' WHERE seq = 17`],
    [
      'a flipped bit in the stored schema',
      `UPDATE sqlite_schema SET sql = replace(sql, 'wall_ms', 'wall_mq')`,
    ],
  ])('%s is damage', (_, statement) => {
    filled(50);
    const database = openDatabase(path(), JOURNAL_MIGRATIONS).unsafeMode();
    database.pragma('writable_schema = ON');
    database.prepare(statement).run();
    database.close();
    expect(open().status().state).toBe('salvaged');
  });

  test('a changed value that SQLite cannot see breaks the chain and is found', () => {
    filled(50);
    const database = openDatabase(path(), JOURNAL_MIGRATIONS);
    database
      .prepare(`UPDATE event SET payload = replace(payload, '"score":3', '"score":5') WHERE seq = 17`)
      .run();
    database.close();
    const journal = open();
    expect(journal.status().state).toBe('salvaged');
    expect(gapOf(allRows(journal).find((row) => gapOf(row) !== null)!)).toMatchObject({ from: 17, to: 17 });
  });
});

test('a folder that cannot be written is a state, not a crash', () => {
  writeFileSync(join(home, 'file'), '');
  const journal = new Journal(join(home, 'file', 'journal.db'), {
    now: () => 1,
    newStream: () => '0'.repeat(32),
    bootId: 'b',
    maxBytes: 1e6,
  });
  opened.push(journal);
  expect(journal.status().state).toBe('unavailable');
  expect(journal.record(rating(1))).toEqual({ ok: false, failure: 'unavailable' });
});
