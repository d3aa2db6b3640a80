/** Shape of the encoder: hash buckets, and numbers in a vector. */
export const ENCODER_BUCKETS = 32_768;
export const ENCODER_WIDTH = 128;

/** A text as the encoder reads it: distinct buckets, and the square root of how often each occurs. */
export interface Bag {
  rows: Int32Array;
  weights: Float32Array;
}

const HAN = /\p{Script=Han}+/gu;
/** A pair of neighbours is one number, above every single character. */
const PAIR = 2 ** 21;

function bucketOf(token: number): number {
  const mixed = Math.imul((token % 2 ** 32) ^ Math.imul(Math.floor(token / PAIR), 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % ENCODER_BUCKETS;
}

/** Buckets of the Han characters of a text and of their pairs; pairs do not reach across anything else. */
export function bagOf(text: string): Bag {
  const counts = new Map<number, number>();
  const count = (token: number) => {
    const bucket = bucketOf(token);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  };
  for (const run of text.match(HAN) ?? []) {
    let before = 0;
    for (const character of run) {
      const code = character.codePointAt(0) ?? 0;
      count(code);
      if (before !== 0) count(before * PAIR + code);
      before = code;
    }
  }
  return { rows: Int32Array.from(counts.keys()), weights: Float32Array.from(counts.values(), Math.sqrt) };
}
