/**
 * What goes wrong between a simulated device and us. `drop` and `flip` hit the next reply only, all others stay until
 * `clear`.
 */
export type LineFault =
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

/** The faults of one simulated line, the same in memory and on a pseudo-terminal. */
export class LineFaults {
  #faults: LineFault[] = [];

  inject(...faults: LineFault[]): void {
    this.#faults.push(...faults);
  }

  /** Takes the place of the faults of its kind; 0 ms or 0 bytes end them. */
  replace(fault: Extract<LineFault, { kind: 'delay' | 'fragment' }>): void {
    this.#faults = this.#faults.filter((each) => each.kind !== fault.kind);
    if ((fault.kind === 'delay' ? fault.ms : fault.bytes) > 0) this.#faults.push(fault);
  }

  clear(): void {
    this.#faults = [];
  }

  /** Whether the device hears nothing at this speed. */
  deafens(baudRate: number): boolean {
    return this.#faults.some(
      (fault) => fault.kind === 'silence' || (fault.kind === 'speed' && fault.baudRate !== baudRate),
    );
  }

  /** How bytes that the device sends now arrive: how much later, and in which pieces. */
  pass(bytes: Uint8Array): { delayMs: number; pieces: Uint8Array[] } {
    const arriving = this.#damaged(bytes);
    const delay = this.#faults.find((fault) => fault.kind === 'delay')?.ms ?? 0;
    const size = Math.max(
      1,
      this.#faults.find((fault) => fault.kind === 'fragment')?.bytes ?? arriving.length,
    );
    const pieces = Array.from({ length: Math.ceil(arriving.length / size) }, (_, index) =>
      arriving.slice(index * size, (index + 1) * size),
    );
    return { delayMs: delay, pieces };
  }

  #damaged(reply: Uint8Array): Uint8Array {
    const bytes = reply.slice();
    const once = this.#faults.find((fault) => fault.kind === 'drop' || fault.kind === 'flip');
    if (!once) return bytes;
    this.#faults = this.#faults.filter((fault) => fault !== once);
    if (once.kind === 'drop') return bytes.slice(0, once.at);
    if (once.at < bytes.length) bytes[once.at] = (bytes[once.at] ?? 0) ^ 0x10;
    return bytes;
  }
}
