import type { DocumentPrinterPort } from './document-printer/port.ts';
import type { IdCardReaderPort } from './id-card-reader/port.ts';
import type { MicrophonePort } from './microphone/port.ts';
import type { QueueCounterPort } from './queue-counter/port.ts';
import { printLayout } from './receipt-printer/index.ts';
import type { PrinterProfile } from './receipt-printer/index.ts';
import type { ReceiptPrinterPort } from './receipt-printer/port.ts';

// Devices that a machine does not have: each says so and does nothing.

/** Previews are laid out for `profile` all the same. */
export function absentPrinter(profile: PrinterProfile): ReceiptPrinterPort {
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

export function absentCardReader(): IdCardReaderPort {
  return {
    status: () => ({ state: 'absent' }),
    onStatus: () => () => undefined,
    read: async function* () {
      await Promise.resolve();
      yield { kind: 'failed', reason: 'reader_absent' };
    },
    cardLies: () => false,
    lifted: () => Promise.resolve('unknown'),
    samId: () => undefined,
    close: () => Promise.resolve(),
  };
}

export function absentMicrophone(): MicrophonePort {
  return {
    status: () => ({ state: 'absent' }),
    onStatus: () => () => undefined,
    record: async function* () {
      await Promise.resolve();
      yield { kind: 'failed', reason: 'absent' };
    },
    close: () => Promise.resolve(),
  };
}

export function absentDocumentPrinter(): DocumentPrinterPort {
  return {
    status: () => Promise.resolve({ state: 'absent' }),
    print: () => Promise.resolve({ kind: 'not_started', reason: 'absent' }),
    close: () => Promise.resolve(),
  };
}

export function absentQueueCounter(): QueueCounterPort {
  return {
    status: () => ({ state: 'absent' }),
    onStatus: () => () => undefined,
    take: () => Promise.resolve({ kind: 'failed', reason: 'absent' }),
    close: () => Promise.resolve(),
  };
}
