import { setTimeout as sleep } from 'node:timers/promises';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { SerialLink } from '../../hardware/link/index.ts';
import type { DeviceLog } from '../../hardware/log.ts';
import { findLineArtist, ReceiptPrinter } from '../../hardware/receipt-printer/index.ts';
import type { PrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { cutMethods, qrMethods } from '../../hardware/receipt-printer/profile.ts';
import type { Technician } from './ask.ts';
import { numberedPage, testPage } from './pages.ts';
import type { technicianWords } from './report.ts';

interface TriedPrinter {
  path: string;
  baudRate: number;
  /** What is known before: the model's own profile, or the general one of its width. */
  profile: PrinterProfile;
  log: DeviceLog;
}

const readyMs = 8000;

/** Ways to end a slip that can be tried: a presenter is told from a tear bar by looking at it. */
const triedCuts = cutMethods.filter((method) => method !== 'fs-p' && method !== 'tear-bar');
const triedCodes = qrMethods.filter((method) => method !== 'raster');

/**
 * Prints what the models differ in, asks what came out, and gives the profile that fits (hardware.md 6, acceptance probes).
 * What the technician does not answer stays as it was.
 */
export async function tryPrinter(
  printer: TriedPrinter,
  technician: Technician,
  words: ReturnType<typeof technicianWords>['try'],
): Promise<PrinterProfile> {
  const { profile } = printer;
  const print = (document: ReceiptDocument, change: Partial<PrinterProfile>, testsFont = false) =>
    printWith({ ...printer, profile: { ...profile, ...change } }, document, testsFont);
  await print(testPage(), {}, profile.fontRom !== 'ascii');
  const font = await technician.ask(words.font);
  for (const [at, qr] of triedCodes.entries()) await print(numberedPage(at + 1, `QR ${qr}`, true), { qr });
  const codes = await technician.ask(words.codes);
  for (const [at, cut] of triedCuts.entries())
    await print(numberedPage(at + 1, `CUT ${cut}`, false), { cut });
  const cuts = await technician.ask(words.cuts);
  return {
    ...profile,
    fontRom: ({ '0': 'ascii', '1': 'gb2312', '2': 'gbk' } as const)[font] ?? profile.fontRom,
    qr: codes === '0' ? 'raster' : (chosen(triedCodes, codes) ?? profile.qr),
    cut: cuts === '0' ? 'tear-bar' : (chosen(triedCuts, cuts) ?? profile.cut),
  };
}

/** The first of the numbers that the technician named. */
function chosen<Method>(methods: readonly Method[], answer: string): Method | undefined {
  const [first] = answer.split(/[\s,，、]+/).filter((word) => word !== '');
  return first === undefined ? undefined : methods[Number(first) - 1];
}

async function printWith(
  { path, baudRate, profile, log }: TriedPrinter,
  document: ReceiptDocument,
  testsFont: boolean,
): Promise<void> {
  const link = new SerialLink({ path, baudRate, flow: profile.flow });
  const printer = new ReceiptPrinter({ link, baudRate, profile, log, artist: findLineArtist() });
  const end = performance.now() + readyMs;
  while (printer.status().state !== 'ready' && performance.now() < end) await sleep(20);
  await printer.print(document, { testsFont });
  await printer.close();
}
