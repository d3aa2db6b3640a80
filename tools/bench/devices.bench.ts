import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { SamFramer, samReply } from '../../hardware/id-card-reader/frame.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { decodeTextBlock, textOfReadReply } from '../../hardware/id-card-reader/text-block.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { findLineArtist, printLayout } from '../../hardware/receipt-printer/index.ts';
import type { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { openDevices, printerProfile } from '../../hardware/registry.ts';
import type { Devices } from '../../hardware/registry.ts';
import { SimulatedStation } from '../sim/station.ts';
import type { Bench, BenchRow } from './row.ts';

/** The promised times at the devices, and the byte work behind them: framing and decoding cards, encoding slips. */
export const bench: Bench = {
  name: 'devices',
  run: async () => [framing(), decoding(), ...encodings(), ...(await overTerminals())],
};

const profile = printerProfile('generic-80mm');

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

const tries = 7;
const baudRate = 115_200;

/** The drivers of the real machine on the pseudo-terminals of `npm run sim`, as slow as lines, cards and paper are. */
async function overTerminals(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-devices-'));
  const station = new SimulatedStation({ dir, baudRate, columns: profile.columns, keepSlips: false });
  await Promise.all([station.plug('printer'), station.plug('reader')]);
  const devices = openDevices(
    {
      printer: { path: station.linkOf('printer'), profile: 'generic-80mm', baudRate },
      cardReader: { path: station.linkOf('reader') },
    },
    edges,
  );
  try {
    while (devices.printer.status().state !== 'ready' || devices.cardReader.status().state !== 'ready')
      await sleep(5);
    return [await cardToFields(station, devices), ...(await tapToPaper(station, devices))];
  } finally {
    await devices.close();
    await station.close();
    rmSync(dir, { recursive: true });
  }
}

async function cardToFields({ reader }: SimulatedStation, { cardReader }: Devices): Promise<BenchRow> {
  const { signal } = new AbortController();
  const times: number[] = [];
  for (let turn = 0; turn < tries; turn += 1) {
    let placed = 0;
    for await (const { kind } of cardReader.read({ signal, timeoutMs: 10_000 })) {
      // Somewhere between two looks for a card.
      if (kind === 'waiting')
        setTimeout(() => {
          reader.place(syntheticCards.jia);
          placed = performance.now();
        }, 50 * turn);
      if (kind === 'read') times.push(performance.now() - placed);
    }
    reader.remove();
    await cardReader.lifted({ signal, timeoutMs: 10_000 });
  }
  const what = `card reader: card placed to fields, slowest of ${tries} (promised 2000)`;
  return { what, ours: round(Math.max(...times)), unit: 'ms' };
}

/** From the call to the first byte of the slip at the printer, and how long its bytes take against the bare line. */
async function tapToPaper({ printer: device }: SimulatedStation, { printer }: Devices): Promise<BenchRow[]> {
  const document = longDocument(false, 67);
  const { lines, lengthMm } = printer.layout(document);
  const bytes = Buffer.concat(encodeReceipt(lines, profile)).length;
  const firsts: number[] = [];
  const shares: number[] = [];
  for (let turn = 0; turn <= tries; turn += 1) {
    const seen = firstAndLast(device);
    const started = performance.now();
    await printer.print(document);
    firsts.push(seen.first() - started);
    shares.push((seen.last() - seen.first()) / ((bytes * 10_000) / baudRate));
    seen.end();
  }
  const [first = 0, ...others] = firsts;
  const toPaper = 'printer: tap to first byte of the slip at the printer';
  return [
    { what: `${toPaper}, first slip after a start`, ours: round(first), unit: 'ms' },
    { what: `${toPaper}, slowest of ${tries} (promised 300)`, ours: round(Math.max(...others)), unit: 'ms' },
    {
      what: `printer: ${lengthMm} mm of text, ${bytes} bytes, on the line (promised 1.1)`,
      ours: round(medianOf(shares)),
      unit: 'times of the line',
    },
  ];
}

/** When the first and the last bytes of a slip came to the device: it begins with ESC @ and ends with the cut. */
function firstAndLast(device: SimulatedPrinter): {
  first: () => number;
  last: () => number;
  end: () => void;
} {
  const receive = device.receive.bind(device);
  let first = 0;
  let last = 0;
  let recent = Buffer.alloc(0);
  device.receive = (bytes) => {
    recent = Buffer.concat([recent, bytes]);
    if (first === 0 && recent.includes(begin)) first = performance.now();
    if (first > 0 && last === 0 && recent.subarray(recent.indexOf(begin)).includes(cut))
      last = performance.now();
    return receive(bytes);
  };
  return { first: () => first, last: () => last, end: () => (device.receive = receive) };
}

const begin = Buffer.from([0x1b, 0x40]);
const cut = Buffer.from([0x1d, 0x56, 0x42]);

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

function encodings(): BenchRow[] {
  const artist = findLineArtist();
  const encode = (document: ReceiptDocument) => () => {
    encodeReceipt(printLayout(document, profile).lines, profile, artist);
  };
  const rare = longDocument(true, 31);
  const { lengthMm } = printLayout(longDocument(false, 31), profile);
  const what = `printer: encoding a slip of ${lengthMm} mm`;
  return [
    { what: `${what}, plain`, ours: round(medianMs(15, encode(longDocument(false, 31)))), unit: 'ms' },
    {
      what: `${what}, one drawn line for the first time`,
      ours: round(medianMs(1, encode(rare))),
      unit: 'ms',
    },
    { what: `${what}, one drawn line again`, ours: round(medianMs(15, encode(rare))), unit: 'ms' },
  ];
}

/** A slip of so many pairs, or as many lines where there are more of them. */
function longDocument(drawn: boolean, lines: number): ReceiptDocument {
  const item = {
    kind: 'pair',
    label: '一次性伤残补助金（九级，九个月本人工资）',
    value: '45,000.00 元',
  } as const;
  const text = { kind: 'text', text: '一次性伤残补助金按九个月工资计发，共四万五千元' } as const;
  return {
    title: '工伤待遇计算',
    blocks: [
      { kind: 'title', text: '云岭法务通' },
      ...Array.from({ length: lines }, () => (lines > 40 ? text : item)),
      ...(drawn ? [{ kind: 'text', text: '𠮷先生' } as const] : []),
    ],
  };
}

function medianMs(turns: number, work: () => void): number {
  const times = Array.from({ length: turns }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return medianOf(times);
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
