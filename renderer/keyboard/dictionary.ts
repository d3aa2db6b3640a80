/** A word of the pinyin dictionary. */
export interface Word {
  text: string;
  /** Toneless syllables, ü as v. */
  syllables: readonly string[];
  /** 100 · log10 of its frequency; words of the law are raised when the dictionary is built. */
  weight: number;
}

export interface Dictionary {
  /** Words by the folded first letters of their syllables (工伤 → `gs`), heaviest first. */
  byInitials: ReadonlyMap<string, readonly Word[]>;
  /** The keys of `byInitials` in order, for completions. */
  initials: readonly string[];
  syllables: ReadonlySet<string>;
  /** How often the second word follows the first in our own content. */
  pairs: ReadonlyMap<string, number>;
}

/**
 * Folds what people of the south-west do not tell apart when they spell: zh/z, ch/c, sh/s, n/l at the front, -ng/-n at
 * the end.
 */
export function fold(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/ng$/, 'n');
}

function initialsKey(syllables: readonly string[]): string {
  return syllables.map((syllable) => fold(syllable).slice(0, 1)).join('');
}

/**
 * Reads the text that `npm run dictionary` writes: `word TAB syl'la'bles TAB weight` lines, an empty line, then
 * `word TAB word TAB count` lines.
 */
export function parseDictionary(text: string): Dictionary {
  const [wordLines = '', pairLines = ''] = text.split('\n\n');
  const byInitials = new Map<string, Word[]>();
  const syllables = new Set<string>();
  for (const line of wordLines.split('\n')) {
    const [word, spelling, weight] = line.split('\t');
    if (!word || !spelling) continue;
    const entry: Word = { text: word, syllables: spelling.split("'"), weight: Number(weight) };
    for (const syllable of entry.syllables) syllables.add(syllable);
    const key = initialsKey(entry.syllables);
    const bucket = byInitials.get(key);
    if (bucket) bucket.push(entry);
    else byInitials.set(key, [entry]);
  }
  for (const bucket of byInitials.values()) bucket.sort((a, b) => b.weight - a.weight);
  const pairs = new Map<string, number>();
  for (const line of pairLines.split('\n')) {
    const [first, second, count] = line.split('\t');
    if (first && second) pairs.set(`${first}\t${second}`, Number(count));
  }
  return { byInitials, initials: [...byInitials.keys()].sort(), syllables, pairs };
}
