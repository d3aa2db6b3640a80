/** How much a token tells: inverse document frequency over the utterances of the pack. */
export type TokenWeight = (token: string) => number;

/** `frequency` says in how many of `total` documents a token occurs. */
export function inverseFrequency(total: number, frequency: (token: string) => number): TokenWeight {
  const known = new Map<string, number>();
  return (token) => {
    const before = known.get(token);
    if (before !== undefined) return before;
    const weight = Math.log(1 + (total + 0.5) / (frequency(token) + 0.5));
    known.set(token, weight);
    return weight;
  };
}

/** A question's tokens with their weights, made once and compared with many texts. */
export interface WeightedTokens {
  weights: ReadonlyMap<string, number>;
  total: number;
}

export function weigh(all: Iterable<string>, weight: TokenWeight): WeightedTokens {
  const weights = new Map<string, number>();
  let total = 0;
  for (const token of all) {
    if (weights.has(token)) continue;
    const value = weight(token);
    weights.set(token, value);
    total += value;
  }
  return { weights, total };
}

/** Weighted Dice overlap of two texts' tokens, 0 to 1; 1 means the same tokens. */
export function similarity(question: WeightedTokens, other: WeightedTokens): number {
  if (question.total + other.total === 0) return 0;
  return (2 * shared(question, other)) / (question.total + other.total);
}

/** The share of the question's weight that occurs among the tokens of a longer text, 0 to 1. */
export function coverage(question: WeightedTokens, present: ReadonlySet<string>): number {
  if (question.total === 0) return 0;
  let sum = 0;
  for (const [token, value] of question.weights) if (present.has(token)) sum += value;
  return sum / question.total;
}

function shared(left: WeightedTokens, right: WeightedTokens): number {
  let sum = 0;
  for (const [token, value] of left.weights) if (right.weights.has(token)) sum += value;
  return sum;
}
