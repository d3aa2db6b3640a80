import type { MicrophoneFault } from './port.ts';

/** Bytes from a recorder on their way to whoever listens, as samples. Everything left is overwritten by `wipe`. */
export class FrameQueue {
  #pieces: Buffer[] = [];
  #length = 0;
  #ended = false;
  #wake: () => void = () => undefined;
  /** What ended the recording, if it was not the listener. */
  fault: MicrophoneFault | undefined;

  push(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.#pieces.push(Buffer.from(bytes));
    this.#length += bytes.length;
    this.#wake();
  }

  end(fault: MicrophoneFault | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.fault = fault;
    this.#wake();
  }

  /** The next `count` samples; undefined once the recording has ended and no whole frame is left. */
  async next(count: number): Promise<Int16Array | undefined> {
    const wanted = count * 2;
    while (this.#length < wanted) {
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const bytes = this.#take(wanted);
    const samples = new Int16Array(count);
    for (let at = 0; at < count; at += 1) samples[at] = bytes.readInt16LE(at * 2);
    bytes.fill(0);
    return samples;
  }

  wipe(): void {
    this.end(undefined);
    for (const piece of this.#pieces) piece.fill(0);
    this.#pieces = [];
    this.#length = 0;
  }

  #take(wanted: number): Buffer {
    const taken = Buffer.alloc(wanted);
    let at = 0;
    while (at < wanted) {
      const piece = this.#pieces.shift();
      if (!piece) break;
      const part = piece.subarray(0, wanted - at);
      taken.set(part, at);
      at += part.length;
      if (part.length < piece.length) this.#pieces.unshift(piece.subarray(part.length));
      part.fill(0);
    }
    this.#length -= wanted;
    return taken;
  }
}
