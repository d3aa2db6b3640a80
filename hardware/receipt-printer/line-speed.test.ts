import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { recordingLog, slipLines, slipSignature } from '../../tests/contract/devices.samples.ts';
import type { SerialFlow } from '../link/index.ts';
import { MemoryLink } from '../link/index.ts';
import { encodeReceipt, printLayout } from './encoder.ts';
import { printerProfileNames, ReceiptPrinter, shippedPrinterProfile } from './index.ts';
import type { PrinterProfile } from './index.ts';
import type { PrintOutcome } from './port.ts';
import { SimulatedPrinter } from './simulator.ts';

/** From the last bit of a question to the first of its answer, and through an adapter without a latency timer. */
const latencyMs = 2;

// The clock is a false one, so that only waits of the driver, of the line and of the paper count.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function profileOf(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

/** A slip of so many lines in letters that every printer has. */
const slipOf = (lines: number): ReceiptDocument => ({
  title: '测试',
  blocks: Array.from({ length: lines }, (_, at) => ({
    kind: 'text',
    text: `line ${String(at).padStart(3, '0')} of a slip of nobody, to be printed`,
  })),
});

async function settled<Value>(promise: Promise<Value>, stepMs: number): Promise<Value> {
  let done = false;
  void promise.then(() => (done = true));
  while (!done) await vi.advanceTimersByTimeAsync(stepMs);
  return promise;
}

interface Setting {
  name?: string;
  baudRate?: number;
  mmPerSecond?: number;
  bufferBytes?: number;
  flow?: SerialFlow;
  /** What the profile says of the buffer. */
  claimedBytes?: number;
}

/** A driver on a line that takes its time, before a printer that does. */
async function setUp(setting: Setting) {
  const { name = 'generic-80mm', baudRate = 115_200, flow = 'none', claimedBytes, ...paper } = setting;
  const shipped = profileOf(name);
  const profile = { ...shipped, flow, bufferBytes: claimedBytes ?? shipped.bufferBytes };
  const device = new SimulatedPrinter({ columns: profile.columns, flow, ...paper });
  device.set({ answerDelayMs: latencyMs });
  const link = new MemoryLink(device, { baudRate, flow });
  const printer = new ReceiptPrinter({ link, baudRate, profile, log: recordingLog() });
  while (printer.status().state !== 'ready') await vi.advanceTimersByTimeAsync(50);
  return { profile, device, link, printer, close: () => settled(printer.close(), 50) };
}

const line = { kind: 'text', text: '一次性伤残补助金按九个月工资计发，共四万五千元' } as const;
const inChinese = printerProfileNames.filter((name) => profileOf(name).fontRom !== 'ascii');

it.each(inChinese.flatMap((name) => [9600, 19_200, 115_200].map((baudRate) => [name, baudRate] as const)))(
  'sends a slip of 30 cm in the time of the line and a tenth: %s at %i',
  async (name, baudRate) => {
    const { profile, printer, close } = await setUp({ name, baudRate, mmPerSecond: 150, bufferBytes: 4096 });
    const length = (lines: number): number =>
      printLayout({ title: '', blocks: Array.from({ length: lines }, () => line) }, profile).lengthMm;
    let lines = 1;
    while (length(lines + 1) <= 300) lines += 1;
    const long = { title: '测试', blocks: Array.from({ length: lines }, () => line) };
    const bytes = Buffer.concat(encodeReceipt(printLayout(long, profile).lines, profile)).length;
    let first: number | undefined;
    let started = 0;
    let taken = 0;
    const onProgress = (share: number): void => {
      if (first === undefined) started = performance.now();
      if (share === 1) taken = performance.now();
      first ??= share;
    };
    expect(await settled(printer.print(long, { onProgress }), 1)).toEqual({ kind: 'printed' });
    const lineMs = (bytes * (1 - (first ?? 0)) * 10_000) / baudRate;
    expect((taken - started) / lineMs).toBeLessThan(1.1);
    await close();
  },
);

