import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { MemoryLink, SerialLink } from '../../hardware/link/index.ts';
import { ReceiptPrinter, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { PseudoTerminal } from '../../tools/sim/pty.ts';
import { sampleDocument, testEdges, until } from '../contract/devices.samples.ts';

/** Hours of a kiosk with a visitor every six minutes, each of whom reads a card and prints; waits are shortened. */
const visits = Math.round(Number(process.env['SOAK_HOURS'] ?? 3) * 10);

const readerTiming = { find: 2, keepAlive: 20, settle: 2, probeRound: 10, idleRound: 10, patience: 0.05 };
const printerTiming = {
  ...{ heartbeat: 3, fullRound: 9, answers: [60, 100, 200], settle: 2, remind: 50, retract: 100, grace: 20 },
  ...{ finishing: 2, finishSlack: 500, quiet: 100, slowestMmPerSecond: 100_000 },
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const open = (): number => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;

/** The drivers of a machine on simulated devices. */
function openMachine() {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const card = new SimulatedCardReader();
  const paper = new SimulatedPrinter();
  const links = { card: new MemoryLink(card), paper: new MemoryLink(paper) };
  const quiet = { log: { info: () => undefined, warn: () => undefined }, today: testEdges().today };
  const reader = new IdCardReader({ link: links.card, timing: readerTiming, ...quiet });
  const printer = new ReceiptPrinter({
    ...{ link: links.paper, baudRate: 10_000_000, profile: profile.value },
    ...{ log: quiet.log, timing: printerTiming },
  });
  return { card, paper, links, reader, printer };
}

type Machine = ReturnType<typeof openMachine>;

/** One visitor, who reads a card and prints. */
async function visitAt({ card, paper, reader, printer }: Machine): Promise<void> {
  await until('both ready', () => reader.status().state === 'ready' && printer.status().state === 'ready');
  const { signal } = new AbortController();
  card.place(syntheticCards.jia);
  const kinds: string[] = [];
  for await (const { kind } of reader.read({ signal, timeoutMs: 3000 })) kinds.push(kind);
  expect(kinds.at(-1)).toBe('read');
  card.remove();
  expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('lifted');
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

  get growth(): number {
    return this.#late - this.#early;
  }
}

it(`nothing grows in ${visits} visits with unplugged cables in between`, async () => {
  const before = open();
  const machine = openMachine();
  const { links, reader, printer } = machine;
  const scales = new Scales();
  for (let visit = 0; visit < visits; visit += 1) {
    if (visit % 7 === 3) {
      links.card.unplug();
      links.paper.unplug();
      links.card.replug();
      links.paper.replug();
    }
    await visitAt(machine);
    if (visit % 10 === 9) {
      scales.weigh(visit >= visits / 2);
      expect(open() - before).toBeLessThan(12);
    }
  }
  expect(scales.growth).toBeLessThan(4_000_000);
  await Promise.all([reader.close(), printer.close()]);
  await sleep(50);
  expect(open()).toBeLessThanOrEqual(before + 1);
}, 3_600_000);

it(`nothing grows when the drivers are opened and closed ${visits} times`, async () => {
  const before = open();
  const warnings: string[] = [];
  const warned = ({ message }: Error) => warnings.push(message);
  process.on('warning', warned);
  const scales = new Scales();
  for (let round = 0; round < visits; round += 1) {
    const machine = openMachine();
    await visitAt(machine);
    await Promise.all([machine.reader.close(), machine.printer.close()]);
    if (round % 10 === 9) scales.weigh(round >= visits / 2);
  }
  await sleep(50);
  process.off('warning', warned);
  expect(open()).toBeLessThanOrEqual(before + 1);
  expect(scales.growth).toBeLessThan(4_000_000);
  // Too many listeners on anything is a warning of Node.
  expect(warnings).toEqual([]);
}, 3_600_000);

it('leaves no file open after a port was opened, asked and closed again and again', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'soak-'));
  const terminal = await PseudoTerminal.open(join(dir, 'device'), {
    baudRate: 115_200,
    receive: (bytes) => terminal.send([bytes], 0),
  });
  const rounds = Math.max(20, Math.round(visits / 4));
  const files = (): number => readdirSync('/proc/self/fd').length;
  let before = 0;
  for (let round = 0; round < rounds; round += 1) {
    // The first rounds load what stays.
    if (round === 5) before = files();
    const link = new SerialLink({ path: join(dir, 'device'), baudRate: 115_200 });
    let echoed = 0;
    link.onBytes((bytes) => (echoed += bytes.length));
    await until('open', () => link.state === 'open');
    await link.write(Uint8Array.of(0x10, 0x04, 0x01));
    await until('echo', () => echoed === 3);
    await link.close();
  }
  expect(files()).toBeLessThanOrEqual(before);
  await terminal.close();
  rmSync(dir, { recursive: true });
}, 3_600_000);
