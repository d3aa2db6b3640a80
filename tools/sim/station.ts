import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SimulatedCardReader } from '../../hardware/id-card-reader/simulator.ts';
import { SimulatedQueueCounter } from '../../hardware/queue-counter/simulator.ts';
import { LineFaults } from '../../hardware/link/index.ts';
import type { SerialFlow, SimulatedDevice, SimulatedReply } from '../../hardware/link/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { slipPicture } from '../print-picture.ts';
import { SimulatedPrintingSystem } from './cups.ts';
import { PseudoTerminal } from './pty.ts';
import { SimulatedSound } from './sound.ts';

export type DeviceName = 'printer' | 'reader' | 'counter';

interface StationOptions {
  /** Folder of the links `printer` and `card-reader`. */
  dir: string;
  baudRate: number;
  /** ASCII characters per line of the printer. */
  columns: number;
  /** How the printer stops the line when its buffer is full. */
  flow?: SerialFlow;
  /** How fast its paper moves. */
  mmPerSecond?: number;
  /** Saves each slip as a picture under `<dir>/slips/`. */
  keepSlips: boolean;
}

const linkNames: Readonly<Record<DeviceName, string>> = {
  printer: 'printer',
  reader: 'card-reader',
  counter: 'queue-counter',
};

/**
 * A simulated printer, card reader and queue counter, each behind its own pseudo-terminal; sound and a printing system
 * behind sockets.
 */
export class SimulatedStation {
  readonly printer: SimulatedPrinter;
  readonly reader = new SimulatedCardReader({ readMs: 350 });
  readonly counter = new SimulatedQueueCounter();
  readonly sound: SimulatedSound;
  readonly documents: SimulatedPrintingSystem;
  /** What is wrong with the cables. */
  readonly lines: Readonly<Record<DeviceName, LineFaults>> = {
    printer: new LineFaults(),
    reader: new LineFaults(),
    counter: new LineFaults(),
  };
  readonly #options: StationOptions;
  readonly #terminals = new Map<
    DeviceName,
    { terminal: PseudoTerminal; offSpeak: (() => void) | undefined }
  >();
  #keptSlips = 0;
  #seenSlips = 0;

  constructor(options: StationOptions) {
    this.#options = options;
    this.printer = new SimulatedPrinter({
      ...{ columns: options.columns, flow: options.flow ?? 'none' },
      ...{ mmPerSecond: options.mmPerSecond ?? 150, bufferBytes: 4096 },
    });
    this.sound = new SimulatedSound(options.dir);
    this.documents = new SimulatedPrintingSystem(options.dir);
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  }

  /** Where the host finds a device. */
  linkOf(device: DeviceName): string {
    return join(this.#options.dir, linkNames[device]);
  }

  isPlugged(device: DeviceName): boolean {
    return this.#terminals.has(device);
  }

  async plug(device: DeviceName): Promise<void> {
    if (this.#terminals.has(device)) return;
    const simulated: SimulatedDevice = this[device];
    const say = (reply: SimulatedReply): void => {
      const send = (): void => {
        const { delayMs, pieces } = this.lines[device].pass(reply.bytes);
        terminal.send(pieces, delayMs);
      };
      if (reply.delayMs === 0) send();
      else setTimeout(send, reply.delayMs);
    };
    const terminal = await PseudoTerminal.open(this.linkOf(device), {
      baudRate: this.#options.baudRate,
      held: () => simulated.busy === true,
      receive: (bytes) => {
        for (const reply of simulated.receive(bytes)) say(reply);
        if (device === 'printer') this.#keepSlips();
      },
    });
    const offSpeak = simulated.onSpeak?.(say);
    this.#terminals.set(device, { terminal, offSpeak });
  }

  async unplug(device: DeviceName): Promise<void> {
    const plugged = this.#terminals.get(device);
    this.#terminals.delete(device);
    plugged?.offSpeak?.();
    await plugged?.terminal.close();
    if (device === 'printer') this.printer.powerCycle();
  }

  async close(): Promise<void> {
    await Promise.all([
      this.unplug('printer'),
      this.unplug('reader'),
      this.unplug('counter'),
      this.sound.close(),
      this.documents.close(),
    ]);
  }

  #keepSlips(): void {
    if (!this.#options.keepSlips) return;
    const { finishedSlips } = this.printer;
    // The tray may have been emptied since.
    if (finishedSlips < this.#seenSlips) this.#seenSlips = 0;
    if (finishedSlips === this.#seenSlips) return;
    const folder = join(this.#options.dir, 'slips');
    mkdirSync(folder, { recursive: true });
    for (const slip of this.printer.slips().slice(this.#seenSlips, finishedSlips)) {
      this.#keptSlips += 1;
      const name = `slip-${String(this.#keptSlips).padStart(3, '0')}.png`;
      void slipPicture(slip, this.#options.columns).then(
        (picture) => writeFileSync(join(folder, name), picture),
        (error: unknown) => console.error(`sim: ${name} is not kept: ${String(error)}`),
      );
    }
    this.#seenSlips = finishedSlips;
  }
}
