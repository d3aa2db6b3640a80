import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { ReceiptPrinter, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { sampleDocument, testEdges, until } from '../contract/devices.samples.ts';

/** Hours of a kiosk with a visitor every six minutes, each of whom reads a card and prints; waits are shortened. */
const visits = Math.round(Number(process.env['SOAK_HOURS'] ?? 3) * 10);

const readerTiming = { find: 2, keepAlive: 20, settle: 2, probeRounds: [10], patience: 0.05 };
const printerTiming = {
  ...{ heartbeat: 3, fullRound: 9, answers: [60, 100, 200], settle: 2, remind: 50, retract: 100 },
  ...{ finishing: 2, finishSlack: 500, slowestMmPerSecond: 100_000 },
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const open = (): number => process.getActiveResourcesInfo().filter((name) => name !== 'Immediate').length;

it(`nothing grows in ${visits} visits with unplugged cables in between`, async () => {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const before = open();
  const card = new SimulatedCardReader();
  const paper = new SimulatedPrinter();
  const links = { card: new MemoryLink(card), paper: new MemoryLink(paper) };
  const quiet = { log: { info: () => undefined, warn: () => undefined }, today: testEdges().today };
  const reader = new IdCardReader({ link: links.card, timing: readerTiming, ...quiet });
  const printer = new ReceiptPrinter({
    ...{ link: links.paper, baudRate: 10_000_000, profile: profile.value },
    ...{ log: quiet.log, timing: printerTiming },
  });
  const { signal } = new AbortController();
  let early = 0;
  let most = 0;
  for (let visit = 0; visit < visits; visit += 1) {
    if (visit % 7 === 3) {
      links.card.unplug();
      links.paper.unplug();
      links.card.replug();
      links.paper.replug();
    }
    await until('both ready', () => reader.status().state === 'ready' && printer.status().state === 'ready');
    card.place(syntheticCards.jia);
    const kinds: string[] = [];
    for await (const { kind } of reader.read({ signal, timeoutMs: 3000 })) kinds.push(kind);
    expect(kinds.at(-1)).toBe('read');
    card.remove();
    expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('lifted');
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    expect(paper.takeSlips()).toHaveLength(1);
    if (visit % 10 === 9) {
      collectGarbage();
      const heap = process.memoryUsage().heapUsed;
      if (visit < visits / 2) early = Math.max(early, heap);
      else most = Math.max(most, heap);
      expect(open() - before).toBeLessThan(12);
    }
  }
  expect(most - early).toBeLessThan(4_000_000);
  await Promise.all([reader.close(), printer.close()]);
  await sleep(50);
  expect(open()).toBeLessThanOrEqual(before + 1);
}, 3_600_000);
