import { carriesMeaning } from './tokens.ts';

/** How much a token tells: inverse document frequency over the texts that were counted. */
export type TokenWeight = (token: string) => number;

/** Counts in how many of the texts each token occurs. A token that none has weighs most; nothing asked is kept. */
export function inverseFrequency(texts: readonly (readonly string[])[]): TokenWeight {
  const frequencies = new Map<string, number>();
  for (const tokens of texts)
    for (const token of new Set(tokens)) frequencies.set(token, (frequencies.get(token) ?? 0) + 1);
  const weightOf = (frequency: number) => Math.log(1 + (texts.length + 0.5) / (frequency + 0.5));
  const weights = new Map([...frequencies].map(([token, frequency]) => [token, weightOf(frequency)]));
  const unheard = weightOf(0);
  return (token) => weights.get(token) ?? unheard;
}

/** Texts that are found by the tokens they share with a question; a text's number is its place among those given. */
export interface Overlap {
  /**
   * By text: weighted Dice overlap of its tokens with the question's, 0 to 1; 1 means the same tokens. Nothing where they
   * share only function words.
   */
  similarities(question: readonly string[]): Float64Array;
  /** By text: the share of the question's weight that occurs in it, 0 to 1. */
  coverages(question: readonly string[]): Float64Array;
}

/** A token that some text has. */
interface Listed {
  weight: number;
  /** Whether it says what it is about. */
  telling: boolean;
  texts: Int32Array;
}

/** Lists for each token the texts that have it, so that a question costs no more than what it shares. */
export function createOverlap(texts: readonly (readonly string[])[], weight: TokenWeight): Overlap {
  const lists = new Map<string, number[]>();
  const totals = Float64Array.from(texts, (tokens, number) => {
    let total = 0;
    for (const token of new Set(tokens)) {
      total += weight(token);
      const list = lists.get(token);
      if (list === undefined) lists.set(token, [number]);
      else list.push(number);
    }
    return total;
  });
  const listed = new Map<string, Listed>();
  for (const [token, numbers] of lists)
    listed.set(token, {
      weight: weight(token),
      telling: carriesMeaning(token),
      texts: Int32Array.from(numbers),
    });

  const shared = (question: readonly string[]) => {
    const sums = new Float64Array(texts.length);
    const functionWords: Listed[] = [];
    let total = 0;
    for (const token of new Set(question)) {
      const known = listed.get(token);
      total += known?.weight ?? weight(token);
      if (known === undefined) continue;
      if (!known.telling) {
        functionWords.push(known);
        continue;
      }
      const { texts: having, weight: value } = known;
      for (let place = 0; place < having.length; place += 1) {
        const number = having[place] as number;
        sums[number] = (sums[number] as number) + value;
      }
    }
    for (const { texts: having, weight: value } of functionWords)
      for (let place = 0; place < having.length; place += 1) {
        const number = having[place] as number;
        const before = sums[number] as number;
        if (before > 0) sums[number] = before + value;
      }
    return { sums, total };
  };

  return {
    similarities(question) {
      const { sums, total } = shared(question);
      for (let number = 0; number < sums.length; number += 1) {
        const sum = sums[number] as number;
        if (sum > 0) sums[number] = (2 * sum) / (total + (totals[number] as number));
      }
      return sums;
    },
    coverages(question) {
      const { sums, total } = shared(question);
      if (total > 0)
        for (let number = 0; number < sums.length; number += 1)
          sums[number] = (sums[number] as number) / total;
      return sums;
    },
  };
}
