/** A pair of neighbours is one number, above every single character. */
const PAIR = 2 ** 21;

const wordOf = (first: number, second: number) => first * PAIR + second;

/** The characters of a normalised text and the pairs of its neighbours, each once, as numbers. */
export function wordsOf(text: string): Set<number> {
  const words = new Set<number>();
  let before = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    words.add(code);
    if (before !== 0) words.add(wordOf(before, code));
    before = code;
  }
  return words;
}

/** The same of what `indexText` made, as often as each occurs; longer tokens are left out. */
export function wordsOfTokens(joined: string): number[] {
  const words: number[] = [];
  let first = 0;
  let second = 0;
  let length = 0;
  for (let place = 0; place <= joined.length; place += 1) {
    const code = place < joined.length ? joined.charCodeAt(place) : 32;
    if (code !== 32) {
      length += 1;
      if (length === 1) first = code;
      else second = code;
      continue;
    }
    if (length === 1) words.push(first);
    if (length === 2) words.push(wordOf(first, second));
    length = 0;
  }
  return words;
}
