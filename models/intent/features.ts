/** How a text becomes bucket numbers; part of the model, kept beside its weights in `intent.json`. */
export interface FeatureSettings {
  /** Number of hash buckets, a power of two. */
  buckets: number;
  /** Longest character n-gram; 3 means 1-, 2- and 3-grams. */
  longestGram: number;
}

const EDGE = '\u0002';

/** FNV-1a over UTF-16 code units. */
function hash(text: string, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let index = start; index < end; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value ^ (value >>> 15)) >>> 0;
}

/**
 * Distinct buckets of all character n-grams of a normalised text, its edges marked, in order of first appearance.
 * Empty for an empty text.
 */
export function features(text: string, settings: FeatureSettings): number[] {
  if (text === '') return [];
  const marked = `${EDGE}${text}${EDGE}`;
  const seen = new Set<number>();
  for (let length = 1; length <= settings.longestGram; length += 1) {
    for (let start = 0; start + length <= marked.length; start += 1) {
      seen.add(hash(marked, start, start + length) & (settings.buckets - 1));
    }
  }
  return [...seen];
}
