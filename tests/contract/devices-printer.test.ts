import { setTimeout as sleep } from 'node:timers/promises';

import { expect } from 'vitest';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { rareDocument, sampleDocument, until } from './devices.samples.ts';
import type { Station } from './devices.stations.ts';
import { onEveryStation } from './devices.suite.ts';

type Printing = Pick<Station, 'printer' | 'hands'>;

const ready = async ({ printer }: Printing, limitMs = 8000): Promise<number> =>
  until('printer ready', () => printer.status().state === 'ready', limitMs);

/** What came out since the last look, where somebody can look: whole copies of the document, and no other slip. */
async function expectCopies({ hands }: Printing, document: ReceiptDocument, copies: number): Promise<void> {
  const seen = await hands.takeSlips?.(document);
  if (seen) expect(seen).toEqual({ slips: copies, copies });
}

onEveryStation(
  'printer',
  {
    ready: async (station) => {
      await station.hands.paperOk?.();
      await station.hands.emptyTray?.();
      await ready(station, 10_000);
    },
  },
  (check) => {
    check('prints what the preview shows, drawn characters too', [], async (station) => {
      for (const document of [sampleDocument, rareDocument]) {
        expect(await station.printer.print(document)).toEqual({ kind: 'printed' });
        await expectCopies(station, document, 1);
      }
    });

    check('begins within 300 ms and sends a slip of 30 cm as fast as the line', [], fastAsTheLine, {
      retry: 3,
    });

    check('stays ready when nobody prints', [], async ({ printer }) => {
      const seen: string[] = [];
      const off = printer.onStatus(({ state }) => seen.push(state));
      await sleep(6000);
      off();
      expect(seen).toEqual([]);
    });

    check('prints one job at a time', [], async (station) => {
      const first = station.printer.print(sampleDocument);
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'not_started', reason: 'busy' });
      expect(await first).toEqual({ kind: 'printed' });
      await expectCopies(station, sampleDocument, 1);
    });

    check('prints nothing that nobody wants any more', [], async (station) => {
      const signal = AbortSignal.abort();
      expect(await station.printer.print(sampleDocument, { signal })).toEqual({
        kind: 'not_started',
        reason: 'cancelled',
      });
      const stop = new AbortController();
      const onProgress = () => stop.abort();
      const outcome = await station.printer.print(sampleDocument, { signal: stop.signal, onProgress });
      expect(outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
      // The half slip, and after it a whole one.
      const seen = await station.hands.takeSlips?.(rareDocument);
      if (seen) expect(seen).toEqual({ slips: 2, copies: 1 });
    });

    check('starts nothing without paper', ['paperOut', 'paperOk'], async (station) => {
      await station.hands.paperOut();
      expect(await station.printer.print(sampleDocument)).toEqual({
        kind: 'not_started',
        reason: 'paper_out',
      });
      expect(station.printer.status()).toEqual({ state: 'fault', fault: 'paper_out' });
      await expectCopies(station, sampleDocument, 0);
      await station.hands.paperOk();
    });

    check('starts nothing with an open cover, and heals', ['cover'], async (station) => {
      await station.hands.cover('open');
      expect(await station.printer.print(sampleDocument)).toEqual({
        kind: 'not_started',
        reason: 'cover_open',
      });
      await station.hands.cover('closed');
      await ready(station);
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
    });

    check(
      'never claims a slip on which the paper ended',
      ['paperOutAt', 'paperOk', 'takeSlips'],
      async (station) => {
        const { lines } = station.printer.layout(sampleDocument);
        const total = Buffer.concat(encodeReceipt(lines, station.profile)).length;
        for (let at = 0; ; at += Math.ceil(total / station.tries)) {
          await station.hands.paperOutAt(at);
          const outcome = await station.printer.print(sampleDocument);
          const { copies } = await station.hands.takeSlips(sampleDocument);
          await station.hands.paperOk();
          await ready(station);
          if (outcome.kind === 'printed') {
            expect(copies).toBe(1);
            break;
          }
          expect(outcome).toEqual({ kind: 'interrupted', reason: 'paper_out' });
          expect(at).toBeLessThan(50_000);
        }
      },
      { timeout: 120_000 },
    );

    check(
      'prints after new paper without mixing two slips',
      ['paperOutAt', 'paperOk', 'takeSlips'],
      async (station) => {
        await station.hands.paperOutAt(1200);
        expect(await station.printer.print(sampleDocument)).toMatchObject({ kind: 'interrupted' });
        await station.hands.paperOk();
        await ready(station);
        expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
        expect(await station.hands.takeSlips(rareDocument)).toEqual({ slips: 2, copies: 1 });
      },
    );

    check(
      'notices the unplugged printer in mid-job, and is back within five seconds',
      ['pullCable', 'replug'],
      async (station) => {
        let pulled: Promise<void> | undefined;
        const outcome = await station.printer.print(sampleDocument, {
          onProgress: () => {
            pulled ??= station.hands.pullCable('printer');
          },
        });
        await pulled;
        expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
        expect(station.printer.status()).toEqual({ state: 'absent' });
        expect(await station.printer.print(sampleDocument)).toEqual({
          kind: 'not_started',
          reason: 'absent',
        });
        await sleep(500);
        await station.hands.replug('printer');
        expect(await ready(station)).toBeLessThan(5000);
        expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
      },
    );

    check(
      'notices the unplugged printer when idle within three seconds',
      ['unplug', 'replug'],
      async (station) => {
        await station.hands.unplug('printer');
        const absent = () => station.printer.status().state === 'absent';
        expect(await until('absent', absent)).toBeLessThan(3000);
        await station.hands.replug('printer');
        expect(await ready(station)).toBeLessThan(5000);
      },
    );

    check(
      'notices the silent printer when idle within three seconds',
      ['silence', 'speak'],
      async (station) => {
        await station.hands.silence('printer');
        const offline = () => station.printer.status().state === 'fault';
        expect(await until('offline', offline)).toBeLessThan(3000);
        await station.hands.speak('printer');
        await ready(station);
      },
    );

    check('prints through late answers', ['delay'], async (station) => {
      await station.hands.delay('printer', 60);
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
      await station.hands.delay('printer', 0);
    });

    check('prints through single bytes', ['fragments'], async (station) => {
      await station.hands.fragments('printer', 1);
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
      await station.hands.fragments('printer', 0);
    });

    check('prints through noise', ['garbage'], async (station) => {
      await station.hands.garbage('printer', true);
      expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
      await station.hands.garbage('printer', false);
    });

    check('asks again after an answer with a turned bit', ['flip'], async (station) => {
      await station.hands.flip('printer', 0);
      expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    });

    check(
      'prints on the last metres of paper and says that they are',
      ['paperLow', 'paperOk'],
      async (station) => {
        await station.hands.paperLow();
        expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'printed' });
        expect(station.printer.status()).toEqual({ state: 'ready', paperLow: true });
        await station.hands.paperOk();
      },
    );

    check('does not claim a slip that the cutter keeps', ['cutter'], async (station) => {
      await station.hands.cutter('jam');
      expect(await station.printer.print(sampleDocument)).toEqual({
        kind: 'interrupted',
        reason: 'cutter_jam',
      });
      expect(station.printer.status()).toEqual({ state: 'fault', fault: 'cutter_jam' });
      await station.hands.cutter('ok');
      await ready(station);
    });
  },
);

