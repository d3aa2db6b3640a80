import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ReceiptDocument } from '../../app/domain/receipt/document.ts';
import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import type { CardReading, IdCardReaderPort } from '../../hardware/id-card-reader/port.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticAddress, syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { SyntheticCardName } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { LineFaults } from '../../hardware/link/index.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import {
  findLineArtist,
  printLayout,
  ReceiptPrinter,
  shippedPrinterProfile,
} from '../../hardware/receipt-printer/index.ts';
import type { PrinterProfile } from '../../hardware/receipt-printer/index.ts';
import type { ReceiptPrinterPort } from '../../hardware/receipt-printer/port.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { openDevices } from '../../hardware/registry.ts';
import { SimulatedStation } from '../../tools/sim/station.ts';
import { personAtDevices } from './devices.person.ts';
import { slipLines, slipSignature, testEdges } from './devices.samples.ts';

/** The characters of the samples that a GB2312 font lacks. */
const needsDrawing = (text: string): boolean => /[𠮷㛃喆]/u.test(text);

export type TestedDevice = 'printer' | 'reader';

/** What a person does at the devices. */
export interface PersonHands {
  placeCard(card: 'jia' | 'yi'): Promise<void>;
  removeCard(): Promise<void>;
  paperOut(): Promise<void>;
  paperOk(): Promise<void>;
  cover(position: 'open' | 'closed'): Promise<void>;
  unplug(device: TestedDevice): Promise<void>;
  replug(device: TestedDevice): Promise<void>;
  /** Slips of the case before are nobody's here. */
  emptyTray(): Promise<void>;
  /** Empties the tray: how many slips lay there, and how many of them are whole, cut copies of the document. */
  takeSlips(document: ReceiptDocument): Promise<{ slips: number; copies: number }>;
}

/** What only a simulated device lets happen at a wish. */
interface SimulatedHands {
  placeRareCard(card: SyntheticCardName | 'other'): Promise<void>;
  placeCardWithAddress(card: SyntheticCardName, address: string): Promise<void>;
  pullAt(block: number): Promise<void>;
  /** In the middle of what goes on. */
  pullCable(device: TestedDevice): Promise<void>;
  paperOutAt(bytes: number): Promise<void>;
  paperLow(): Promise<void>;
  cutter(state: 'jam' | 'ok'): Promise<void>;
  delay(device: TestedDevice, ms: number): Promise<void>;
  fragments(device: TestedDevice, bytes: number): Promise<void>;
  garbage(device: TestedDevice, on: boolean): Promise<void>;
  flip(device: TestedDevice, at: number): Promise<void>;
  badChecksum(): Promise<void>;
  silence(device: TestedDevice): Promise<void>;
  speak(device: TestedDevice): Promise<void>;
}

export type Hands = PersonHands & SimulatedHands;

/** Devices behind their real drivers, and whoever handles them; a hand that is not there has its reason in `lack`. */
export interface Station {
  printer: ReceiptPrinterPort;
  cardReader: IdCardReaderPort;
  hands: Partial<Hands>;
  lack: string;
  profile: PrinterProfile;
  baudRate: number;
  /** How often a case may print where once is not enough: only memory has no line that takes its time. */
  tries: number;
  /** A reading as a word to compare; of a real card no more than that it was read. */
  wordOf(reading: CardReading): string;
  close(): Promise<void>;
}

const profileName = 'generic-80mm';
const baudRate = 115_200;

