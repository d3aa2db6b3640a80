import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { SyntheticCardName } from '../../hardware/id-card-reader/synthetic-card.ts';
import { decodeTextBlock } from '../../hardware/id-card-reader/text-block.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { ReceiptPrinter, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import type { IdentityCard } from '../../app/domain/identity/card.ts';
import { sampleDocument, slipLines, slipSignature, testEdges, until } from '../contract/devices.samples.ts';
import { runSchedules } from './devices-schedule.ts';
import type { Dice } from './devices-schedule.ts';

const schedules = Number(process.env['DEVICE_SCHEDULES'] ?? 60);
const together = 40;
const readyAgainMs = 5000;

const cardNames = [
  'jia',
  'yi',
  'hongkong',
  'foreign2017',
  'foreign2023',
] as const satisfies SyntheticCardName[];

const personOf = (card: IdentityCard): string =>
  [card.name, card.number, card.birth, card.address].map((field) => field.reveal()).join(' ');
const people = new Map(
  cardNames.map((name) => {
    const card = decodeTextBlock(Buffer.from(syntheticCards[name]), '2026-06-01');
    if (!card.ok) throw new Error(name);
    return [name, personOf(card.value)];
  }),
);

function breakLine(dice: Dice, link: MemoryLink): void {
  const at = dice.below(1400);
  dice.one([
    () => link.inject({ kind: 'flip', at }),
    () => link.inject({ kind: 'drop', at }),
    () => link.inject({ kind: 'flip', at: dice.below(12) }),
    () => link.faults.replace({ kind: 'delay', ms: dice.below(60) }),
    () => link.faults.replace({ kind: 'fragment', bytes: dice.below(40) }),
    () => link.clearFaults(),
  ])();
}

/** Random bytes before and after what the device says. */
function withJunk(dice: Dice, device: SimulatedCardReader | SimulatedPrinter, junk: () => boolean): void {
  const receive = device.receive.bind(device);
  const random = () => Uint8Array.from({ length: dice.below(30) }, () => dice.below(256));
  device.receive = (bytes) => {
    const replies = receive(bytes);
    if (!junk()) return replies;
    return replies.map((reply) => ({ ...reply, bytes: Buffer.concat([random(), reply.bytes, random()]) }));
  };
}

describe('card reader', () => {
  const timing = { find: 4, keepAlive: 60, settle: 4, probeRound: 20, idleRound: 20, patience: 0.03 };

  it(`gives nobody another person's data in ${schedules} random schedules, and is back after each`, async () => {
    let read = 0;
    await runSchedules(schedules, together, async (dice) => {
      const device = new SimulatedCardReader();
      const link = new MemoryLink(device);
      const reader = new IdCardReader({ link, timing, ...testEdges() });
      let junk = false;
      withJunk(dice, device, () => junk);
      /** Whose card lay there since the reading began. */
      const lain = new Set<SyntheticCardName>();
      let lying: SyntheticCardName | undefined;
      const place = (name: SyntheticCardName) => {
        device.remove();
        device.place(syntheticCards[name]);
        lying = name;
        lain.add(name);
      };
      const lift = () => {
        device.remove();
        lying = undefined;
      };
      const act = () =>
        dice.one([
          () => place(dice.one(cardNames)),
          () => place(dice.one(cardNames)),
          lift,
          () => device.set({ badChecksum: true }),
          () => device.set({ doubled: dice.next() < 0.5 }),
          () => device.set({ noise: dice.next() < 0.5 }),
          () => device.set({ silent: dice.next() < 0.3 }),
          () => device.set({ damagedCard: dice.next() < 0.3 }),
          () => device.set({ pullAtBlock: 1 + dice.below(15) }),
          () => (junk = dice.next() < 0.3),
          () => breakLine(dice, link),
          () => breakLine(dice, link),
          () => link.unplug(),
          () => link.replug(),
        ])();
      for (let person = 0; person < 3; person += 1) {
        lain.clear();
        if (lying) lain.add(lying);
        if (dice.next() < 0.6) place(dice.one(cardNames));
        const gone = new AbortController();
        const acting = (async () => {
          for (let turn = 0; turn < 6; turn += 1) {
            await sleep(dice.below(30));
            act();
          }
          if (dice.next() < 0.5) gone.abort();
        })();
        for await (const reading of reader.read({ signal: gone.signal, timeoutMs: 200 })) {
          if (reading.kind !== 'read') continue;
          read += 1;
          const allowed = [...lain].map((name) => people.get(name as (typeof cardNames)[number]));
          expect(allowed).toContain(personOf(reading.card));
        }
        await acting;
      }
      device.set({ silent: false, noise: false, doubled: false, damagedCard: false, pullAtBlock: undefined });
      device.set({ badChecksum: false });
      junk = false;
      link.clearFaults();
      lift();
      link.unplug();
      link.replug();
      await until('ready again', () => reader.status().state === 'ready', readyAgainMs);
      place('yi');
      const { signal } = new AbortController();
      const last: string[] = [];
      for await (const reading of reader.read({ signal, timeoutMs: 2000 }))
        last.push(reading.kind === 'read' ? personOf(reading.card) : reading.kind);
      expect(last.at(-1)).toBe(people.get('yi'));
      await reader.close();
    });
    expect(read).toBeGreaterThan(schedules / 10);
  });
});

