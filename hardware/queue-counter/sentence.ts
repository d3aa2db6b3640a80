/**
 * One line of our own dialect for queue counters: `$WORD,id,field,...*hh` and CR LF, where hh is the XOR of what stands
 * between `$` and `*`. Vendors have no common one (hardware.md 5); ours is written down for them in
 * docs/field/queue-counter.md, and theirs would be read and written in place of this file.
 */
export interface Sentence {
  word: string;
  /** Chosen by who asks; the answer carries it back. */
  id: string;
  fields: readonly string[];
}

const longest = 80;
const pattern = /^\$([A-Z]+),([0-9a-f]{1,8})((?:,[^,$*]*)*)\*([0-9A-F]{2})$/;

/** The bytes of a sentence. */
export function encodeSentence({ word, id, fields }: Sentence): Uint8Array {
  const body = [word, id, ...fields].join(',');
  return Buffer.from(`$${body}*${checksumOf(body)}\r\n`, 'latin1');
}

/** Finds sentences in a stream that comes in pieces of any size, with noise between them. */
export class SentenceReader {
  #line = '';

  /** The whole and undamaged sentences that end in these bytes. */
  push(bytes: Uint8Array): Sentence[] {
    const found: Sentence[] = [];
    for (const byte of bytes) {
      const character = String.fromCharCode(byte);
      if (character === '$') this.#line = '$';
      else if (character === '\n') {
        const sentence = decode(this.#line.replace(/\r$/, ''));
        if (sentence) found.push(sentence);
        this.#line = '';
      } else if (this.#line !== '' && this.#line.length < longest) this.#line += character;
    }
    return found;
  }
}

function decode(line: string): Sentence | undefined {
  const [, word, id, fields, checksum] = pattern.exec(line) ?? [];
  if (word === undefined || id === undefined || fields === undefined) return undefined;
  if (checksumOf(line.slice(1, -3)) !== checksum) return undefined;
  return { word, id, fields: fields.split(',').slice(1) };
}

function checksumOf(body: string): string {
  const sum = Buffer.from(body, 'latin1').reduce((before, byte) => before ^ byte, 0);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}
