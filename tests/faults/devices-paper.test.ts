import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { PrintProgress } from '../../app/contract/receipt.ts';
import { systemClock, systemRandomness } from '../../app/core/edges.ts';
import { Journal } from '../../app/core/journal/index.ts';
import { printSlip, reprintSlip } from '../../app/core/receipt/index.ts';
import type { Visit } from '../../app/core/session/index.ts';
import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { ReceiptPrinter, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { slipLines, slipSignature, testEdges, until } from '../contract/devices.samples.ts';

/** Bytes from one try to the next; 1 with `npm run fuzz`. */
const step = Number(process.env['PAPER_STEP'] ?? 61);

let home: string;
let journal: Journal;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'paper-'));
  const newStream = () => '0'.repeat(32);
  journal = new Journal(join(home, 'journal.db'), { now: () => 1, newStream, bootId: 'b', maxBytes: 1e9 });
});
afterEach(() => {
  journal.close();
  rmSync(home, { recursive: true });
});

const timing = {
  ...{ heartbeat: 4, fullRound: 8, answers: [60, 100, 200], settle: 2, remind: 50, retract: 100, grace: 20 },
  ...{ finishing: 2, finishSlack: 500, quiet: 250, slowestMmPerSecond: 100_000 },
};

const document: ReceiptDocument = {
  title: '测试',
  blocks: Array.from(
    { length: 100 },
    (_, at) => ({ kind: 'text', text: `第 ${at} 行，测试甲的小票` }) as const,
  ),
};

const visitNow = (): Visit => ({
  ...{ id: systemRandomness.uuid(), language: 'zh-CN', signal: new AbortController().signal },
  ...{ served: false, rated: false, slips: 0, belongings: new Map(), farewells: new Set() },
});

async function lastOf(progress: AsyncIterable<PrintProgress>): Promise<PrintProgress | undefined> {
  let last: PrintProgress | undefined;
  for await (const each of progress) last = each;
  return last;
}

/** One that prints what comes at once, and one that lets it wait in its buffer while the paper moves. */
const papers = {
  'at once': {},
  'while the paper moves': { mmPerSecond: 4000, bufferBytes: 4096 },
} as const;

it.each(Object.entries(papers))(
  `paper out at every ${step}. byte of a slip of 2 kB, printed %s: the journal is right, and new paper gives one whole copy`,
  async (_, paper) => {
    const profile = shippedPrinterProfile('generic-80mm');
    if (!profile.ok) throw new Error(profile.failure);
    const device = new SimulatedPrinter(paper);
    const link = new MemoryLink(device);
    const options = { link, baudRate: 10_000_000, profile: profile.value, log: testEdges().log, timing };
    const printer = new ReceiptPrinter(options);
    const dependencies = { printer, journal, clock: systemClock, random: systemRandomness };
    const { lines } = printer.layout(document);
    // The first job of a driver begins with a clean-up.
    await until('ready', () => printer.status().state === 'ready');
    await printer.print(document);
    device.takeSlips();
    const total = Buffer.concat(encodeReceipt(lines, profile.value)).length;
    expect(total).toBeGreaterThan(2000);
    const whole = slipLines(printer.layout(document), profile.value.columns, () => false).join();
    const wholeCopies = () =>
      device.takeSlips().filter((slip) => slip.cut && slipSignature(slip).join() === whole).length;
    for (let at = 0; at <= total + step; at += step) {
      await until('ready', () => printer.status().state === 'ready');
      const visit = visitNow();
      device.set({ paperOutAt: at });
      let last = await lastOf(printSlip(dependencies, { visit, slip: 'contacts', document }));
      const first = last?.state;
      let copies = wholeCopies();
      // After the last byte only the question about the paper is left.
      if (at < total) expect([at, first, copies]).toEqual([at, 'held', 0]);
      else expect([at, first === 'printed' || first === 'held', copies]).toEqual([at, true, 1]);
      device.set({ paperOut: false, paperOutAt: undefined });
      await until('new paper', () => printer.status().state === 'ready');
      // The rest of the broken slip is cut off before anybody prints.
      copies = wholeCopies();
      expect(copies).toBe(0);
      if (last?.state === 'held') {
        last = await lastOf(reprintSlip(dependencies, { visit, jobId: last.jobId }));
        expect([last?.state, wholeCopies()]).toEqual(['printed', 1]);
      }
      const outcomes = journal
        .outbox(1_000_000)
        ?.rows.filter(({ type, payload }) => type === 'print.ended' && payload['session'] === visit.id)
        .map(({ payload }) => payload['outcome']);
      expect(outcomes).toEqual(first === 'held' ? ['held', 'reprinted'] : ['printed']);
    }
    expect(device.lostBytes).toBe(0);
    await printer.close();
  },
  3_600_000,
);
