/** A syllable without its tone, and the character that is written for it. */
export interface Unit {
  syllable: string;
  character: string;
}

/**
 * What a model of syllables can write: for each syllable of the sentences the character that most often stands for it and is
 * not taken yet. Number 0 is kept for nothing said.
 */
export function unitsOf(
  sentences: readonly { characters: readonly string[]; syllables: readonly string[] }[],
): Unit[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { characters, syllables } of sentences) {
    syllables.forEach((syllable, at) => {
      const character = characters[at];
      if (character === undefined) return;
      const known = counts.get(syllable) ?? new Map<string, number>();
      counts.set(syllable, known.set(character, (known.get(character) ?? 0) + 1));
    });
  }
  const total = (known: Map<string, number>) => [...known.values()].reduce((sum, count) => sum + count, 0);
  const taken = new Set<string>();
  return [...counts]
    .sort(([a, countsOfA], [b, countsOfB]) => total(countsOfB) - total(countsOfA) || (a < b ? -1 : 1))
    .flatMap(([syllable, known]) => {
      const free = [...known].filter(([character]) => !taken.has(character));
      const [best] = free.sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1));
      if (best === undefined) return [];
      taken.add(best[0]);
      return [{ syllable, character: best[0] }];
    });
}
