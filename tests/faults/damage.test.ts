import { randomInt } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { firstBrokenSeq, genesisHash } from '../../app/domain/journal/index.ts';
import { Journal } from '../../app/core/journal/index.ts';

const FILES = Number(process.env['DAMAGED_FILES'] ?? 12);
const FLIPS = 5;
const ROWS = 4_000;
/** A flip in the head of a page costs the rows of that page. */
const ROWS_ON_A_PAGE = 14;

let folder: string;
let streams = 0;
const open = (path: string) =>
  new Journal(path, {
    now: () => 1,
    newStream: () => (streams += 1).toString(16).padStart(32, '0'),
    bootId: 'b',
    maxBytes: 1e9,
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'damage-'));
  const journal = open(join(folder, 'sound.db'));
  journal.write((append) => {
    for (let row = 1; row < ROWS; row += 1)
      append({
        type: 'rating.given',
        payload: { session: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11', score: 1 + (row % 5), reasons: [] },
      });
  });
  journal.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

test(`${FILES} files with ${FLIPS} flipped bits each: each starts, keeps what is sound, and goes on`, () => {
  const started: number[] = [];
  for (let file = 0; file < FILES; file += 1) {
    const path = join(folder, `damaged-${file}.db`);
    copyFileSync(join(folder, 'sound.db'), path);
    const bytes = readFileSync(path);
    const flips = Array.from({ length: FLIPS }, () => randomInt(bytes.length * 8));
    for (const bit of flips) bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(path, bytes);
    const began = performance.now();
    const journal = open(path);
    started.push(performance.now() - began);
    const note = `bits ${flips.join(', ')}`;
    // A flip in unused space is no damage.
    expect(['ok', 'salvaged'], note).toContain(journal.status().state);
    const { stream, rows } = journal.outbox(1e6)!;
    const kept = rows.filter(({ type }) => type !== 'journal.gap').length;
    expect(kept, note).toBeGreaterThanOrEqual(ROWS - FLIPS * ROWS_ON_A_PAGE);
    expect(firstBrokenSeq(rows, { seq: 0, head: genesisHash(stream.id) }), note).toBeNull();
    expect(journal.record({ type: 'journal.dropped', payload: { count: 0 } }).ok, note).toBe(true);
    journal.close();
    const again = open(path);
    expect(again.status().state, note).toBe('ok');
    again.close();
  }
  console.info(`slowest start of a damaged journal: ${Math.round(Math.max(...started))} ms`);
  expect(Math.max(...started)).toBeLessThan(10_000);
}, 300_000);