describe('printer', () => {
  const profile = shippedPrinterProfile('generic-80mm');
  const timing = {
    ...{
      heartbeat: 10,
      fullRound: 30,
      answers: [30, 60, 120],
      settle: 5,
      remind: 50,
      retract: 100,
      grace: 20,
    },
    ...{ finishing: 5, finishSlack: 1500, quiet: 60, slowestMmPerSecond: 2000 },
  };
  const others: ReceiptDocument[] = ['一', '二', '三'].map((text) => ({
    title: '测试',
    blocks: Array.from({ length: 12 }, () => ({ kind: 'text', text: `第${text}位` }) as const),
  }));

  it(`claims no slip that is not whole in ${schedules} random schedules, and is back after each`, async () => {
    if (!profile.ok) throw new Error(profile.failure);
    let printed = 0;
    await runSchedules(schedules, together, async (dice) => {
      // One that prints what comes at once, or lets it wait in its buffer while the paper moves.
      const slow = dice.next() < 0.5;
      const device = new SimulatedPrinter(slow ? { mmPerSecond: 4000, bufferBytes: 4096 } : {});
      const link = new MemoryLink(device);
      const options = { baudRate: 10_000_000, profile: profile.value, log: testEdges().log, timing };
      const printer = new ReceiptPrinter({ ...options, link });
      let junk = false;
      let jammed = false;
      withJunk(dice, device, () => junk);
      const act = () =>
        dice.one([
          () => device.set({ paperOut: dice.next() < 0.5, paperOutAt: undefined }),
          () => device.set({ paperOutAt: dice.below(2500) }),
          () => device.set({ coverOpen: dice.next() < 0.4 }),
          () => device.set({ cutterJam: dice.next() < 0.4 }),
          () => device.set({ jamAtCut: dice.next() < 0.5 }),
          () => device.set({ overheated: dice.next() < 0.4 }),
          () => device.set({ silent: dice.next() < 0.3 }),
          () => device.set({ noise: dice.next() < 0.5 }),
          () => breakLine(dice, link),
          () => {
            link.unplug(dice.next() < 0.5 ? undefined : dice.below(3000));
            if (dice.next() < 0.5) device.powerCycle();
          },
          () => link.replug(),
        ])();
      for (const document of others) {
        await sleep(dice.below(20));
        device.takeSlips();
        const stop = new AbortController();
        const acting = (async () => {
          for (let turn = 0; turn < 4; turn += 1) {
            await sleep(dice.below(12));
            act();
            jammed ||= device.troubles.jamAtCut || device.troubles.cutterJam;
          }
          if (dice.next() < 0.2) stop.abort();
        })();
        const outcome = await printer.print(document, { signal: stop.signal });
        const whole = slipLines(printer.layout(document), profile.value.columns, () => false);
        const slips = device.slips();
        if (outcome.kind === 'printed') {
          printed += 1;
          // A cutter that jams and is freed between two looks leaves a whole slip on the roll.
          const copies = slips.filter(
            (slip) => (slip.cut || jammed) && slipSignature(slip).join() === whole.join(),
          );
          expect(copies).toHaveLength(1);
        }
        // Whatever happened, no slip carries lines of two people.
        for (const slip of slips) {
          const text = slipSignature(slip).join();
          expect(
            others.filter(({ blocks }) => 'text' in blocks[0]! && text.includes(blocks[0].text)).length,
          ).toBeLessThan(2);
        }
        await acting;
      }
      junk = true;
      await sleep(30);
      junk = false;
      device.set({
        paperOut: false,
        paperOutAt: undefined,
        coverOpen: false,
        cutterJam: false,
        jamAtCut: false,
      });
      device.set({ overheated: false, silent: false, noise: false });
      link.clearFaults();
      link.unplug();
      link.replug();
      await until('ready again', () => printer.status().state === 'ready', readyAgainMs);
      device.takeSlips();
      expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
      expect(slipSignature(device.slips().at(-1))).toEqual(
        slipLines(printer.layout(sampleDocument), profile.value.columns, () => false),
      );
      await printer.close();
    });
    expect(printed).toBeGreaterThan(schedules / 10);
  });
});
