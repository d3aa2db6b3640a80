import { setTimeout as sleep } from 'node:timers/promises';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import type { CardReading } from '../../hardware/id-card-reader/port.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { SamFramer, samReply } from '../../hardware/id-card-reader/frame.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { decodeTextBlock, textOfReadReply } from '../../hardware/id-card-reader/text-block.ts';
import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import {
  findLineArtist,
  printLayout,
  ReceiptPrinter,
  shippedPrinterProfile,
} from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import type { Bench, BenchRow } from './row.ts';

/** Speed of the byte work at the devices: framing and decoding card data, encoding a slip of 30 cm. */
export const bench: Bench = {
  name: 'devices',
  run: async () => [
    framing(),
    decoding(),
    encoding('plain', false),
    encoding('one drawn line', true),
    await cardToFields(),
    await tapToFirstByte(),
  ],
};

const edges = {
  log: { info: () => undefined, warn: () => undefined },
  today: () => '2026-06-01',
};

const cardReply = samReply({
  status: 0x90,
  data: Buffer.concat([Uint8Array.of(1, 0, 4, 0), syntheticCards.jia, new Uint8Array(1024)]),
});

function framing(): BenchRow {
  const stream = Buffer.concat(Array.from({ length: 200 }, () => cardReply));
  const ms = medianMs(20, () => {
    const framer = new SamFramer();
    for (let at = 0; at < stream.length; at += 64) framer.push(stream.subarray(at, at + 64));
  });
  return {
    what: 'card reader: framing in pieces of 64 bytes',
    ours: round(stream.length / 1000 / ms),
    unit: 'MB/s',
  };
}

/** The driver's own share: a simulated reader answers at once, a real one takes about a second more. */
async function cardToFields(): Promise<BenchRow> {
  const device = new SimulatedCardReader();
  const reader = new IdCardReader({ link: new MemoryLink(device), ...edges });
  const { signal } = new AbortController();
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    let placed = 0;
    for await (const { kind } of readingWhenReady(reader, signal)) {
      if (kind === 'waiting') {
        setTimeout(() => {
          device.place(syntheticCards.jia);
          placed = performance.now();
        }, 50 * turn);
      }
      if (kind === 'read') times.push(performance.now() - placed);
    }
    device.remove();
    await reader.lifted({ signal, timeoutMs: 5000 });
  }
  await reader.close();
  return {
    what: 'card reader: card placed to fields, slowest of 7',
    ours: round(Math.max(...times)),
    unit: 'ms',
  };
}

async function* readingWhenReady(reader: IdCardReader, signal: AbortSignal): AsyncGenerator<CardReading> {
  while (reader.status().state !== 'ready') await sleep(5);
  yield* reader.read({ signal, timeoutMs: 5000 });
}

async function tapToFirstByte(): Promise<BenchRow> {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const device = new SimulatedPrinter();
  const link = new MemoryLink(device);
  const printer = new ReceiptPrinter({ link, baudRate: 115_200, profile: profile.value, log: edges.log });
  while (printer.status().state !== 'ready') await sleep(5);
  const times: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    const before = device.workedOff;
    const started = performance.now();
    let first = 0;
    await printer.print(longDocument(false), {
      onProgress: () => (first ||= device.workedOff > before ? performance.now() - started : 0),
    });
    times.push(first);
  }
  await printer.close();
  return {
    what: 'printer: tap to first piece worked off, slowest of 7',
    ours: round(Math.max(...times)),
    unit: 'ms',
  };
}

function decoding(): BenchRow {
  const [reply] = new SamFramer().push(cardReply);
  const ms = medianMs(20, () => {
    for (let turn = 0; turn < 1000; turn += 1) {
      const text = reply && textOfReadReply(reply.data);
      if (!text || !decodeTextBlock(text, '2026-06-01').ok)
        throw new Error('the synthetic card does not decode');
    }
  });
  return { what: 'card reader: decoding one card', ours: round(ms), unit: 'µs' };
}

function encoding(what: string, drawn: boolean): BenchRow {
  const profile = shippedPrinterProfile('generic-80mm');
  if (!profile.ok) throw new Error(profile.failure);
  const document = longDocument(drawn);
  const artist = findLineArtist();
  let lengthMm = 0;
  const ms = medianMs(15, () => {
    const layout = printLayout(document, profile.value);
    lengthMm = layout.lengthMm;
    encodeReceipt(layout.lines, profile.value, artist);
  });
  return { what: `printer: encoding a slip of ${lengthMm} mm, ${what}`, ours: round(ms), unit: 'ms' };
}

function longDocument(drawn: boolean): ReceiptDocument {
  const item = {
    kind: 'pair',
    label: '一次性伤残补助金（九级，九个月本人工资）',
    value: '45,000.00 元',
  } as const;
  return {
    title: '工伤待遇计算',
    blocks: [
      { kind: 'title', text: '云岭法务通' },
      ...Array.from({ length: 31 }, () => item),
      ...(drawn ? [{ kind: 'text', text: '𠮷先生' } as const] : []),
      { kind: 'qr', data: 'https://example.invalid/s/A012', caption: '扫码带走' },
    ],
  };
}

function medianMs(turns: number, work: () => void): number {
  const times = Array.from({ length: turns }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(turns / 2)] ?? 0;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
