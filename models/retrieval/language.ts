/** Something said or written about one class; `weight` is how much each of its words counts. */
export interface LanguageText {
  column: number;
  words: Iterable<number>;
  weight: number;
}

/** What the words of a question say about each class. */
interface LanguageEvidence {
  /** Logarithms of probabilities by class; the probabilities sum to 1. */
  logarithms: Float64Array;
  /** How much likelier the best class makes the question than talk at large does, per word. */
  familiarity: number;
  /** Share of the words that nobody used before. */
  unknown: number;
}

export interface LanguageModel {
  /** `widening`: other words for the same, which count less than the question's own. */
  read(words: ReadonlySet<number>, widening: ReadonlySet<number>): LanguageEvidence;
}

/** How many words of talk at large are mixed into what is said about a class. */
const MIXED = 200;
const WIDENING_WEIGHT = 0.5;

/** How much weight each word has with each class: all that a language model knows, counted once when a pack is built. */
export interface LanguageCounts {
  /** Ascending. */
  words: Float64Array;
  /** By place in `words`: where its part of the two lists begins; one more than there are words. */
  starts: Int32Array;
  columns: Int32Array;
  weights: Float32Array;
}

/** Sums the weights of each word by class. */
export function countLanguage(texts: readonly LanguageText[]): LanguageCounts {
  const byWord = new Map<number, Map<number, number>>();
  for (const { column, words, weight } of texts)
    for (const word of words) {
      const said = byWord.get(word) ?? new Map<number, number>();
      said.set(column, (said.get(column) ?? 0) + weight);
      byWord.set(word, said);
    }
  const words = Float64Array.from(byWord.keys()).sort();
  const entries = [...words].map((word) => [...(byWord.get(word) ?? [])]);
  const starts = new Int32Array(words.length + 1);
  entries.forEach(({ length }, place) => {
    starts[place + 1] = (starts[place] as number) + length;
  });
  const all = entries.flat();
  return {
    words,
    starts,
    columns: Int32Array.from(all, ([column]) => column),
    weights: Float32Array.from(all, ([, weight]) => weight),
  };
}

/** Where a word stands in an ascending list; -1 when it does not. */
function placeOf(word: number, words: Float64Array): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as number) < word) low = middle + 1;
    else high = middle;
  }
  return words[low] === word ? low : -1;
}

/**
 * Which class would speak like this: a language model over characters and pairs for each class, smoothed with talk at
 * large (Dirichlet prior). Nothing is trained, counting is all; only classes that share a word cost time.
 */
export function createLanguageModel(counts: LanguageCounts, columns: number): LanguageModel {
  const { words: known, starts, columns: columnOf, weights } = counts;
  const lengths = new Float64Array(columns);
  const large = new Float64Array(known.length);
  let total = 0;
  for (let number = 0; number < known.length; number += 1) {
    for (let place = starts[number] as number; place < (starts[number + 1] as number); place += 1) {
      const weight = weights[place] as number;
      const column = columnOf[place] as number;
      lengths[column] = (lengths[column] as number) + weight;
      large[number] = (large[number] as number) + weight;
      total += weight;
    }
  }
  const mixedShare = total === 0 ? 0 : MIXED / total;
  const gains = new Float64Array(weights.length);
  for (let number = 0; number < known.length; number += 1) {
    const mixed = (large[number] as number) * mixedShare;
    for (let place = starts[number] as number; place < (starts[number + 1] as number); place += 1)
      gains[place] = Math.log1p((weights[place] as number) / mixed);
  }
  const penalties = lengths.map((length) => Math.log1p(length / MIXED));

  return {
    read(words, widening) {
      const scores = new Float64Array(columns);
      let heard = 0;
      const add = (word: number, share: number): boolean => {
        const number = placeOf(word, known);
        if (number === -1) return false;
        heard += share;
        const end = starts[number + 1] as number;
        for (let place = starts[number] as number; place < end; place += 1) {
          const column = columnOf[place] as number;
          scores[column] = (scores[column] as number) + share * (gains[place] as number);
        }
        return true;
      };
      let unknown = 0;
      for (const word of words) if (!add(word, 1)) unknown += 1;
      for (const word of widening) if (!words.has(word)) add(word, WIDENING_WEIGHT);
      let best = -Infinity;
      for (let column = 0; column < columns; column += 1) {
        const score = (scores[column] as number) - heard * (penalties[column] as number);
        scores[column] = score;
        best = Math.max(best, score);
      }
      let sum = 0;
      for (let column = 0; column < columns; column += 1) sum += Math.exp((scores[column] as number) - best);
      const logarithm = best + Math.log(sum);
      for (let column = 0; column < columns; column += 1)
        scores[column] = (scores[column] as number) - logarithm;
      return {
        logarithms: scores,
        familiarity: heard === 0 ? 0 : best / heard,
        unknown: words.size === 0 ? 1 : unknown / words.size,
      };
    },
  };
}
