import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { JournalRow } from '../app/contract/sync.ts';
import { GAP_TYPE, genesisHash, rowHash } from '../app/domain/journal/index.ts';
import { createHub } from './server.ts';
import { openSqliteStorage, type KioskSummary } from './storage/index.ts';

const STREAM = 'ab'.repeat(16);
let folder: string;
let hub: ReturnType<typeof createHub>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-'));
  hub = createHub(openSqliteStorage(folder, () => 5));
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true });
});

function chain(
  count: number,
  payload: (seq: number) => Record<string, unknown> = (seq) => ({ seq }),
): JournalRow[] {
  const rows: JournalRow[] = [];
  for (let seq = 1; seq <= count; seq += 1)
    rows.push(
      row({
        seq,
        type: 'rating.given',
        payload: payload(seq),
        prevHash: rows.at(-1)?.hash ?? genesisHash(STREAM),
      }),
    );
  return rows;
}
function row(given: Pick<JournalRow, 'seq' | 'type' | 'payload' | 'prevHash'>): JournalRow {
  const bare = { wallMs: 1, bootId: 'b', ...given };
  return { ...bare, hash: rowHash(bare) };
}

const post = (
  body: unknown,
  { stream = STREAM, headers = {} }: { stream?: string; headers?: Record<string, string> } = {},
) =>
  hub.inject({
    method: 'POST',
    url: `/v1/streams/${stream}/batches`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
  });
const batch = (rows: JournalRow[], kioskId = 'k1') => ({ v: 1, kioskId, stream: STREAM, rows });
const summary = async (kiosk = 'k1') =>
  (await hub.inject(`/v1/kiosks/${kiosk}/summary`)).json<KioskSummary>();

describe('batches', () => {
  test('are taken in order, packed or not, and confirmed by cursor and head', async () => {
    const rows = chain(5);
    const first = await post(gzipSync(JSON.stringify(batch(rows.slice(0, 3)))), {
      headers: { 'content-encoding': 'gzip' },
    });
    expect(first.statusCode).toBe(200);
    expect(first.json()).toMatchObject({ cursor: 3, head: rows[2]!.hash, hubTimeMs: 5 });
    expect((await post(batch(rows.slice(3)))).json()).toMatchObject({ cursor: 5 });
    expect(await summary()).toMatchObject({
      counts: { 'rating.given': 5 },
      streams: [{ stream: STREAM, cursor: 5, rows: 5, missing: 0 }],
    });
  });

  test('again, and overlapping, change nothing twice', async () => {
    const rows = chain(5);
    await post(batch(rows.slice(0, 3)));
    expect((await post(batch(rows.slice(0, 3)))).json()).toMatchObject({ cursor: 3 });
    expect((await post(batch(rows.slice(1, 5)))).json()).toMatchObject({ cursor: 5 });
    expect((await post(batch(rows.slice(0, 1)))).json()).toMatchObject({ cursor: 5, head: rows[4]!.hash });
    expect((await summary()).counts).toEqual({ 'rating.given': 5 });
  });

  test('of two kiosks do not mix', async () => {
    await post(batch(chain(2), 'k1'));
    await post(batch(chain(3), 'k2'));
    expect((await summary('k1')).counts).toEqual({ 'rating.given': 2 });
    expect((await summary('k2')).counts).toEqual({ 'rating.given': 3 });
    expect(await summary('k3')).toEqual({ kioskId: 'k3', lastReceivedAt: null, streams: [], counts: {} });
  });

  test('with a hole: 409 with where to go on', async () => {
    const rows = chain(6);
    await post(batch(rows.slice(0, 2)));
    const answer = await post(batch(rows.slice(4)));
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ conflict: 'gap', cursor: 2, head: rows[1]!.hash });
  });

  test('of another history: 409, and nothing is taken', async () => {
    await post(batch(chain(3)));
    const other = chain(5, (seq) => ({ other: seq }));
    for (const rows of [other.slice(0, 2), other.slice(0, 5), other.slice(3, 5)]) {
      const answer = await post(batch(rows));
      expect([answer.statusCode, answer.json().conflict]).toEqual([409, 'fork']);
    }
    expect((await summary()).counts).toEqual({ 'rating.given': 3 });
  });

  test('may tell of rows that are gone; the count of the missing is kept', async () => {
    const rows = chain(8);
    const gap = row({
      seq: 6,
      type: GAP_TYPE,
      payload: { from: 3, to: 6, head: rows[5]!.hash },
      prevHash: rows[1]!.hash,
    });
    await post(batch(rows.slice(0, 2)));
    expect((await post(batch([gap, ...rows.slice(6)]))).json()).toMatchObject({
      cursor: 8,
      head: rows[7]!.hash,
    });
    expect((await summary()).streams).toMatchObject([{ rows: 4, missing: 4 }]);
    // The same rows, trimmed differently in the meantime, are still the same history.
    const wider = row({
      seq: 6,
      type: GAP_TYPE,
      payload: { from: 2, to: 6, head: rows[5]!.hash },
      prevHash: rows[0]!.hash,
    });
    expect((await post(batch([wider, ...rows.slice(6)]))).statusCode).toBe(200);
  });

  test('keep their confirmation over a restart, under the same incarnation', async () => {
    const first = (await post(batch(chain(2)))).json();
    await hub.close();
    hub = createHub(openSqliteStorage(folder, () => 6));
    expect((await post(batch(chain(2)))).json()).toEqual({ ...first, hubTimeMs: 6 });
  });
});

