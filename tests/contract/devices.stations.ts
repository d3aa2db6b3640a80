import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { IdCardReader } from '../../hardware/id-card-reader/index.ts';
import type { IdCardReaderPort } from '../../hardware/id-card-reader/port.ts';
import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { syntheticAddress, syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import type { SyntheticCardName } from '../../hardware/id-card-reader/synthetic-card.ts';
import { MemoryLink } from '../../hardware/link/index.ts';
import {
  findLineArtist,
  ReceiptPrinter,
  shippedPrinterProfile,
} from '../../hardware/receipt-printer/index.ts';
import type { ReceiptPrinterPort } from '../../hardware/receipt-printer/port.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import type { Slip } from '../../hardware/receipt-printer/slip.ts';
import { openDevices } from '../../hardware/registry.ts';
import { SimulatorControl } from '../../tools/sim/control.ts';
import { testEdges, until } from './devices.samples.ts';

/** What a person's hands do at the devices, whether they are simulated in memory or on pseudo-terminals. */
interface Hands {
  placeCard(card: SyntheticCardName | 'other', address?: string): Promise<void>;
  removeCard(): Promise<void>;
  pullAt(block: number): Promise<void>;
  paperOut(): Promise<void>;
  paperOutAt(bytes: number): Promise<void>;
  paperLow(): Promise<void>;
  paperOk(): Promise<void>;
  cover(position: 'open' | 'closed'): Promise<void>;
  cutter(state: 'jam' | 'ok'): Promise<void>;
  delay(device: 'printer' | 'reader', ms: number): Promise<void>;
  fragments(device: 'printer' | 'reader', bytes: number): Promise<void>;
  garbage(device: 'printer' | 'reader', on: boolean): Promise<void>;
  flip(device: 'printer' | 'reader', at: number): Promise<void>;
  badChecksum(): Promise<void>;
  silence(device: 'printer' | 'reader'): Promise<void>;
  speak(device: 'printer' | 'reader'): Promise<void>;
  unplug(device: 'printer' | 'reader'): Promise<void>;
  replug(device: 'printer' | 'reader'): Promise<void>;
  takeSlips(): Promise<Slip[]>;
}

export interface Station {
  printer: ReceiptPrinterPort;
  cardReader: IdCardReaderPort;
  hands: Hands;
  close(): Promise<void>;
}

const profileName = 'generic-80mm';

/** Both drivers on memory links, with the waits of the real machine. */
export async function memoryStation(): Promise<Station> {
  const profile = shippedPrinterProfile(profileName);
  if (!profile.ok) throw new Error(profile.failure);
  const devices = { printer: new SimulatedPrinter(), reader: new SimulatedCardReader() };
  const links = { printer: new MemoryLink(devices.printer), reader: new MemoryLink(devices.reader) };
  const edges = testEdges();
  const printer = new ReceiptPrinter({
    link: links.printer,
    baudRate: 115_200,
    profile: profile.value,
    log: edges.log,
    artist: findLineArtist(),
  });
  const cardReader = new IdCardReader({ link: links.reader, ...edges });
  await bothReady(printer, cardReader);
  const now = (act: () => void): Promise<void> => {
    act();
    return Promise.resolve();
  };
  return {
    printer,
    cardReader,
    hands: {
      placeCard: (card, address) =>
        now(() => {
          const text = card === 'other' ? card : syntheticCards[card];
          devices.reader.place(text, address === undefined ? [] : [syntheticAddress(address)]);
        }),
      removeCard: () => now(() => devices.reader.remove()),
      pullAt: (block) => now(() => devices.reader.set({ pullAtBlock: block })),
      paperOut: () => now(() => devices.printer.set({ paperOut: true })),
      paperOutAt: (bytes) => now(() => devices.printer.set({ paperOutAt: bytes })),
      paperLow: () => now(() => devices.printer.set({ nearEnd: true })),
      paperOk: () =>
        now(() => devices.printer.set({ paperOut: false, paperOutAt: undefined, nearEnd: false })),
      cover: (position) => now(() => devices.printer.set({ coverOpen: position === 'open' })),
      cutter: (state) =>
        now(() =>
          devices.printer.set(state === 'jam' ? { jamAtCut: true } : { jamAtCut: false, cutterJam: false }),
        ),
      delay: (device, ms) => now(() => links[device].faults.replace({ kind: 'delay', ms })),
      fragments: (device, bytes) => now(() => links[device].faults.replace({ kind: 'fragment', bytes })),
      garbage: (device, on) => now(() => devices[device].set({ noise: on })),
      flip: (device, at) => now(() => links[device].inject({ kind: 'flip', at })),
      badChecksum: () => now(() => devices.reader.set({ badChecksum: true })),
      silence: (device) => now(() => devices[device].set({ silent: true })),
      speak: (device) => now(() => devices[device].set({ silent: false })),
      unplug: (device) =>
        now(() => {
          links[device].unplug();
          if (device === 'printer') devices.printer.powerCycle();
        }),
      replug: (device) => now(() => links[device].replug()),
      takeSlips: () => Promise.resolve(devices.printer.takeSlips()),
    },
    close: async () => {
      await Promise.all([printer.close(), cardReader.close()]);
    },
  };
}

/** Both drivers through the real serialport on the pseudo-terminals of `npm run sim`. */
export async function terminalStation(): Promise<Station> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-sim-'));
  const script = fileURLToPath(new URL('../../tools/sim.ts', import.meta.url));
  const simulator = spawn(process.execPath, [script, '--dir', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    simulator.stdout.on('data', (text: Buffer) => {
      if (text.includes('type help')) resolve();
    });
    simulator.once('exit', () => reject(new Error('the simulators did not start')));
  });
  const control = await SimulatorControl.connect(dir);
  const devices = openDevices(
    {
      printer: { path: join(dir, 'printer'), profile: profileName, baudRate: 115_200 },
      cardReader: { path: join(dir, 'card-reader') },
    },
    testEdges(),
  );
  await bothReady(devices.printer, devices.cardReader);
  return {
    printer: devices.printer,
    cardReader: devices.cardReader,
    hands: control,
    close: async () => {
      await devices.close();
      control.close();
      const ended = new Promise((resolve) => simulator.once('exit', resolve));
      simulator.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true });
    },
  };
}

async function bothReady(printer: ReceiptPrinterPort, cardReader: IdCardReaderPort): Promise<void> {
  await until(
    'both ready',
    () => printer.status().state === 'ready' && cardReader.status().state === 'ready',
  );
}
