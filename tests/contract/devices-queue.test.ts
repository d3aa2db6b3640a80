import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { LineFaults } from '../../hardware/link/index.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { QueueCounter, queueCounterTiming } from '../../hardware/queue-counter/index.ts';
import type { QueueCounterPort } from '../../hardware/queue-counter/port.ts';
import { SimulatedQueueCounter } from '../../hardware/queue-counter/simulator.ts';
import { openDevices } from '../../hardware/registry.ts';
import { SimulatedStation } from '../../tools/sim/station.ts';
import { testEdges, until } from './devices.samples.ts';

interface QueueStation {
  counter: QueueCounterPort;
  device: SimulatedQueueCounter;
  faults: LineFaults;
  unplug: () => Promise<void>;
  replug: () => Promise<void>;
  close: () => Promise<void>;
}

const now = (act: () => void): Promise<void> => {
  act();
  return Promise.resolve();
};

function memoryStation(): Promise<QueueStation> {
  const device = new SimulatedQueueCounter();
  const link = new MemoryLink(device);
  const { log } = testEdges();
  const counter = new QueueCounter({ link, log, firstId: 0xfffffffe, timing: queueCounterTiming });
  return Promise.resolve({
    ...{ counter, device, faults: link.faults },
    unplug: () => now(() => link.unplug()),
    replug: () => now(() => link.replug()),
    close: () => counter.close(),
  });
}

/** The driver of the real machine on the pseudo-terminal of `npm run sim`. */
async function terminalStation(): Promise<QueueStation> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-queue-'));
  const station = new SimulatedStation({ dir, baudRate: 9600, columns: 48, keepSlips: false });
  await station.plug('counter');
  const devices = openDevices(
    { queueCounter: { path: station.linkOf('counter'), baudRate: 9600 } },
    testEdges(),
  );
  return {
    ...{ counter: devices.queueCounter, device: station.counter, faults: station.lines.counter },
    unplug: () => station.unplug('counter'),
    replug: () => station.plug('counter'),
    close: async () => {
      await devices.close();
      await station.close();
      rmSync(dir, { recursive: true });
    },
  };
}

describe.each([
  { kind: 'memory', open: memoryStation },
  { kind: 'pseudo-terminal', open: terminalStation },
])('queue counter on $kind', ({ open }) => {
  let station: QueueStation;
  beforeAll(async () => {
    station = await open();
  });
  afterAll(async () => {
    await station.close();
  });
  beforeEach(async () => {
    station.device.set({ silent: false, noise: false, badChecksum: false, refusal: undefined });
    station.faults.clear();
    await until('ready', () => station.counter.status().state === 'ready', 8000);
  });

  /** What one call gave, and what the hall counted for it. */
  async function take(service = 'legal-aid'): Promise<{ outcome: unknown; counted: string[] }> {
    const before = station.device.numbers.length;
    const outcome = await station.counter.take(service);
    return { outcome, counted: station.device.numbers.slice(before) };
  }

  it('gives one number after the other, for each service its own', async () => {
    const first = await take();
    expect(first.counted).toHaveLength(1);
    expect(first.outcome).toEqual({
      kind: 'taken',
      number: first.counted[0],
      waiting: expect.any(Number) as number,
    });
    const second = await take();
    expect(second.counted[0]).not.toBe(first.counted[0]);
    expect((await take('notary')).counted[0]).toMatch(/^C/);
  });

  it('says why the hall gives none, and asks for no service that nobody named', async () => {
    station.device.set({ refusal: 'closed' });
    expect(await take()).toEqual({ outcome: { kind: 'refused', reason: 'closed' }, counted: [] });
    station.device.set({ refusal: undefined });
    const refused = { outcome: { kind: 'refused', reason: 'unknown_service' }, counted: [] };
    expect(await take('parking')).toEqual(refused);
    expect(await take('legal-aid,x\r\n$TAKE')).toEqual(refused);
  });

  it.each([
    ['a slow line', (each: QueueStation) => each.faults.inject({ kind: 'delay', ms: 450 })],
    ['answers in pieces', (each: QueueStation) => each.faults.inject({ kind: 'fragment', bytes: 1 })],
    ['noise', (each: QueueStation) => each.device.set({ noise: true })],
    ['a wrong check byte', (each: QueueStation) => each.device.set({ badChecksum: true })],
    ['a turned bit', (each: QueueStation) => each.faults.inject({ kind: 'flip', at: 8 })],
    ['an answer cut off', (each: QueueStation) => each.faults.inject({ kind: 'drop', at: 9 })],
  ])('counts once through %s', async (_, hurt) => {
    hurt(station);
    const { outcome, counted } = await take();
    expect(counted).toHaveLength(1);
    expect(outcome).toMatchObject({ kind: 'taken', number: counted[0] });
  });

  it('tells nobody a number when the counter is silent or gone, and is back within five seconds', async () => {
    station.device.set({ silent: true });
    expect((await take()).outcome).toEqual({ kind: 'failed', reason: 'silent' });
    await until('silent', () => station.counter.status().state === 'fault', 3000);
    station.device.set({ silent: false });
    await until('ready again', () => station.counter.status().state === 'ready', 5000);
    await station.unplug();
    await until('absent', () => station.counter.status().state === 'absent', 3000);
    expect((await take()).outcome).toEqual({ kind: 'failed', reason: 'absent' });
    await station.replug();
    await until('back', () => station.counter.status().state === 'ready', 5000);
    expect((await take()).counted).toHaveLength(1);
  }, 30_000);
});
