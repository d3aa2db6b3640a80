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

/** Lists for each token the texts that have it, so that a question costs no more than what it shares. */
export function createOverlap(texts: readonly (readonly string[])[], weight: TokenWeight): Overlap {
  const lists = new Map<string, number[]>();
  const totals = texts.map((tokens, number) => {
    let total = 0;
    for (const token of new Set(tokens)) {
      total += weight(token);
      const list = lists.get(token);
      if (list === undefined) lists.set(token, [number]);
      else list.push(number);
    }
    return total;
  });

  const shared = (question: readonly string[]) => {
    const sums = new Float64Array(texts.length);
    let total = 0;
    const add = (token: string, everywhere: boolean) => {
      const value = weight(token);
      total += value;
      for (const number of lists.get(token) ?? []) {
        const before = sums[number] ?? 0;
        if (everywhere || before > 0) sums[number] = before + value;
      }
    };
    const distinct = [...new Set(question)];
    for (const token of distinct) if (carriesMeaning(token)) add(token, true);
    for (const token of distinct) if (!carriesMeaning(token)) add(token, false);
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
      for (let number = 0; number < sums.length; number += 1)
        if ((sums[number] as number) > 0) sums[number] = (sums[number] as number) / total;
      return sums;
    },
  };
}
