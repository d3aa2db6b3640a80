const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** Never begin a line: whatever is no word and opens none. */
const CLINGS_BACK = /^[^\p{L}\p{N}\p{Ps}\p{Pi}]+$/u;
/** Never end a line: marks that open, and numbers before what they count. */
const CLINGS_ON = /[\p{Ps}\p{Pi}\p{N}]$/u;

/**
 * The pieces of a text between which a line may end. Chinese may be broken between any two characters, but a
 * word in two halves is hard to read for who reads little.
 */
export function wholeWords(text: string): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const before = pieces.at(-1);
    if (before !== undefined && (CLINGS_BACK.test(segment) || CLINGS_ON.test(before)))
      pieces[pieces.length - 1] = before + segment;
    else pieces.push(segment);
  }
  return pieces;
}
