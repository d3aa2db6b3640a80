import type { LanguageCounts } from './language.ts';

/** Name of the file in a pack. */
export const LANGUAGE_FILE = 'language.bin';

/** Two lengths, so that the first list starts on a multiple of eight bytes. */
const HEAD_BYTES = 8;

/** `language.bin`: how many words and how many entries there are, then the four lists one after the other, little-endian. */
export function writeLanguage({ words, starts, columns, weights }: LanguageCounts): Uint8Array {
  const lists = [Uint32Array.of(words.length, columns.length), words, starts, columns, weights];
  return Buffer.concat(
    lists.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

/** Throws when the bytes are not what `writeLanguage` writes. */
export function readLanguage(bytes: Uint8Array): LanguageCounts {
  const { buffer } = new Uint8Array(bytes);
  const [words = 0, entries = 0] = buffer.byteLength < HEAD_BYTES ? [] : new Uint32Array(buffer, 0, 2);
  const starts = HEAD_BYTES + words * Float64Array.BYTES_PER_ELEMENT;
  const columns = starts + (words + 1) * Int32Array.BYTES_PER_ELEMENT;
  const weights = columns + entries * Int32Array.BYTES_PER_ELEMENT;
  if (buffer.byteLength !== weights + entries * Float32Array.BYTES_PER_ELEMENT)
    throw new Error(`${LANGUAGE_FILE}: its length is not what its head says`);
  return {
    words: new Float64Array(buffer, HEAD_BYTES, words),
    starts: new Int32Array(buffer, starts, words + 1),
    columns: new Int32Array(buffer, columns, entries),
    weights: new Float32Array(buffer, weights, entries),
  };
}
