import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Takes bytes from a stream in the portions that a format wants; never asks for more than it was told to. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array, unknown>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes; null when there are fewer. */
  async take(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let left = count;
    while (left > 0) {
      const part = await this.#some(left);
      if (part === null) return null;
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Writes so many bytes, or what there is, into a new file, and makes it safe against a power cut. */
  async copy(count: number, target: string): Promise<{ copied: number; sum: string }> {
    const hash = createHash('sha256');
    const file = await open(target, 'wx');
    let copied = 0;
    try {
      for (let part = await this.#some(count); part !== null; part = await this.#some(count - copied)) {
        hash.update(part);
        await file.write(part);
        copied += part.length;
        if (copied === count) break;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { copied, sum: hash.digest('hex') };
  }

  /** Whether nothing follows. */
  async ended(): Promise<boolean> {
    return (await this.#some(1)) === null;
  }

  /** Lets go of the source, also in the middle. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** At least one byte and `most` at most; null at the end. */
  async #some(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const next: IteratorResult<Uint8Array, unknown> = await this.#source.next();
      if (next.done === true) return null;
      this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    const part = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }
}
