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

/** Syllables of question words and particles (怎么 什么 多少 可以 的 了 吗 我): how one asks, not what about. */
const ASKING = new Set([
  'zen',
  'me',
  'shen',
  'duo',
  'shao',
  'ke',
  'yi',
  'ban',
  'de',
  'le',
  'ma',
  'ne',
  'wo',
  'ni',
  'neng',
  'bu',
  'na',
  'ge',
]);

const pairs = (syllables: readonly string[]): [string, string][] =>
  syllables.slice(1).map((syllable, index) => [syllables[index] ?? '', syllable]);

/** One token for two neighbouring syllables; the digit keeps it apart from a single syllable. */
const joined = ([first, second]: [string, string]) => `2${first}${second}`;

/** What is stored of an utterance: its syllables, which say what is pinyin at all, and their pairs. */
export const pinyinTokens = (syllables: readonly string[]): string[] => [
  ...syllables,
  ...pairs(syllables).map(joined),
];

/** What is searched for: pairs that say what it is about and, once there is such a word, the other telling syllables. */
export function pinyinSearchTokens(syllables: readonly string[]): string[] {
  const telling = (syllable: string) => !ASKING.has(syllable);
  const words = pairs(syllables).filter((pair) => pair.every(telling));
  return words.length === 0 ? [] : [...new Set([...words.map(joined), ...syllables.filter(telling)])];
}
