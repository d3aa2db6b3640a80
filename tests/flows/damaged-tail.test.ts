import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { Journal } from '../../app/core/journal/index.ts';
import { exchange } from '../../app/core/sync/index.ts';
import { TestHub } from './rig/hub.ts';

const PAGE_BYTES = 4096;

let folder: string;
let hub: TestHub;
let journal: Journal;
let streams: number;
const path = () => join(folder, 'journal.db');
const open = () =>
  new Journal(path(), {
    now: () => 1,
    newStream: () => (streams += 1).toString(16).padStart(32, '0'),
    bootId: 'boot',
    maxBytes: 1e9,
  });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-tail-'));
  hub = new TestHub(join(folder, 'hub'));
  streams = 0;
  journal = open();
});
afterEach(async () => {
  journal.close();
  await hub.close();
  rmSync(folder, { recursive: true });
});

/** Restarts the kiosk after something happened to its file. */
function restart(happens: () => void): void {
  journal.close();
  happens();
  journal = open();
}

/** Events that can be told apart. */
function write(from: number, to: number): void {
  journal.write((append) => {
    for (let count = from; count <= to; count += 1) append({ type: 'journal.dropped', payload: { count } });
  });
}

async function sync(): Promise<string[]> {
  const outcomes: string[] = [];
  for (let round = 0; round < 30; round += 1) {
    const { transport } = hub;
    const outcome = await exchange({ journal, transport, kioskId: 'kiosk-1', limit: 60, now: () => 1 });
    if (outcome === 'idle') return outcomes;
    outcomes.push(outcome);
  }
  throw new Error(`does not settle: ${outcomes.join(' ')}`);
}

describe('a kiosk that lost the end of what it had sent', () => {
  test('to a damaged page: the hub has each event once', async () => {
    write(1, 200);
    await sync();
    restart(() => {
      const bytes = readFileSync(path());
      // The page that holds the newest row.
      const page = Math.floor(bytes.lastIndexOf('{"count":200}') / PAGE_BYTES);
      bytes.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
      writeFileSync(path(), bytes);
    });
    expect(journal.status().state).toBe('salvaged');
    write(201, 210);
    expect(await sync()).not.toContain('restarted');
    expect((await hub.counts())['journal.dropped']).toBe(210);
    expect(journal.status().unsent).toBe(0);
  });

  test('to an older copy of the file: a new stream begins, and the hub has each event once', async () => {
    const copy = `${path()}.copy`;
    write(1, 150);
    restart(() => copyFileSync(path(), copy));
    write(151, 200);
    await sync();
    restart(() => copyFileSync(copy, path()));
    expect(await sync()).toContain('restarted');
    write(201, 210);
    expect(await sync()).not.toContain('restarted');
    expect((await hub.counts())['journal.dropped']).toBe(210);
  });
});
