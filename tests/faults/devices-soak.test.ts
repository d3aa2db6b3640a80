import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterEach, expect, it, vi } from 'vitest';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import type { IdCardReaderPort } from '../../hardware/id-card-reader/port.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { MemoryLink, SerialLink } from '../../hardware/link/index.ts';
import type { ByteLink } from '../../hardware/link/index.ts';
import { QueueCounter } from '../../hardware/queue-counter/index.ts';
import type { QueueCounterPort } from '../../hardware/queue-counter/port.ts';
import { SimulatedQueueCounter } from '../../hardware/queue-counter/simulator.ts';
import { ReceiptPrinter, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import type { ReceiptPrinterPort } from '../../hardware/receipt-printer/port.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { SimulatedStation } from '../../tools/sim/station.ts';
import { sampleDocument, testEdges, until } from '../contract/devices.samples.ts';

/** Hours of a kiosk with a visitor every six minutes, each of whom reads a card, takes a number and prints. */
const hours = Number(process.env['SOAK_HOURS'] ?? 3);
const visitEveryMs = 360_000;
const visits = Math.round((hours * 3_600_000) / visitEveryMs);
/** Over pseudo-terminals a visit takes its time: fewer of them, each with the cables pulled. */
const terminalVisits = Math.max(8, Math.round(visits / 4));

/** Waits that are shortened where no clock is simulated. */
const readerTiming = { find: 2, keepAlive: 20, settle: 2, probeRound: 10, idleRound: 10, patience: 0.05 };
const printerTiming = {
  ...{ heartbeat: 3, fullRound: 9, answers: [60, 100, 200], settle: 2, remind: 50, retract: 100, grace: 20 },
  ...{ finishing: 2, finishSlack: 500, quiet: 100, slowestMmPerSecond: 100_000 },
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const quiet = { log: { info: () => undefined, warn: () => undefined }, today: testEdges().today };
const profile = (() => {
  const parsed = shippedPrinterProfile('generic-80mm');
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
})();

interface Machine {
  reader: IdCardReaderPort;
  printer: ReceiptPrinterPort;
  counter: QueueCounterPort;
  card: SimulatedCardReader;
  paper: SimulatedPrinter;
}

/** The drivers of a machine on these lines, with their own waits or with `timing`. */
function openMachine(
  links: Record<'reader' | 'printer' | 'counter', ByteLink>,
  timing?: { reader: typeof readerTiming; printer: typeof printerTiming },
): Pick<Machine, 'reader' | 'printer' | 'counter'> {
  return {
    reader: new IdCardReader({ link: links.reader, ...quiet, ...(timing ? { timing: timing.reader } : {}) }),
    counter: new QueueCounter({ link: links.counter, log: quiet.log, firstId: 1 }),
    printer: new ReceiptPrinter({
      ...{ link: links.printer, baudRate: 1_000_000, profile, log: quiet.log },
      ...(timing ? { timing: timing.printer } : {}),
    }),
  };
}

function simulated(paper: SimulatedPrinter) {
  const devices = { reader: new SimulatedCardReader(), printer: paper, counter: new SimulatedQueueCounter() };
  const links = {
    reader: new MemoryLink(devices.reader),
    printer: new MemoryLink(devices.printer),
    counter: new MemoryLink(devices.counter),
  };
  return { devices, links };
}

const isReady = ({ reader, printer, counter }: Omit<Machine, 'card' | 'paper'>): boolean =>
  [reader, printer, counter].every((device) => device.status().state === 'ready');

async function closeMachine({ reader, printer, counter }: Omit<Machine, 'card' | 'paper'>): Promise<void> {
  await Promise.all([reader.close(), printer.close(), counter.close()]);
}

/** One visitor, who reads a card, takes a number and prints. */
async function visitAt({ card, paper, reader, printer, counter }: Machine): Promise<void> {
  const { signal } = new AbortController();
  card.place(syntheticCards.jia);
  const kinds: string[] = [];
  for await (const { kind } of reader.read({ signal, timeoutMs: 10_000 })) kinds.push(kind);
  expect(kinds.at(-1)).toBe('read');
  card.remove();
  expect(await reader.lifted({ signal, timeoutMs: 10_000 })).toBe('lifted');
  expect(await counter.take('legal-aid')).toMatchObject({ kind: 'taken' });
  expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  expect(paper.takeSlips()).toHaveLength(1);
}

/** Weighs the heap now and then; the second half may not weigh more than the first by more than 4 MB. */
class Scales {
  #early = 0;
  #late = 0;

  weigh(isLate: boolean): void {
    collectGarbage();
    const heap = process.memoryUsage().heapUsed;
    if (isLate) this.#late = Math.max(this.#late, heap);
    else this.#early = Math.max(this.#early, heap);
  }

  expectNoGrowth(): void {
    expect(this.#late - this.#early).toBeLessThan(4_000_000);
  }
}

/** What a process holds that can be counted: timers and sockets, files, listeners. */
const held = () => ({
  resources: process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length,
  files: readdirSync('/proc/self/fd').length,
  listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
});

/** Too many listeners on anything is a warning of Node. */
const warnings: string[] = [];
process.on('warning', ({ message }) => warnings.push(message));

afterEach(() => {
  vi.useRealTimers();
  expect(warnings).toEqual([]);
});

it(`nothing grows in ${hours} hours of a simulated clock, with the waits of the real machine`, async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  const settled = async (promise: Promise<void>): Promise<void> => {
    let done = false;
    void promise.finally(() => (done = true)).catch(() => undefined);
    while (!done) await vi.advanceTimersByTimeAsync(20);
    return promise;
  };
  const { devices, links } = simulated(new SimulatedPrinter({ mmPerSecond: 150, bufferBytes: 4096 }));
  const machine = { ...openMachine(links), card: devices.reader, paper: devices.printer };
  const scales = new Scales();
  const timers: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    await vi.advanceTimersByTimeAsync(visitEveryMs);
    if (visit % 7 === 3) {
      for (const link of Object.values(links)) link.unplug();
      await vi.advanceTimersByTimeAsync(20_000);
      for (const link of Object.values(links)) link.replug();
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(isReady(machine)).toBe(true);
    await settled(visitAt(machine));
    timers.push(vi.getTimerCount());
    if (visit % 10 === 9) scales.weigh(visit >= visits / 2);
  }
  scales.expectNoGrowth();
  expect(Math.max(...timers)).toBeLessThan(10);
  await settled(closeMachine(machine));
  expect(vi.getTimerCount()).toBe(0);
}, 3_600_000);

it(`nothing grows when the drivers are opened and closed ${visits} times`, async () => {
  const before = held();
  const scales = new Scales();
  for (let round = 0; round < visits; round += 1) {
    const { devices, links } = simulated(new SimulatedPrinter());
    const opened = openMachine(links, { reader: readerTiming, printer: printerTiming });
    await until('ready', () => isReady(opened));
    await visitAt({ ...opened, card: devices.reader, paper: devices.printer });
    await closeMachine(opened);
    if (round % 10 === 9) scales.weigh(round >= visits / 2);
  }
  await sleep(50);
  const after = held();
  expect(after.resources).toBeLessThanOrEqual(before.resources + 1);
  expect(after.files).toBeLessThanOrEqual(before.files);
  expect(after.listeners).toBe(before.listeners);
  scales.expectNoGrowth();
}, 3_600_000);

it(`nothing grows in ${terminalVisits} visits over pseudo-terminals, with cables pulled and drivers opened anew`, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'soak-'));
  const baudRate = 1_000_000;
  const station = new SimulatedStation({
    ...{ dir, baudRate, columns: profile.columns, keepSlips: false, mmPerSecond: 4000 },
  });
  const names = ['reader', 'printer', 'counter'] as const;
  const plug = () => Promise.all(names.map((name) => station.plug(name)));
  const open = () => {
    const link = (name: (typeof names)[number]) =>
      new SerialLink({ path: station.linkOf(name), baudRate, reopenDelaysMs: [50] });
    const links = { reader: link('reader'), printer: link('printer'), counter: link('counter') };
    const timing = {
      // A pseudo-terminal is as slow as the machine is busy.
      reader: { ...readerTiming, patience: 1 },
      printer: { ...printerTiming, answers: [300, 300], heartbeat: 50, fullRound: 200 },
    };
    return { ...openMachine(links, timing), card: station.reader, paper: station.printer };
  };
  await plug();
  const scales = new Scales();
  let before = held();
  let machine = open();
  for (let visit = 0; visit < terminalVisits; visit += 1) {
    await until('ready', () => isReady(machine), 10_000);
    await visitAt(machine);
    if (visit % 2 === 1) {
      await Promise.all(names.map((name) => station.unplug(name)));
      const { reader, printer, counter } = machine;
      await until(
        'missed',
        () => [reader, printer, counter].every((device) => device.status().state !== 'ready'),
        10_000,
      );
      await plug();
    }
    if (visit % 4 === 3) {
      await closeMachine(machine);
      await sleep(100);
      // What the first rounds load stays.
      if (visit === 3) before = held();
      expect(held().files).toBeLessThanOrEqual(before.files);
      expect(held().resources).toBeLessThanOrEqual(before.resources + 2);
      expect(held().listeners).toBe(before.listeners);
      scales.weigh(visit >= terminalVisits / 2);
      machine = open();
    }
  }
  scales.expectNoGrowth();
  await closeMachine(machine);
  await station.close();
  rmSync(dir, { recursive: true });
}, 3_600_000);
