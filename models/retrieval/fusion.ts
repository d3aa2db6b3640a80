/**
 * Fusion is a conditional logit: every answer, and "none of them", is a candidate with a few features; one weight a
 * feature for all. Fitted on held-out questions its probabilities are calibrated, so that thresholds mean something.
 */
export interface Candidates {
  /** Features of the answers, a list for each feature, in answer order: see `evidence.ts`. */
  answers: readonly Float64Array[];
  /** Features of "none of the kiosk's answers": see there. */
  outside: readonly number[];
}

interface FusionWeights {
  answer: number[];
  outside: number[];
}

/** Probabilities of the answers in order, and of none of them; they sum to 1. */
export interface Fused {
  answers: Float64Array;
  outside: number;
}

const dot = (weights: readonly number[], values: readonly number[]) =>
  values.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0);

/** Each answer's features, weighed and summed. */
function weighed(features: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const sums = new Float64Array(features[0]?.length ?? 0);
  features.forEach((values, feature) => {
    const weight = weights[feature] ?? 0;
    for (let answer = 0; answer < sums.length; answer += 1)
      sums[answer] = (sums[answer] as number) + (values[answer] as number) * weight;
  });
  return sums;
}

/** Features of these answers alone, in this order. */
const only = (kept: readonly number[], { answers }: Candidates): Float64Array[] =>
  answers.map((feature) => Float64Array.from(kept, (answer) => feature[answer] ?? 0));

/** Only the likeliest few candidates take part; the others get nothing. */
export function fuse(candidates: Candidates, weights: FusionWeights): Fused {
  const kept = contenders(candidates);
  const few = fuseAll({ answers: only(kept, candidates), outside: candidates.outside }, weights);
  const answers = new Float64Array(candidates.answers[0]?.length ?? 0);
  kept.forEach((answer, place) => {
    answers[answer] = few.answers[place] ?? 0;
  });
  return { answers, outside: few.outside };
}

function fuseAll(candidates: Candidates, weights: FusionWeights): Fused {
  const scores = weighed(candidates.answers, weights.answer);
  const outside = dot(weights.outside, candidates.outside);
  let highest = outside;
  for (const score of scores) highest = Math.max(highest, score);
  const none = Math.exp(outside - highest);
  let sum = none;
  for (let answer = 0; answer < scores.length; answer += 1) {
    const value = Math.exp((scores[answer] as number) - highest);
    scores[answer] = value;
    sum += value;
  }
  for (let answer = 0; answer < scores.length; answer += 1) scores[answer] = (scores[answer] as number) / sum;
  return { answers: scores, outside: none / sum };
}

/** A held-out question: its candidates, the right one (`null`: none), and how much it counts. */
export interface FusionExample {
  candidates: Candidates;
  right: number | null;
  weight: number;
}

/** Where fitting starts. */
const START = { answer: [0.7, 0.3, 0.2], outside: [0, 0.7, 0.3, 0.2, 0, 0] } as const;
const ROUNDS = 250;
const RATE = 0.05;
/** Memory of the slope and of its square (Adam): the features differ a hundredfold in size. */
const MEMORY = 0.9;
const SQUARE_MEMORY = 0.99;
const CONTENDERS = 12;
const RIDGE = 0.002;

/** Maximum likelihood by full-batch gradient ascent (Adam) with a small ridge; a convex problem of nine weights. */
export function fitFusion(examples: readonly FusionExample[]): FusionWeights {
  const weights: FusionWeights = { answer: [...START.answer], outside: [...START.outside] };
  const ascents = { answer: ascent(weights.answer), outside: ascent(weights.outside) };
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope: FusionWeights = {
      answer: weights.answer.map((value) => -RIDGE * value),
      outside: weights.outside.map((value) => -RIDGE * value),
    };
    for (const { candidates, right, weight } of examples) {
      const fused = fuseAll(candidates, weights);
      const share = weight / total;
      for (let index = 0; index < fused.answers.length; index += 1) {
        const error = share * ((index === right ? 1 : 0) - (fused.answers[index] as number));
        if (Math.abs(error) <= 1e-9) continue;
        for (let feature = 0; feature < slope.answer.length; feature += 1)
          slope.answer[feature] =
            (slope.answer[feature] ?? 0) + error * (candidates.answers[feature]?.[index] ?? 0);
      }
      accumulate(slope.outside, candidates.outside, share * ((right === null ? 1 : 0) - fused.outside));
    }
    ascents.answer(slope.answer, round);
    ascents.outside(slope.outside, round);
  }
  return { answer: weights.answer.map(rounded), outside: weights.outside.map(rounded) };
}

/** Numbers of the likeliest candidates by the weights that fitting starts from, best first. */
function contenders({ answers }: Candidates): number[] {
  const best: { answer: number; score: number }[] = [];
  const scores = weighed(answers, START.answer);
  let floor = -Infinity;
  for (let answer = 0; answer < scores.length; answer += 1) {
    const score = scores[answer] as number;
    if (score <= floor) continue;
    const place = best.findIndex((other) => score > other.score);
    best.splice(place === -1 ? best.length : place, 0, { answer, score });
    if (best.length < CONTENDERS) continue;
    best.length = CONTENDERS;
    floor = best[CONTENDERS - 1]?.score ?? floor;
  }
  return best.map(({ answer }) => answer);
}

/** The example with only its likeliest candidates, and the right one: the others move no weight, but fill the memory. */
export function shortened({ candidates, right, weight }: FusionExample): FusionExample {
  const few = contenders(candidates);
  const kept = right === null || few.includes(right) ? few : [...few, right];
  return {
    candidates: { answers: only(kept, candidates), outside: candidates.outside },
    right: right === null ? null : kept.indexOf(right),
    weight,
  };
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;

function accumulate(into: number[], values: readonly number[], factor: number): void {
  values.forEach((value, index) => {
    into[index] = (into[index] ?? 0) + factor * value;
  });
}

/** Moves weights in place, each by steps of its own size. */
function ascent(weights: number[]): (slope: readonly number[], round: number) => void {
  const means = weights.map(() => 0);
  const squares = weights.map(() => 0);
  return (slope, round) => {
    slope.forEach((value, index) => {
      const mean = MEMORY * (means[index] ?? 0) + (1 - MEMORY) * value;
      const square = SQUARE_MEMORY * (squares[index] ?? 0) + (1 - SQUARE_MEMORY) * value * value;
      means[index] = mean;
      squares[index] = square;
      const step =
        mean / (1 - MEMORY ** (round + 1)) / (Math.sqrt(square / (1 - SQUARE_MEMORY ** (round + 1))) + 1e-9);
      weights[index] = (weights[index] ?? 0) + RATE * (1 - round / ROUNDS) * step;
    });
  };
}