describe('hostile bodies', () => {
  test.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['no batch', '{"v":1}'],
    ['no rows', JSON.stringify({ v: 1, kioskId: 'k', stream: STREAM, rows: [] })],
    ['a negative number', JSON.stringify(batch([{ ...chain(1)[0]!, seq: -1 }]))],
    ['a number beyond all numbers', JSON.stringify(batch([{ ...chain(1)[0]!, seq: 2 ** 63 }]))],
    ['a wrong hash', JSON.stringify(batch([{ ...chain(1)[0]!, hash: '0'.repeat(64) }]))],
    ['a hash that is no hex', JSON.stringify(batch([{ ...chain(1)[0]!, prevHash: 'z'.repeat(64) }]))],
    ['very deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['too many rows', JSON.stringify(batch(chain(513)))],
  ])('%s: 400, nothing stored', async (_, body) => {
    expect((await post(body)).statusCode).toBe(400);
    expect((await summary()).counts).toEqual({});
  });

  test('a stream that is not the one in the address', async () => {
    expect((await post(batch(chain(1)), { stream: 'cd'.repeat(16) })).statusCode).toBe(400);
  });

  test('packed wrongly, or packed to burst', async () => {
    const packed = { headers: { 'content-encoding': 'gzip' } };
    expect((await post(Buffer.from('not gzip'), packed)).statusCode).toBe(400);
    expect((await post(gzipSync(Buffer.alloc(64 * 1024 * 1024)), packed)).statusCode).toBe(413);
    expect((await post(Buffer.alloc(2 * 1024 * 1024), packed)).statusCode).toBe(413);
  });

  test('another type of content', async () => {
    expect((await post('<xml/>', { headers: { 'content-type': 'text/xml' } })).statusCode).toBe(415);
  });
});

describe('the command', () => {
  const run = (...options: string[]) =>
    promisify(execFile)(
      process.execPath,
      [fileURLToPath(new URL('main.ts', import.meta.url)), '--data', folder, '--port', '0', ...options],
      { timeout: 10_000 },
    );

  test.each(['0.0.0.0', '::', '192.0.2.7', 'hub.example'])(
    'does not open %s, since kiosks are not authenticated',
    async (host) => {
      await expect(run('--host', host)).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^--host .*not authenticated yet.*\n$/),
      });
    },
  );

  test('says so in its help', async () => {
    expect((await run('--help')).stdout).toContain('not authenticated yet');
  });
});
