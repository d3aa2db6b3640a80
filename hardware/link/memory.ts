import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import type { ByteLink, LinkState, WriteFailure } from './link.ts';
import { Listeners } from './listeners.ts';
import type { SimulatedDevice } from './simulated-device.ts';

/**
 * What goes wrong between the device and us. `drop` and `flip` hit the next reply only, all others stay until
 * `clearFaults`.
 */
type LinkFault =
  | { kind: 'delay'; ms: number }
  /** Replies come in pieces of this many bytes. */
  | { kind: 'fragment'; bytes: number }
  | { kind: 'silence' }
  /** The device talks at this speed only. */
  | { kind: 'speed'; baudRate: number }
  /** From byte `at` on the next reply is lost. */
  | { kind: 'drop'; at: number }
  /** One bit of byte `at` of the next reply is turned. */
  | { kind: 'flip'; at: number };

/** A link to a simulated device in the same process, with scripted faults. */
export class MemoryLink implements ByteLink {
  readonly #device: SimulatedDevice;
  readonly #states = new Listeners<LinkState>();
  readonly #bytes = new Listeners<Uint8Array>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #faults: LinkFault[] = [];
  #state: LinkState = 'opening';
  #plugged = true;
  #unplugAfter: number | undefined;
  #baudRate = 115_200;

  constructor(device: SimulatedDevice) {
    this.#device = device;
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
    if (!this.#faults.some((fault) => this.#deafens(fault))) {
      for (const reply of this.#device.receive(bytes))
        this.#later(reply.delayMs, () => this.#deliver(reply.bytes));
    }
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
    this.#dropPending();
    this.#setState('closed');
    this.#states.clear();
    this.#bytes.clear();
    return Promise.resolve();
  }

  inject(...faults: LinkFault[]): void {
    this.#faults.push(...faults);
  }

  clearFaults(): void {
    this.#faults = [];
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

  #deafens(fault: LinkFault): boolean {
    return fault.kind === 'silence' || (fault.kind === 'speed' && fault.baudRate !== this.#baudRate);
  }

  #deliver(reply: Uint8Array): void {
    const bytes = this.#damage(reply);
    const delay = this.#faults.find((fault) => fault.kind === 'delay')?.ms ?? 0;
    const size = this.#faults.find((fault) => fault.kind === 'fragment')?.bytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += Math.max(1, size)) {
      const piece = bytes.slice(at, at + Math.max(1, size));
      if (delay > 0) this.#later(delay, () => this.#bytes.emit(piece));
      else this.#bytes.emit(piece);
    }
  }

  #damage(reply: Uint8Array): Uint8Array {
    let bytes = reply.slice();
    const once = this.#faults.find((fault) => fault.kind === 'drop' || fault.kind === 'flip');
    if (!once) return bytes;
    if (once.kind === 'drop') bytes = bytes.slice(0, once.at);
    else bytes[once.at] = (bytes[once.at] ?? 0) ^ 0x10;
    this.#faults = this.#faults.filter((fault) => fault !== once);
    return bytes;
  }

  #later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #dropPending(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #setState(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#states.emit(state);
  }
}
