/**
 * Cuts Latin letters into pinyin syllables that occur in the pack, longest first with backing up; null when it is not pinyin.
 * Spaces are boundaries. "gongshang zenme pei" → gong shang zen me pei.
 */
export function syllablesOf(text: string, known: ReadonlySet<string>): string[] | null {
  const result: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const cut = cutWord(word, known);
    if (cut === null) return null;
    result.push(...cut);
  }
  return result.length === 0 ? null : result;
}

const LONGEST_SYLLABLE = 6;

function cutWord(word: string, known: ReadonlySet<string>): string[] | null {
  /** best[i]: fewest syllables that make up the first i letters. */
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end += 1) {
    best[end] = null;
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start += 1) {
      const before = best[start];
      const syllable = word.slice(start, end);
      if (before === null || before === undefined || !known.has(syllable)) continue;
      const now = best[end];
      if (now === null || now === undefined || before.length + 1 < now.length)
        best[end] = [...before, syllable];
    }
  }
  return best[word.length] ?? null;
}

/** Search tokens: syllables and pairs of neighbours. */
export function pinyinTokens(syllables: readonly string[]): string[] {
  return [
    ...syllables,
    ...syllables.slice(1).map((syllable, index) => `${syllables[index] ?? ''}_${syllable}`),
  ];
}
