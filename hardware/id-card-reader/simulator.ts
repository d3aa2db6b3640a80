import type { SimulatedDevice, SimulatedReply } from '../link/index.ts';
import { samReply } from './frame.ts';

/** What is wrong with the simulated reader. */
interface ReaderTroubles {
  /** No answer to anything. */
  silent: boolean;
  /** The security module refuses all work. */
  unauthorised: boolean;
  /** Every answer comes twice. */
  doubled: boolean;
  /** Bytes before every answer, a false start among them. */
  noise: boolean;
  /** The next answer to "read" has a wrong check byte. */
  badChecksum: boolean;
  /** The card cannot be read however often it is tried. */
  damagedCard: boolean;
  /** The card is pulled when this block is read: 1 while selecting, 2 and up while reading. */
  pullAtBlock: number | undefined;
  answerDelayMs: number;
}

const healthy: ReaderTroubles = {
  ...{
    silent: false,
    unauthorised: false,
    doubled: false,
    noise: false,
    badChecksum: false,
    damagedCard: false,
  },
  ...{ pullAtBlock: undefined, answerDelayMs: 0 },
};

const photo = Buffer.concat([Buffer.from('574c66007e00320000ff85', 'hex'), Buffer.alloc(1013)]);
const falseStart = Buffer.from('aaaa00aaaaaa96ffaa', 'hex');
const longestCommand = 16;
const samId = Buffer.from('05000100e5d6340187d61200015ed0b2', 'hex');

/** SAM_V card reader as a state machine over bytes. A card once read does not answer "find" until it is lifted. */
export class SimulatedCardReader implements SimulatedDevice {
  #troubles: ReaderTroubles = { ...healthy };
  #buffer: Uint8Array = new Uint8Array();
  #card: Uint8Array | 'other' | undefined;
  #addresses: readonly Uint8Array[] = [];
  #stage: 'placed' | 'found' | 'selected' | 'read' = 'placed';
  readonly #readMs: number;
  /** Commands that came in since the start, by their two bytes in hex. */
  readonly heard = new Map<string, number>();

  /** `readMs` is how long reading a card takes. */
  constructor({ readMs = 0 }: { readMs?: number } = {}) {
    this.#readMs = readMs;
  }

  /** What lies on the reader, for the status line. */
  get cardPresent(): boolean {
    return this.#card !== undefined;
  }

  get troubles(): Readonly<ReaderTroubles> {
    return this.#troubles;
  }

  set(change: Partial<ReaderTroubles>): void {
    this.#troubles = { ...this.#troubles, ...change };
  }

  /**
   * Puts a card on the reader: 256 bytes of text, or `other` for a card that is no identity card; `addresses` were
   * added to it later, 70 bytes each.
   */
  place(card: Uint8Array | 'other', addresses: readonly Uint8Array[] = []): void {
    this.#card = card;
    this.#addresses = addresses;
    this.#stage = 'placed';
  }

  remove(): void {
    this.#card = undefined;
    this.#stage = 'placed';
  }

  receive(bytes: Uint8Array): readonly SimulatedReply[] {
    if (this.#troubles.silent) return [];
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const replies: SimulatedReply[] = [];
    for (let command = this.#nextCommand(); command; command = this.#nextCommand()) {
      const key = Buffer.from(command).toString('hex');
      this.heard.set(key, (this.heard.get(key) ?? 0) + 1);
      replies.push(...this.#answer(key));
    }
    return replies;
  }

  /** Command and parameter of the next whole frame. */
  #nextCommand(): Uint8Array | undefined {
    const start = Buffer.from(this.#buffer).indexOf(Buffer.from('aaaaaa9669', 'hex'));
    if (start < 0) return undefined;
    const length = ((this.#buffer[start + 5] ?? 0) << 8) + (this.#buffer[start + 6] ?? 0);
    if (length > longestCommand) {
      this.#buffer = this.#buffer.subarray(start + 1);
      return this.#nextCommand();
    }
    if (this.#buffer.length < start + 7 || this.#buffer.length < start + 7 + length) return undefined;
    const command = this.#buffer.subarray(start + 7, start + 9);
    this.#buffer = this.#buffer.subarray(start + 7 + length);
    return command;
  }

  #answer(command: string): SimulatedReply[] {
    const { status, data = new Uint8Array() } = this.#troubles.unauthorised
      ? { status: 0x66 }
      : this.#perform(command);
    const isRead = command === '3001';
    const frame = samReply({ status, data });
    if (isRead && this.#troubles.badChecksum) {
      frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0xff;
      this.#troubles = { ...this.#troubles, badChecksum: false };
    }
    const parts = [
      ...(this.#troubles.noise ? [falseStart] : []),
      frame,
      ...(this.#troubles.doubled ? [frame] : []),
    ];
    return [
      { bytes: Buffer.concat(parts), delayMs: this.#troubles.answerDelayMs + (isRead ? this.#readMs : 0) },
    ];
  }

  #perform(command: string): { status: number; data?: Uint8Array } {
    switch (command) {
      case '10ff':
      case '11ff':
        return { status: 0x90 };
      case '12ff':
        return { status: 0x90, data: samId };
      case '2001':
        return this.#find();
      case '2002':
        return this.#select();
      case '3001':
        return this.#read();
      case '3003':
        if (this.#stage !== 'read') return { status: 0x41 };
        if (this.#addresses.length === 0) return { status: 0x91 };
        return { status: 0x90, data: Buffer.concat(this.#addresses) };
      default:
        return { status: 0x21 };
    }
  }

  #find(): { status: number; data?: Uint8Array } {
    if (this.#card === undefined || this.#stage === 'read') return { status: 0x80 };
    if (this.#card === 'other') return { status: 0x40 };
    this.#stage = 'found';
    return { status: 0x9f, data: new Uint8Array(4) };
  }

  #select(): { status: number; data?: Uint8Array } {
    if (this.#pulledAt((block) => block <= 1) || this.#stage !== 'found') return { status: 0x81 };
    this.#stage = 'selected';
    return { status: 0x90, data: new Uint8Array(8) };
  }

  #read(): { status: number; data?: Uint8Array } {
    const pulled = this.#pulledAt(() => true);
    const selected = this.#stage === 'selected' || this.#stage === 'read';
    if (pulled || !selected || !(this.#card instanceof Uint8Array)) return { status: 0x41 };
    if (this.#troubles.damagedCard) {
      this.#stage = 'placed';
      return { status: 0x41 };
    }
    this.#stage = 'read';
    return { status: 0x90, data: Buffer.concat([Uint8Array.of(1, 0, 4, 0), this.#card, photo]) };
  }

  #pulledAt(now: (block: number) => boolean): boolean {
    const { pullAtBlock } = this.#troubles;
    if (pullAtBlock === undefined || !now(pullAtBlock)) return false;
    this.#troubles = { ...this.#troubles, pullAtBlock: undefined };
    this.remove();
    return true;
  }
}
