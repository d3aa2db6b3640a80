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

interface Postings {
  /** By word: where its part of the two lists begins; one more than there are words. */
  starts: Int32Array;
  columns: Int32Array;
  weights: Float32Array;
}

/** Sums the weights of each word by class. */
function count(texts: readonly LanguageText[], numbers: Map<number, number>, columns: number): Postings {
  const sizes: number[] = [];
  const seen: number[] = [];
  texts.forEach(({ words }, text) => {
    for (const word of words) {
      let number = numbers.get(word);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(word, number);
        sizes.push(0);
      }
      sizes[number] = (sizes[number] as number) + 1;
      seen.push(number, text);
    }
  });
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, number) => {
    starts[number + 1] = (starts[number] as number) + size;
  });
  const next = starts.slice();
  const from = new Int32Array(seen.length / 2);
  for (let place = 0; place < seen.length; place += 2) {
    const number = seen[place] as number;
    from[next[number] as number] = seen[place + 1] as number;
    next[number] = (next[number] as number) + 1;
  }
  const merged: Postings = {
    starts: new Int32Array(sizes.length + 1),
    columns: new Int32Array(from.length),
    weights: new Float32Array(from.length),
  };
  const lastPlace = new Int32Array(columns).fill(-1);
  let end = 0;
  for (let number = 0; number < sizes.length; number += 1) {
    const begin = end;
    for (let place = starts[number] as number; place < (starts[number + 1] as number); place += 1) {
      const { column, weight } = texts[from[place] as number] as LanguageText;
      let at = lastPlace[column] as number;
      if (at < begin) {
        at = end;
        end += 1;
        lastPlace[column] = at;
        merged.columns[at] = column;
      }
      merged.weights[at] = (merged.weights[at] as number) + weight;
    }
    merged.starts[number + 1] = end;
  }
  return merged;
}

/**
 * Which class would speak like this: a language model over characters and pairs for each class, smoothed with talk at
 * large (Dirichlet prior). Nothing is trained, counting is all; only classes that share a word cost time.
 */
export function createLanguageModel(texts: readonly LanguageText[], columns: number): LanguageModel {
  const numbers = new Map<number, number>();
  const { starts, columns: columnOf, weights } = count(texts, numbers, columns);
  const lengths = new Float64Array(columns);
  const large = new Float64Array(numbers.size);
  let total = 0;
  for (let number = 0; number < numbers.size; number += 1) {
    for (let place = starts[number] as number; place < (starts[number + 1] as number); place += 1) {
      const weight = weights[place] as number;
      const column = columnOf[place] as number;
      lengths[column] = (lengths[column] as number) + weight;
      large[number] = (large[number] as number) + weight;
      total += weight;
    }
  }
  const mixedShare = total === 0 ? 0 : MIXED / total;
  const penalties = lengths.map((length) => Math.log1p(length / MIXED));

  return {
    read(words, widening) {
      const scores = new Float64Array(columns);
      let known = 0;
      const add = (word: number, share: number): boolean => {
        const number = numbers.get(word);
        if (number === undefined) return false;
        known += share;
        const mixed = (large[number] as number) * mixedShare;
        for (let place = starts[number] as number; place < (starts[number + 1] as number); place += 1) {
          const column = columnOf[place] as number;
          scores[column] =
            (scores[column] as number) + share * Math.log1p((weights[place] as number) / mixed);
        }
        return true;
      };
      let unknown = 0;
      for (const word of words) if (!add(word, 1)) unknown += 1;
      for (const word of widening) if (!words.has(word)) add(word, WIDENING_WEIGHT);
      let best = -Infinity;
      for (let column = 0; column < columns; column += 1) {
        const score = (scores[column] as number) - known * (penalties[column] as number);
        scores[column] = score;
        best = Math.max(best, score);
      }
      const sum = scores.reduce((all, score) => all + Math.exp(score - best), 0);
      const logarithm = best + Math.log(sum);
      return {
        logarithms: scores.map((score) => score - logarithm),
        familiarity: known === 0 ? 0 : best / known,
        unknown: words.size === 0 ? 1 : unknown / words.size,
      };
    },
  };
}