async function fastAsTheLine(station: Station): Promise<void> {
  const { printer, profile, baudRate } = station;
  const line = { kind: 'text', text: '一次性伤残补助金按九个月工资计发，共四万五千元' } as const;
  const long = { title: '测试', blocks: Array.from({ length: 68 }, () => line) };
  const { lengthMm, lines } = printer.layout(long);
  expect([lengthMm >= 280, lengthMm <= 300]).toEqual([true, true]);
  const bytes = encodeReceipt(lines, profile).reduce((sum, piece) => sum + piece.length, 0);
  const started = performance.now();
  const taken: { share: number; ms: number }[] = [];
  const onProgress = (share: number) => taken.push({ share, ms: performance.now() - started });
  expect(await printer.print(long, { onProgress })).toEqual({ kind: 'printed' });
  const [first, last] = [taken[0]!, taken.at(-1)!];
  const lineMs = (share: number): number => ((bytes * share * 10) / baudRate) * 1000;
  // The first piece was on its way for a while before it was taken.
  expect(first.ms).toBeLessThan(300 + lineMs(first.share));
  // 1.1 on an idle machine; the pseudo-terminal of a busy one is slower than a line.
  expect(last.ms - first.ms).toBeLessThan(lineMs(1 - first.share) * 3);
  await expectCopies(station, long, 1);
}
