import { afterEach } from 'vitest';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { recordingLog, until } from './devices.samples.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import type { PrinterTiming } from '../../hardware/receipt-printer/conversation.ts';
import {
  findLineArtist,
  ReceiptPrinter,
  shippedPrinterProfile,
} from '../../hardware/receipt-printer/index.ts';
import type { PrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';

/** Waits so short that a test need not. */
export const quickTiming: PrinterTiming = {
  ...{ heartbeat: 30, fullRound: 60, answers: [30, 60, 100], settle: 10 },
  ...{ finishing: 10, finishSlack: 100, quiet: 100, slowestMmPerSecond: 1000 },
  ...{ remind: 150, retract: 300, grace: 60 },
};

/** The shipped profile of this name. */
export function profileOf(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

/** Draws for all tests of a file: letters that are drawn once are kept. */
export const sharedArtist = findLineArtist();

/** A driver before a simulated printer, not ready yet. */
export function openPrinter(
  name = 'generic-80mm',
  device = new SimulatedPrinter({ columns: profileOf(name).columns }),
  timing = quickTiming,
) {
  const profile = profileOf(name);
  const link = new MemoryLink(device);
  const log = recordingLog();
  const printer = new ReceiptPrinter({
    ...{ link, baudRate: 115_200, profile, log, timing, artist: sharedArtist },
  });
  return { profile, device, link, printer, log };
}

/** The same, once it is ready. */
export async function readyPrinter(...given: Parameters<typeof openPrinter>) {
  const opened = openPrinter(...given);
  await until('ready', () => opened.printer.status().state === 'ready');
  return opened;
}

/** Gets printers ready for the tests of the file that calls this, and closes those in `open` after each test. */
export function printersOfAFile() {
  const open: ReceiptPrinter[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((printer) => printer.close()));
  });
  const setUp = async (...given: Parameters<typeof readyPrinter>) => {
    const opened = await readyPrinter(...given);
    open.push(opened.printer);
    return opened;
  };
  return { open, setUp };
}

/** Two parts of a slip, and letters that every model has. */
export const plainLines: ReceiptDocument = {
  title: 'Test',
  blocks: Array.from({ length: 40 }, (_, at) => ({ kind: 'text', text: `line ${at}` }) as const),
};
