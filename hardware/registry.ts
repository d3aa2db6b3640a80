import { readFileSync } from 'node:fs';

import { failure } from '../app/domain/result.ts';
import type { Result } from '../app/domain/result.ts';
import { cardReaderSpeeds, IdCardReader } from './id-card-reader/index.ts';
import type { IdCardReaderPort } from './id-card-reader/port.ts';
import { SerialLink } from './link/index.ts';
import type { DeviceLog } from './log.ts';
import {
  findLineArtist,
  parsePrinterProfile,
  printLayout,
  ReceiptPrinter,
  shippedPrinterProfile,
} from './receipt-printer/index.ts';
import type { PrinterProfile } from './receipt-printer/index.ts';
import type { ReceiptPrinterPort } from './receipt-printer/port.ts';

/** Which devices this machine has and where they are. */
interface DeviceProfile {
  /** `profile`: the name of a shipped printer profile, or the path of a profile file ending in `.json`. */
  printer?: { path: string; profile: string; baudRate: number };
  cardReader?: { path: string };
}

interface DeviceEdges {
  log: DeviceLog;
  /** Today's ISO date where the kiosk stands: a card is valid or not by it. */
  today: () => string;
}

/** The devices of this machine; a device it does not have says so. */
export interface Devices {
  printer: ReceiptPrinterPort;
  cardReader: IdCardReaderPort;
  close(): Promise<void>;
}

/**
 * Opens the devices of a machine. Devices that are unplugged, busy or silent are no error: their ports say so and heal.
 * Throws when the printer profile is wrong, with the wrong key in the message.
 */
export function openDevices(profile: DeviceProfile, { log, today }: DeviceEdges): Devices {
  const printer = profile.printer ? openPrinter(profile.printer, log) : absentPrinter();
  const cardReader = profile.cardReader
    ? openCardReader(profile.cardReader.path, { log, today })
    : absentCardReader();
  return {
    printer,
    cardReader,
    close: async () => {
      await Promise.all([printer.close(), cardReader.close()]);
    },
  };
}

function openPrinter(options: NonNullable<DeviceProfile['printer']>, log: DeviceLog): ReceiptPrinterPort {
  const { path, baudRate } = options;
  const profile = printerProfile(options.profile);
  const link = new SerialLink({ path, baudRate });
  return new ReceiptPrinter({ link, baudRate, profile, log, artist: findLineArtist() });
}

function openCardReader(path: string, edges: DeviceEdges): IdCardReaderPort {
  const link = new SerialLink({ path, baudRate: cardReaderSpeeds[0] ?? 115_200 });
  return new IdCardReader({ link, ...edges });
}

function printerProfile(name: string): PrinterProfile {
  const profile = name.endsWith('.json') ? readProfile(name) : shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(`printer profile ${name}: ${profile.failure}`);
  return profile.value;
}

function readProfile(path: string): Result<PrinterProfile, string> {
  try {
    return parsePrinterProfile(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}

function absentPrinter(): ReceiptPrinterPort {
  const profile = printerProfile('generic-80mm');
  return {
    status: () => ({ state: 'absent' }),
    onStatus: () => () => undefined,
    slipPlace: () => 'none',
    onSlipPlace: () => () => undefined,
    takeSlipBack: () => Promise.resolve(),
    layout: (document) => printLayout(document, profile),
    print: () => Promise.resolve({ kind: 'not_started', reason: 'absent' }),
    close: () => Promise.resolve(),
  };
}

function absentCardReader(): IdCardReaderPort {
  return {
    status: () => ({ state: 'absent' }),
    onStatus: () => () => undefined,
    read: async function* () {
      await Promise.resolve();
      yield { kind: 'failed', reason: 'reader_absent' };
    },
    lifted: () => Promise.resolve('unknown'),
    samId: () => undefined,
    close: () => Promise.resolve(),
  };
}
