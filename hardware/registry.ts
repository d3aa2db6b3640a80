import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { failure } from '../app/domain/result.ts';
import type { Result } from '../app/domain/result.ts';
import {
  absentCardReader,
  absentDocumentPrinter,
  absentMicrophone,
  absentPrinter,
  absentQueueCounter,
} from './absent.ts';
import { DocumentPrinter, printingSystemOf } from './document-printer/index.ts';
import type { DocumentPrinterPort } from './document-printer/port.ts';
import { cardReaderSpeeds, IdCardReader } from './id-card-reader/index.ts';
import type { IdCardReaderPort } from './id-card-reader/port.ts';
import { SerialLink } from './link/index.ts';
import type { DeviceLog } from './log.ts';
import { alsaRecorder, Microphone } from './microphone/index.ts';
import type { RecorderProgram } from './microphone/index.ts';
import type { MicrophonePort } from './microphone/port.ts';
import { QueueCounter } from './queue-counter/index.ts';
import type { QueueCounterPort } from './queue-counter/port.ts';
import {
  findLineArtist,
  parsePrinterProfile,
  ReceiptPrinter,
  shippedPrinterProfile,
} from './receipt-printer/index.ts';
import type { PrinterProfile } from './receipt-printer/index.ts';
import { soundSocketOf, socketPlayer, socketRecorder } from './sound-socket.ts';
import { findPlayer, Speaker } from './speaker/index.ts';
import type { PlayerProgram } from './speaker/index.ts';
import type { SpeakerPort } from './speaker/port.ts';
import type { ReceiptPrinterPort } from './receipt-printer/port.ts';

/** Which devices this machine has and where they are. */
interface DeviceProfile {
  /** `profile`: the name of a shipped printer profile, or the path of a profile file ending in `.json`. */
  printer?: { path: string; profile: string; baudRate: number };
  cardReader?: { path: string };
  /** ALSA devices such as `default` or `plughw:1,0`. */
  microphone?: { device: string };
  speaker?: { device: string };
  /** An A4 printer: the name of its CUPS queue, or `socket:` and the path of a simulator. */
  documentPrinter?: { queue: string };
  /** The serial line to the counter of the hall that gives queue numbers. */
  queueCounter?: { path: string; baudRate: number };
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
  microphone: MicrophonePort;
  speaker: SpeakerPort;
  documentPrinter: DocumentPrinterPort;
  queueCounter: QueueCounterPort;
  close(): Promise<void>;
}

/**
 * Opens the devices of a machine. Devices that are unplugged, busy or silent are no error: their ports say so and heal.
 * Throws when the printer profile is wrong, with the wrong key in the message.
 */
export function openDevices(profile: DeviceProfile, { log, today }: DeviceEdges): Devices {
  const printer = profile.printer
    ? openPrinter(profile.printer, log)
    : absentPrinter(printerProfile('generic-80mm'));
  const cardReader = profile.cardReader
    ? openCardReader(profile.cardReader.path, { log, today })
    : absentCardReader();
  const microphone = profile.microphone
    ? new Microphone({ recorder: recorderOf(profile.microphone.device), log })
    : absentMicrophone();
  // A loudspeaker needs no setting up: it is heard on the default device, or says that there is none.
  const speaker = new Speaker({ player: playerOf(profile.speaker?.device), log });
  const queueCounter = profile.queueCounter
    ? openQueueCounter(profile.queueCounter, log)
    : absentQueueCounter();
  const documentPrinter = profile.documentPrinter
    ? new DocumentPrinter({ ...printingSystemOf(profile.documentPrinter.queue), log })
    : absentDocumentPrinter();
  return {
    printer,
    cardReader,
    microphone,
    speaker,
    documentPrinter,
    queueCounter,
    close: async () => {
      await Promise.all(
        [printer, cardReader, microphone, speaker, documentPrinter, queueCounter].map((device) =>
          device.close(),
        ),
      );
    },
  };
}

function recorderOf(device: string): RecorderProgram {
  const socket = soundSocketOf(device);
  return socket === undefined ? alsaRecorder(device) : socketRecorder(socket);
}

function playerOf(device: string | undefined): PlayerProgram | null {
  const socket = soundSocketOf(device);
  return socket === undefined ? findPlayer(process.env['PATH'] ?? '', device) : socketPlayer(socket);
}

function openPrinter(options: NonNullable<DeviceProfile['printer']>, log: DeviceLog): ReceiptPrinterPort {
  const { path, baudRate } = options;
  const profile = printerProfile(options.profile);
  const link = new SerialLink({ path, baudRate, flow: profile.flow });
  return new ReceiptPrinter({ link, baudRate, profile, log, artist: findLineArtist() });
}

function openQueueCounter(
  line: NonNullable<DeviceProfile['queueCounter']>,
  log: DeviceLog,
): QueueCounterPort {
  return new QueueCounter({ link: new SerialLink(line), log, firstId: randomInt(2 ** 32) });
}

function openCardReader(path: string, edges: DeviceEdges): IdCardReaderPort {
  const link = new SerialLink({ path, baudRate: cardReaderSpeeds[0] ?? 115_200 });
  return new IdCardReader({ link, ...edges });
}

/** A printer profile by its name, or from a file ending in `.json`. Throws what is wrong with it, by its key. */
export function printerProfile(name: string): PrinterProfile {
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