function profileOf(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

function fullWord(reading: CardReading): string {
  if (reading.kind === 'read') return `read ${reading.card.name.reveal()} ${reading.card.number.reveal()}`;
  return 'reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind;
}

const now = (act: () => void): Promise<void> => {
  act();
  return Promise.resolve();
};

/** The same hands at simulated devices, however these are joined to their drivers. */
function simulatedHands({
  printer,
  reader,
  faults,
  unplug,
  replug,
}: {
  printer: SimulatedPrinter;
  reader: SimulatedCardReader;
  faults: Readonly<Record<TestedDevice, LineFaults>>;
  unplug: Hands['unplug'];
  replug: Hands['replug'];
}): Hands {
  const devices = { printer, reader };
  const profile = profileOf(profileName);
  return {
    ...{ unplug, replug, pullCable: unplug },
    placeCard: (card) => now(() => reader.place(syntheticCards[card])),
    placeRareCard: (card) => now(() => reader.place(card === 'other' ? card : syntheticCards[card])),
    placeCardWithAddress: (card, address) =>
      now(() => reader.place(syntheticCards[card], [syntheticAddress(address)])),
    removeCard: () => now(() => reader.remove()),
    pullAt: (block) => now(() => reader.set({ pullAtBlock: block })),
    paperOut: () => now(() => printer.set({ paperOut: true })),
    paperOutAt: (bytes) => now(() => printer.set({ paperOutAt: bytes })),
    paperLow: () => now(() => printer.set({ nearEnd: true })),
    paperOk: () => now(() => printer.set({ paperOut: false, paperOutAt: undefined, nearEnd: false })),
    cover: (position) => now(() => printer.set({ coverOpen: position === 'open' })),
    cutter: (state) =>
      now(() => printer.set(state === 'jam' ? { jamAtCut: true } : { jamAtCut: false, cutterJam: false })),
    delay: (device, ms) => now(() => faults[device].replace({ kind: 'delay', ms })),
    fragments: (device, bytes) => now(() => faults[device].replace({ kind: 'fragment', bytes })),
    garbage: (device, on) => now(() => devices[device].set({ noise: on })),
    flip: (device, at) => now(() => faults[device].inject({ kind: 'flip', at })),
    badChecksum: () => now(() => reader.set({ badChecksum: true })),
    silence: (device) => now(() => devices[device].set({ silent: true })),
    speak: (device) => now(() => devices[device].set({ silent: false })),
    emptyTray: () => now(() => void printer.takeSlips()),
    takeSlips: (document) => {
      const whole = slipLines(printLayout(document, profile), profile.columns, needsDrawing).join();
      const slips = printer.takeSlips();
      const copies = slips.filter((slip) => slip.cut && slipSignature(slip).join() === whole);
      return Promise.resolve({ slips: slips.length, copies: copies.length });
    },
  };
}

const simulated = {
  lack: 'the simulators have every hand',
  profile: profileOf(profileName),
  ...{ baudRate, wordOf: fullWord },
};

/** Both drivers on memory links, with the waits of the real machine. */
export function memoryStation(): Promise<Station> {
  const devices = { printer: new SimulatedPrinter(), reader: new SimulatedCardReader() };
  const links = { printer: new MemoryLink(devices.printer), reader: new MemoryLink(devices.reader) };
  const edges = testEdges();
  const { profile } = simulated;
  const artist = findLineArtist();
  const printer = new ReceiptPrinter({ link: links.printer, baudRate, profile, log: edges.log, artist });
  const cardReader = new IdCardReader({ link: links.reader, ...edges });
  const hands = simulatedHands({
    ...devices,
    faults: { printer: links.printer.faults, reader: links.reader.faults },
    unplug: (device) =>
      now(() => {
        links[device].unplug();
        if (device === 'printer') devices.printer.powerCycle();
      }),
    replug: (device) => now(() => links[device].replug()),
  });
  const close = async (): Promise<void> => {
    await Promise.all([printer.close(), cardReader.close()]);
  };
  return Promise.resolve({ ...simulated, printer, cardReader, hands, tries: 25, close });
}

/** Both drivers through the real serialport on the pseudo-terminals of `npm run sim`. */
export async function terminalStation(): Promise<Station> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-sim-'));
  const { profile } = simulated;
  const station = new SimulatedStation({ dir, baudRate, columns: profile.columns, keepSlips: false });
  await Promise.all([station.plug('printer'), station.plug('reader')]);
  const devices = openDevices(
    {
      printer: { path: station.linkOf('printer'), profile: profileName, baudRate },
      cardReader: { path: station.linkOf('reader') },
    },
    testEdges(),
  );
  return {
    ...simulated,
    printer: devices.printer,
    cardReader: devices.cardReader,
    tries: 4,
    hands: simulatedHands({
      printer: station.printer,
      reader: station.reader,
      faults: station.lines,
      unplug: (device) => station.unplug(device),
      replug: (device) => station.plug(device),
    }),
    close: async () => {
      await devices.close();
      await station.close();
      rmSync(dir, { recursive: true });
    },
  };
}

/** Where the real devices are, if any; TEST_PRINTER may add its profile and speed: `/dev/ttyUSB0,snbc-bt-t080,9600`. */
const named: Readonly<Record<TestedDevice, string | undefined>> = {
  printer: process.env['TEST_PRINTER'],
  reader: process.env['TEST_CARD_READER'],
};

/** Why a real device is not tested; undefined where there is one. */
export const noRealDevice = (device: TestedDevice): string | undefined =>
  named[device] === undefined
    ? { printer: 'TEST_PRINTER names no port', reader: 'TEST_CARD_READER names no port' }[device]
    : undefined;

/** The real device that is named, handled by whoever sits at the terminal of this test run. */
export function realStation(device: TestedDevice): Promise<Station> {
  const [path = '', name = profileName, speed = String(baudRate)] = named[device]?.split(',') ?? [];
  const profile = profileOf(name);
  const devices = openDevices(
    device === 'printer'
      ? { printer: { path, profile: name, baudRate: Number(speed) } }
      : { cardReader: { path } },
    testEdges(new Date().toISOString().slice(0, 10)),
  );
  const person = personAtDevices();
  return Promise.resolve({
    ...{ printer: devices.printer, cardReader: devices.cardReader, profile, baudRate: Number(speed) },
    tries: 1,
    hands: person?.hands ?? {},
    lack: person
      ? 'no person can do this at a real device at a wish'
      : 'needs a person at the device: set TEST_HANDS=1 and answer on the terminal',
    // Whose card it is, is nobody's business here, not even in the words of a test that fails.
    wordOf: (reading) => (reading.kind === 'read' ? 'read' : fullWord(reading)),
    close: async () => {
      person?.leave();
      await devices.close();
    },
  });
}
