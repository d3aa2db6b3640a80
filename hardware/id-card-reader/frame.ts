/** Both directions begin with these bytes (hardware.md 1.2). */
const preamble = Buffer.from([0xaa, 0xaa, 0xaa, 0x96, 0x69]);
const headerLength = 7;
const shortestReply = 4;
const longestReply = 2400;

/** What the reader said: its own status byte and the data behind it. */
export interface SamReply {
  status: number;
  data: Uint8Array;
}

/** Bytes of a command to the reader. */
export function samCommand(command: number, parameter: number): Uint8Array {
  return frameOf(Uint8Array.of(command, parameter));
}

/** Bytes of a reply as the reader sends it. */
export function samReply({ status, data }: SamReply): Uint8Array {
  return frameOf(Buffer.concat([Uint8Array.of(0, 0, status), data]));
}

/**
 * Finds replies in a byte stream that may come in any pieces, with noise between, and drops what has a wrong length
 * or check byte. After a false start it moves on by one byte, so a frame inside noise is still found.
 */
export class SamFramer {
  readonly #buffer = Buffer.alloc(8192);
  #length = 0;

  /** Takes bytes as they came and gives the replies that are complete now. */
  push(bytes: Uint8Array): SamReply[] {
    const replies: SamReply[] = [];
    for (let from = 0; from < bytes.length;) {
      const piece = bytes.subarray(from, from + this.#buffer.length - this.#length);
      this.#buffer.set(piece, this.#length);
      this.#length += piece.length;
      from += piece.length;
      this.#keepFrom(this.#collect(replies));
    }
    return replies;
  }

  /** Forgets and overwrites what has come so far. */
  reset(): void {
    this.#keepFrom(this.#length);
  }

  /** Adds the complete replies; gives the place of the first byte still needed. */
  #collect(replies: SamReply[]): number {
    let at = 0;
    for (;;) {
      const start = this.#buffer.subarray(0, this.#length).indexOf(preamble, at);
      if (start < 0) return Math.max(at, this.#length - (preamble.length - 1));
      if (this.#length < start + headerLength) return start;
      const counted = this.#buffer.readUInt16BE(start + preamble.length);
      const end = start + headerLength + counted;
      if (counted < shortestReply || counted > longestReply) {
        at = start + 1;
      } else if (this.#length < end) {
        return start;
      } else if (exclusiveOr(this.#buffer.subarray(start + preamble.length, end)) !== 0) {
        at = start + 1;
      } else {
        const body = this.#buffer.subarray(start + headerLength, end - 1);
        replies.push({ status: body[2] ?? 0, data: Uint8Array.from(body.subarray(3)) });
        at = end;
      }
    }
  }

  #keepFrom(at: number): void {
    const kept = this.#length - Math.min(at, this.#length);
    this.#buffer.copyWithin(0, this.#length - kept, this.#length);
    this.#buffer.fill(0, kept, this.#length);
    this.#length = kept;
  }
}

function frameOf(body: Uint8Array): Uint8Array {
  const counted = Buffer.concat([Uint8Array.of((body.length + 1) >> 8, (body.length + 1) & 0xff), body]);
  return Buffer.concat([preamble, counted, Uint8Array.of(exclusiveOr(counted))]);
}

function exclusiveOr(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}
