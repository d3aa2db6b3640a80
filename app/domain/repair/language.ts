/** How likely one character follows two others, by counting; all values are logarithms. */
export interface CharacterLanguage {
  /** Empty strings stand for the beginning. */
  after(second: string, first: string, character: string): number;
  knows(character: string): boolean;
}

const SHARES = { three: 0.6, two: 0.3, one: 0.09999, none: 0.00001 };
const CHARACTERS = 6_000;

/** Counts characters, pairs and triples of sentences. */
export function countCharacters(sentences: Iterable<readonly string[]>): CharacterLanguage {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  let total = 0;
  for (const sentence of sentences) {
    let second = '';
    let first = '';
    for (const character of sentence) {
      add(character);
      add(`|${first}`);
      add(`${first}|${character}`);
      add(`||${second}|${first}`);
      add(`${second}|${first}|${character}`);
      total += 1;
      second = first;
      first = character;
    }
  }
  const share = (key: string, of: string) => {
    const whole = counts.get(of);
    return whole === undefined ? 0 : (counts.get(key) ?? 0) / whole;
  };
  return {
    knows: (character) => counts.has(character),
    after: (second, first, character) =>
      Math.log(
        SHARES.three * share(`${second}|${first}|${character}`, `||${second}|${first}`) +
          SHARES.two * share(`${first}|${character}`, `|${first}`) +
          (SHARES.one * (counts.get(character) ?? 0)) / Math.max(1, total) +
          SHARES.none / CHARACTERS,
      ),
  };
}