describe('a receive buffer of 4 kB before paper that moves 100 mm a second', () => {
  const slow = { mmPerSecond: 100, bufferBytes: 4096 };
  const long = slipOf(220);

  async function printed(setting: Setting): Promise<{ outcome: PrintOutcome; lost: number; whole: number }> {
    const { profile, device, printer, close } = await setUp({ ...slow, ...setting });
    const outcome = await settled(printer.print(long), 5);
    const lines = slipLines(printer.layout(long), profile.columns, () => false).join();
    await close();
    const slips = device.takeSlips();
    return {
      outcome,
      lost: device.lostBytes,
      whole: slips.filter((slip) => slip.cut && slipSignature(slip).join() === lines).length,
    };
  }

  it.each<[flow: SerialFlow, lost: boolean]>([
    ['none', true],
    ['rtscts', false],
    ['xonxoff', false],
  ])('overflows before a driver that does not look, unless it stops the line: %s', async (flow, lost) => {
    const { profile, device, link, printer, close } = await setUp({ ...slow, flow });
    await link.write(Buffer.concat(encodeReceipt(printer.layout(long).lines, profile)));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(device.lostBytes > 0).toBe(lost);
    await close();
  });

  it.each(
    [...printerProfileNames].flatMap((name) =>
      (['none', 'rtscts', 'xonxoff'] as const).map((flow) => [name, flow] as const),
    ),
  )('never overflows before ours: %s with %s', async (name, flow) => {
    for (const baudRate of [19_200, 115_200]) {
      const { outcome, lost, whole } = await printed({ name, flow, baudRate });
      expect({ outcome, lost }).toEqual({ outcome: { kind: 'printed' }, lost: 0 });
      if (profileOf(name).cut !== 'tear-bar' && profileOf(name).presenter === 'none') expect(whole).toBe(1);
    }
  });

  it('makes no slip printed that was not, where the profile says too much of the buffer', async () => {
    const { outcome, lost, whole } = await printed({ claimedBytes: 16_384 });
    expect(lost).toBeGreaterThan(0);
    expect([outcome.kind, whole]).toEqual(['interrupted', 0]);
  });

  it('is not harmed by such a profile where the printer stops the line', async () => {
    for (const flow of ['rtscts', 'xonxoff'] as const)
      expect(await printed({ claimedBytes: 16_384, flow })).toEqual({
        outcome: { kind: 'printed' },
        lost: 0,
        whole: 1,
      });
  });

  it.each(['none', 'xonxoff'] as const)(
    'tells why it stands still, in the middle of a long slip: %s',
    async (flow) => {
      const { device, printer, close } = await setUp({ ...slow, flow });
      device.set({ paperOutAt: 5000 });
      expect(await settled(printer.print(long), 5)).toEqual({ kind: 'interrupted', reason: 'paper_out' });
      expect(device.lostBytes).toBe(0);
      await close();
    },
  );

  /** Prints a slip of almost a buffer, and another at once when the first was broken off. */
  async function afterwards(name: string, breakOff: 'cancelled' | 'paper out') {
    const { profile, device, printer, close } = await setUp({ ...slow, name });
    // The first job begins with a clean-up.
    await settled(printer.print(slipOf(1)), 5);
    const first = slipOf(75);
    const stop = new AbortController();
    if (breakOff === 'paper out') device.set({ paperOutAt: 1000 });
    const onProgress = (share: number): void => {
      if (share > 0.7 && breakOff === 'cancelled') stop.abort();
    };
    const outcome = await settled(printer.print(first, { signal: stop.signal, onProgress }), 5);
    device.set({ paperOut: false });
    const waited = performance.now();
    while (printer.status().state !== 'ready') await vi.advanceTimersByTimeAsync(5);
    const readyAfterMs = performance.now() - waited;
    const next = slipOf(70);
    const nextOutcome = await settled(printer.print(next), 5);
    const lines = slipLines(printer.layout(next), profile.columns, () => false).join();
    await close();
    const whole = device
      .takeSlips()
      .filter((slip) => slip.cut && slipSignature(slip).join() === lines).length;
    return { outcome: outcome.kind, nextOutcome, lost: device.lostBytes, whole, readyAfterMs };
  }

  it.each(
    ['generic-80mm', 'masung-ms-ep'].flatMap((name) => [
      [name, 'cancelled'] as const,
      [name, 'paper out'] as const,
    ]),
  )('keeps the next slip whole and apart: %s, %s', async (name, breakOff) => {
    const { readyAfterMs, ...after } = await afterwards(name, breakOff);
    expect(after).toEqual({
      ...{ outcome: 'interrupted', nextOutcome: { kind: 'printed' } },
      ...{ lost: 0, whole: 1 },
    });
    expect(readyAfterMs).toBeLessThan(5000);
  });
});
