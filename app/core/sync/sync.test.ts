import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Batch } from '../../contract/sync.ts';
import { headAfter } from '../../domain/journal/index.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { exchange, httpTransport, retryDelay, Uplink, type Transport } from './index.ts';

let home: string;
let journal: Journal;
let streams: number;
beforeEach(() => {
  home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sync-'));
  streams = 0;
  const newStream = () => (streams += 1).toString(16).padStart(32, '0');
  journal = new Journal(join(home, 'journal.db'), { now: () => 1, newStream, bootId: 'b', maxBytes: 1e9 });
});
afterEach(() => {
  journal.close();
  rmSync(home, { recursive: true });
});

const rate = (count: number) => {
  for (let index = 0; index < count; index += 1)
    journal.record({
      type: 'rating.given',
      payload: { session: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11', score: 5, reasons: [] },
    });
};
const send = (transport: Transport, limit = 100) =>
  exchange({ journal, transport, kioskId: 'k', limit, now: () => 9 });
const acknowledge = (batch: Batch) => {
  const last = batch.rows.at(-1)!;
  return { cursor: last.seq, head: headAfter(last), incarnation: 'a', hubTimeMs: 1 };
};
const accepting: Transport = (batch) => Promise.resolve({ status: 200, body: acknowledge(batch) });

describe('one exchange', () => {
  test('moves the cursor, and rests when the hub has all', async () => {
    rate(3);
    expect(await send(accepting, 3)).toBe('sent');
    expect(journal.status()).toMatchObject({ unsent: 1, lastAcknowledgedAt: 9 });
    expect(await send(accepting)).toBe('sent');
    expect(await send(accepting)).toBe('idle');
  });

  test.each([
    ['nobody answers', () => Promise.reject(new Error('no route'))],
    ['a captive network answers', () => Promise.resolve({ status: 200, body: null })],
    ['the hub is busy', () => Promise.resolve({ status: 503, body: {} })],
    ['the hub refuses', () => Promise.resolve({ status: 400, body: { error: 'bad_batch' } })],
    ['a conflict without sense', () => Promise.resolve({ status: 409, body: { conflict: 'maybe' } })],
    [
      'the hub confirms less than it got',
      (batch: Batch) => Promise.resolve({ status: 200, body: { ...acknowledge(batch), cursor: 1 } }),
    ],
  ])('%s: nothing is believed, nothing is lost', async (_, transport) => {
    rate(3);
    expect(await send(transport)).toBe('failed');
    expect(journal.status()).toMatchObject({ unsent: 4, lastAcknowledgedAt: null });
  });

  test('a hub with another history: the stream ends, what it lacks goes on in a new one', async () => {
    rate(2);
    await send(accepting);
    rate(3);
    const fork: Transport = () =>
      Promise.resolve({
        status: 409,
        body: { conflict: 'fork', cursor: 3, head: 'f'.repeat(64), incarnation: 'a', hubTimeMs: 1 },
      });
    expect(await send(fork)).toBe('restarted');
    const outbox = journal.outbox(100)!;
    expect(outbox.stream.position).toBe(2);
    expect(outbox.rows.map(({ type }) => type)).toEqual([
      'journal.opened',
      'rating.given',
      'rating.given',
      'rating.given',
    ]);
    expect(outbox.rows[0]?.payload).toMatchObject({ reason: 'forked' });
    expect(await send(accepting)).toBe('sent');
    expect(journal.status().unsent).toBe(0);
  });

  test('a confirmation with a head that is not ours is a fork too', async () => {
    rate(1);
    expect(
      await send((batch) =>
        Promise.resolve({ status: 200, body: { ...acknowledge(batch), head: 'e'.repeat(64) } }),
      ),
    ).toBe('restarted');
  });
});

describe('the wait after a failure', () => {
  test('is random, doubles, ends at five minutes, and is never too short', () => {
    expect(retryDelay(0, 0.5)).toBe(2_500);
    expect(retryDelay(3, 0.5)).toBe(20_000);
    expect(retryDelay(1_000_000, 1)).toBe(300_000);
    expect(retryDelay(4, 0)).toBe(1_000);
  });
});

test('the uplink tells whether the hub answers, never gives up, and splits what is too large', async () => {
  rate(40);
  const reach: string[] = [];
  const sizes: number[] = [];
  let calls = 0;
  const done = new Promise<void>((resolve) => {
    const uplink = new Uplink({
      journal,
      kioskId: 'k',
      clock: systemClock,
      random: systemRandomness,
      firstDelayMs: 1,
      onReach: (now) => {
        if (now !== reach.at(-1)) reach.push(now);
        if (journal.status().unsent === 0) void uplink.close().then(resolve);
      },
      transport: (batch) => {
        calls += 1;
        sizes.push(batch.rows.length);
        if (calls <= 6) return Promise.reject(new Error('no route'));
        return batch.rows.length > 10 ? Promise.resolve({ status: 413, body: {} }) : accepting(batch);
      },
    });
  });
  await done;
  expect(reach).toEqual(['unreachable', 'reachable']);
  expect(Math.min(...sizes)).toBeLessThanOrEqual(10);
  expect(journal.status().unsent).toBe(0);
});

test('one row that is always too large is a failure, with pauses between the tries', async () => {
  rate(1);
  let calls = 0;
  const reach: string[] = [];
  const uplink = new Uplink({
    journal,
    kioskId: 'k',
    clock: systemClock,
    random: systemRandomness,
    firstDelayMs: 40,
    onReach: (now) => reach.push(now),
    transport: () => {
      calls += 1;
      return Promise.resolve({ status: 413, body: {} });
    },
  });
  await setTimeout(1_000);
  await uplink.close();
  expect(calls).toBeLessThan(40);
  expect(reach).toContain('unreachable');
});

const uplinkTo = (transport: Transport) =>
  new Uplink({
    journal,
    transport,
    kioskId: 'k',
    clock: systemClock,
    random: { ...systemRandomness, share: () => 1 },
    onReach: () => undefined,
  });

test('stopping does not wait for a hub that is silent', async () => {
  rate(1);
  const asked = Promise.withResolvers<undefined>();
  const silent = createServer(() => asked.resolve(undefined)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const uplink = uplinkTo(httpTransport(`http://127.0.0.1:${port}`));
  await asked.promise;
  const began = performance.now();
  await uplink.close();
  expect(performance.now() - began).toBeLessThan(2_000);
  silent.closeAllConnections();
  silent.close();
});

test('a hub that calls every history a fork is not asked without end', async () => {
  rate(1);
  let calls = 0;
  const uplink = uplinkTo(() => {
    calls += 1;
    const body = { conflict: 'fork', cursor: 0, head: 'f'.repeat(64), incarnation: 'a', hubTimeMs: 1 };
    return Promise.resolve({ status: 409, body });
  });
  await setTimeout(200);
  await uplink.close();
  expect(calls).toBe(2);
});

test('the transport fails by rejecting when nobody listens', async () => {
  rate(1);
  expect(await send(httpTransport('http://127.0.0.1:9'))).toBe('failed');
});
