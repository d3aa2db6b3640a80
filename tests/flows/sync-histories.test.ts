import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { acknowledgement, type Batch } from '../../app/contract/sync.ts';
import { Journal } from '../../app/core/journal/index.ts';
import { exchange, type Transport } from '../../app/core/sync/index.ts';
import { openSqliteStorage, type HubStorage } from '../../hub/storage/index.ts';

const SESSION = '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11';

/** These histories are about order, not about power: a disk in memory is as good and far quicker. */
const MEMORY_DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** One thing that can happen between a kiosk and its hub. */
type Step =
  | { kind: 'append'; count: number }
  /** One exchange: the request or its answer may be lost, the request may arrive twice. */
  | { kind: 'exchange'; limit: number; net: 'ok' | 'request_lost' | 'answer_lost' | 'twice' | 'garbage' }
  /** An old request comes out of the network again. */
  | { kind: 'late_duplicate'; which: number }
  | { kind: 'restart_kiosk' }
  /** The kiosk gives up its oldest rows for space. */
  | { kind: 'trim'; count: number }
  /** The hub comes back from a backup, or without any. */
  | { kind: 'forget_hub' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('exchange' as const),
      limit: fc.integer({ min: 1, max: 12 }),
      net: fc.constantFrom(
        'ok' as const,
        'ok' as const,
        'request_lost' as const,
        'answer_lost' as const,
        'twice' as const,
        'garbage' as const,
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('late_duplicate' as const), which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart_kiosk' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('trim' as const), count: fc.integer({ min: 1, max: 8 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'forget_hub' as const }) },
);

/** Both real modules with a network in between that does what the history says. */
class World {
  readonly folder = mkdtempSync(join(MEMORY_DISK, 'histories-'));
  readonly #sent: Batch[] = [];
  #hubs = 0;
  #streams = 0;
  hub: HubStorage = this.#newHub();
  journal = this.#openJournal();
  written = 0;
  acknowledged = 0;

  #newHub(): HubStorage {
    this.#hubs += 1;
    return openSqliteStorage(join(this.folder, `hub-${this.#hubs}`), () => 1);
  }

  #openJournal(): Journal {
    return new Journal(join(this.folder, 'journal.db'), {
      now: () => 1,
      newStream: () => (this.#streams += 1).toString(16).padStart(32, '0'),
      bootId: 'boot',
      maxBytes: 64 * 1024 * 1024,
    });
  }

  transport(net: Extract<Step, { kind: 'exchange' }>['net']): Transport {
    return async (batch) => {
      if (net === 'request_lost') throw new Error('lost');
      if (net === 'garbage') return { status: 200, body: '<html>please log in to the station Wi-Fi</html>' };
      this.#sent.push(structuredClone(batch));
      const answer = await this.#deliver(batch);
      if (net === 'twice') await this.#deliver(batch);
      if (net === 'answer_lost') throw new Error('lost');
      return answer;
    };
  }

  async #deliver(batch: Batch): Promise<{ status: number; body: unknown }> {
    const received = await this.hub.receive(batch);
    if (received.kind === 'broken') return { status: 400, body: {} };
    if (received.kind === 'conflict')
      return { status: 409, body: { ...received.acknowledgement, conflict: received.conflict } };
    return { status: 200, body: acknowledgement.parse(received.acknowledgement) };
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'append':
        this.journal.write((append) => {
          for (let count = 0; count < step.count; count += 1)
            append({
              type: 'rating.given',
              payload: { session: SESSION, score: 1 + (count % 5), reasons: [] },
            });
        });
        this.written += step.count;
        return;
      case 'exchange':
        await exchange({
          journal: this.journal,
          transport: this.transport(step.net),
          kioskId: 'k',
          limit: step.limit,
          now: () => 1,
        });
        return;
      case 'late_duplicate': {
        const batch = this.#sent[step.which % Math.max(1, this.#sent.length)];
        if (batch !== undefined) await this.#deliver(batch);
        return;
      }
      case 'restart_kiosk':
        this.journal.close();
        this.journal = this.#openJournal();
        return;
      case 'trim':
        this.journal.giveUpOldest(step.count);
        return;
      case 'forget_hub':
        await this.hub.close();
        this.hub = this.#newHub();
        return;
    }
  }

  async settle(): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      const outcome = await exchange({
        journal: this.journal,
        transport: this.transport('ok'),
        kioskId: 'k',
        limit: 12,
        now: () => 1,
      });
      if (outcome === 'idle') return;
    }
    throw new Error('does not settle');
  }

  async close(): Promise<void> {
    this.journal.close();
    await this.hub.close();
    rmSync(this.folder, { recursive: true });
  }
}

test('whatever the network does, hub and kiosk agree in the end (I1 to I6)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (history) => {
      const world = new World();
      try {
        for (const event of history) {
          await world.take(event);
          // I5: the kiosk never believes more than the hub said; an unknown cursor would show as a row that is not there.
          expect(world.journal.status().state).toBe('ok');
        }
        // Life goes on: the next event is what tells the kiosk that a hub has forgotten.
        await world.take({ kind: 'append', count: 1 });
        await world.settle();
        const summary = await world.hub.summary('k');
        const trimmedOrForgotten = history.some(({ kind }) => kind === 'trim' || kind === 'forget_hub');
        for (const { cursor, rows, missing } of summary.streams) expect(rows + missing).toBe(cursor); // I2, I3, I4
        // No honest history is a fork: one stream only.
        expect(summary.streams).toHaveLength(1);
        if (!trimmedOrForgotten) {
          expect(summary.counts['rating.given'] ?? 0).toBe(world.written); // I1, I3
          expect(summary.streams[0]?.missing).toBe(0);
        }
        expect(world.journal.status().unsent).toBe(0);
        const { stream, cursor } = summary.streams[0]!;
        const { acknowledgement: at } = (await world.hub.receive({
          v: 1,
          kioskId: 'k',
          stream,
          rows: [] as never,
        })) as { acknowledgement: { head: string; cursor: number } };
        expect(at.cursor).toBe(cursor);
        expect(world.journal.headAt(stream, cursor)).toBe(at.head); // I6
      } finally {
        await world.close();
      }
    }),
    { numRuns: Number(process.env['HISTORIES'] ?? 150), endOnFailure: true },
  );
}, 900_000);
