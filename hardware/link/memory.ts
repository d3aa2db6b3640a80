import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import { LineFaults } from './line-faults.ts';
import type { LineFault } from './line-faults.ts';
import type { ByteLink, LinkState, SerialFlow, WriteFailure } from './link.ts';
import { Listeners } from './listeners.ts';
import type { SimulatedDevice, SimulatedReply } from './simulated-device.ts';

/** A line that takes its time, and how the device stops us on it. */
interface PacedLine {
  baudRate: number;
  flow: SerialFlow;
}

const sliceMs = 5;
/** A slice that a busy machine delivers late by less was on the line all the same. */
const lateMs = 50;
const xon = 0x11;
const xoff = 0x13;

/** A link to a simulated device in the same process, with scripted faults; `line` makes it as slow as a serial line. */
export class MemoryLink implements ByteLink {
  readonly #device: SimulatedDevice;
  readonly #line: PacedLine | undefined;
  readonly #offSpeak: (() => void) | undefined;
  readonly #states = new Listeners<LinkState>();
  readonly #bytes = new Listeners<Uint8Array>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What is wrong with the cable. */
  readonly faults = new LineFaults();
  #state: LinkState = 'opening';
  #plugged = true;
  #unplugAfter: number | undefined;
  #arriving: Uint8Array[][] = [];
  #lastDue = 0;
  #baudRate = 115_200;
  /** What is still to go over a paced line. */
  #leaving: Uint8Array = new Uint8Array();
  #sending = false;
  /** When the paced line will have carried what was given to it. */
  #freeAt = 0;

  constructor(device: SimulatedDevice, line?: PacedLine) {
    this.#device = device;
    this.#line = line;
    this.#offSpeak = device.onSpeak?.((reply) => this.#answer(reply));
    this.#later(0, () => this.#setState(this.#plugged ? 'open' : 'lost'));
  }

  get state(): LinkState {
    return this.#state;
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#bytes.add(listener);
  }

  async write(bytes: Uint8Array): Promise<Result<undefined, WriteFailure>> {
    if (this.#state !== 'open') return failure('not_open');
    await Promise.resolve();
    if (this.#unplugAfter !== undefined) {
      if (bytes.length > this.#unplugAfter) {
        this.#device.receive(bytes.subarray(0, this.#unplugAfter));
        this.unplug();
        return failure('lost');
      }
      this.#unplugAfter -= bytes.length;
    }
    if (this.#line) {
      this.#leaving = Buffer.concat([this.#leaving, bytes]);
      if (!this.#sending) this.#sendSlice(this.#line);
    } else this.#deliver(bytes);
    return success(undefined);
  }

  reopen(baudRate?: number): void {
    if (this.#state === 'closed') return;
    this.#baudRate = baudRate ?? this.#baudRate;
    this.#dropPending();
    this.#setState('lost');
    this.#later(1, () => {
      if (this.#plugged) this.#setState('open');
    });
  }

  close(): Promise<void> {
    this.#offSpeak?.();
    this.#dropPending();
    this.#setState('closed');
    this.#states.clear();
    this.#bytes.clear();
    return Promise.resolve();
  }

  inject(...faults: LineFault[]): void {
    this.faults.inject(...faults);
  }

  clearFaults(): void {
    this.faults.clear();
  }

  /** Pulls the cable; with `afterBytes` only when the host has written that many more. */
  unplug(afterBytes?: number): void {
    this.#unplugAfter = afterBytes;
    if (afterBytes !== undefined) return;
    this.#plugged = false;
    this.#dropPending();
    if (this.#state !== 'closed') this.#setState('lost');
  }

  replug(): void {
    this.#plugged = true;
    if (this.#state !== 'closed') this.#setState('open');
  }

  /** As a driver of a serial line does: a few bytes at a time, and none while the device says stop. */
  #sendSlice(line: PacedLine): void {
    this.#sending = this.#leaving.length > 0;
    if (!this.#sending) return;
    const held = line.flow !== 'none' && this.#device.busy === true;
    const size = held ? 0 : Math.max(1, Math.floor((line.baudRate / 10_000) * sliceMs));
    const slice = this.#leaving.slice(0, size);
    this.#leaving = this.#leaving.slice(slice.length);
    const now = performance.now();
    const wasSending = !held && this.#freeAt > now - lateMs;
    this.#freeAt =
      (wasSending ? this.#freeAt : now) + (held ? sliceMs : (slice.length * 10_000) / line.baudRate);
    this.#later(Math.max(0, this.#freeAt - now), () => {
      this.#deliver(slice);
      this.#sendSlice(line);
    });
  }

  #deliver(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.faults.deafens(this.#baudRate)) return;
    for (const reply of this.#device.receive(bytes)) this.#answer(reply);
  }

  #answer({ bytes, delayMs }: SimulatedReply): void {
    if (this.#state === 'open') this.#later(delayMs, () => this.#send(this.#withoutFlow(bytes)));
  }

  /** XON and XOFF stay in the driver of the line, where they are meant. */
  #withoutFlow(bytes: Uint8Array): Uint8Array {
    return this.#line?.flow === 'xonxoff' ? bytes.filter((byte) => byte !== xon && byte !== xoff) : bytes;
  }

  /** What the device sends first arrives first, however the delay of the line changes meanwhile. */
  #send(bytes: Uint8Array): void {
    const { delayMs, pieces } = this.faults.pass(bytes);
    this.#arriving.push(pieces);
    const due = Math.max(this.#lastDue, performance.now() + delayMs);
    this.#lastDue = due;
    const deliver = (): void => {
      for (const piece of this.#arriving.shift() ?? []) this.#bytes.emit(piece);
    };
    if (this.#arriving.length === 1 && delayMs === 0) deliver();
    else this.#later(Math.max(0, Math.ceil(due - performance.now())), deliver);
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #dropPending(): void {
    this.#arriving = [];
    this.#leaving = new Uint8Array();
    this.#sending = false;
    this.#lastDue = 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #setState(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#states.emit(state);
  }
}
