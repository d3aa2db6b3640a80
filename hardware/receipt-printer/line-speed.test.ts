import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import { success } from '../../app/domain/result.ts';
import { recordingLog } from '../../tests/contract/devices.samples.ts';
import type { ByteLink } from '../link/index.ts';
import { Listeners } from '../link/index.ts';
import { encodeReceipt } from './encoder.ts';
import { printerProfileNames, ReceiptPrinter, shippedPrinterProfile } from './index.ts';
import { SimulatedPrinter } from './simulator.ts';

/** From the last bit of a question to the first of its answer, and through an adapter without a latency timer. */
const latencyMs = 2;

/** A line on which every byte takes its time; the clock is a false one, so that only waits of the driver count. */
function pacedLink(device: SimulatedPrinter, baudRate: number): ByteLink {
  const bytesSent = new Listeners<Uint8Array>();
  let free = 0;
  return {
    state: 'open',
    onState: () => () => undefined,
    onBytes: (listener) => bytesSent.add(listener),
    write: (bytes) => {
      free = Math.max(free, performance.now()) + (bytes.length * 10_000) / baudRate;
      setTimeout(() => {
        for (const reply of device.receive(bytes))
          setTimeout(() => bytesSent.emit(reply.bytes), latencyMs + reply.delayMs);
      }, free - performance.now());
      return Promise.resolve(success(undefined));
    },
    reopen: () => undefined,
    close: () => Promise.resolve(),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const line = { kind: 'text', text: '一次性伤残补助金按九个月工资计发，共四万五千元' } as const;
const long = { title: '测试', blocks: Array.from({ length: 68 }, () => line) };
const inChinese = printerProfileNames.filter((name) => {
  const profile = shippedPrinterProfile(name);
  return profile.ok && profile.value.fontRom !== 'ascii';
});

it.each(inChinese.flatMap((name) => [9600, 19_200, 115_200].map((baudRate) => [name, baudRate] as const)))(
  'sends a slip of 30 cm in the time of the line and a tenth: %s at %i',
  async (name, baudRate) => {
    const profile = shippedPrinterProfile(name);
    if (!profile.ok) throw new Error(profile.failure);
    const device = new SimulatedPrinter({ columns: profile.value.columns });
    const link = pacedLink(device, baudRate);
    const printer = new ReceiptPrinter({ link, baudRate, profile: profile.value, log: recordingLog() });
    while (printer.status().state !== 'ready') await vi.advanceTimersByTimeAsync(50);
    const bytes = encodeReceipt(layoutReceipt(long, profile.value.columns), profile.value).reduce(
      (sum, piece) => sum + piece.length,
      0,
    );
    let first: number | undefined;
    let started = 0;
    let taken = 0;
    const outcome = printer.print(long, {
      onProgress: (share) => {
        if (first === undefined) started = performance.now();
        if (share === 1) taken = performance.now();
        first ??= share;
      },
    });
    let done = false;
    void outcome.then(() => (done = true));
    while (!done) await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual({ kind: 'printed' });
    const lineMs = (bytes * (1 - (first ?? 0)) * 10_000) / baudRate;
    expect((taken - started) / lineMs).toBeLessThan(1.1);
    const closing = printer.close();
    await vi.advanceTimersByTimeAsync(5000);
    await closing;
  },
);
