/**
 * Fusion is a conditional logit: every answer, and "none of them", is a candidate with a few features; one weight a
 * feature for all. Fitted on held-out questions its probabilities are calibrated, so that thresholds mean something.
 */
export interface Candidates {
  /** Features of each answer, in answer order: see `ANSWER_FEATURES`. */
  answers: readonly (readonly number[])[];
  /** Features of "none of the kiosk's answers": see `OUTSIDE_FEATURES`. */
  outside: readonly number[];
}

const ANSWER_FEATURES = ['logModel', 'logTopic', 'bestPhrasing', 'meanPhrasing', 'answerText'] as const;
const OUTSIDE_FEATURES = [
  'always',
  'logOdds',
  'bestUtterance',
  'bestPhrasing',
  'unknown',
  'logModel',
] as const;

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

export function fuse(candidates: Candidates, weights: FusionWeights): Fused {
  const scores = Float64Array.from(candidates.answers, (values) => dot(weights.answer, values));
  const outside = dot(weights.outside, candidates.outside);
  const highest = scores.reduce((most, score) => Math.max(most, score), outside);
  const answers = scores.map((score) => Math.exp(score - highest));
  const none = Math.exp(outside - highest);
  const sum = answers.reduce((total, value) => total + value, none);
  return { answers: answers.map((value) => value / sum), outside: none / sum };
}

/** A held-out question: its candidates, the right one (`null`: none), and how much it counts. */
export interface FusionExample {
  candidates: Candidates;
  right: number | null;
  weight: number;
}

const ROUNDS = 200;
const RATE = 0.15;
/** Candidates beyond the likeliest few move no weight. */
const CONTENDERS = 12;
const RIDGE = 0.002;
const MOMENTUM = 0.9;

/** Maximum likelihood by full-batch gradient ascent with momentum and a small ridge; a convex problem of eleven weights. */
export function fitFusion(examples: readonly FusionExample[]): FusionWeights {
  const weights: FusionWeights = { answer: [0.7, 0.2, 4, 2, 1], outside: [-2, 0.5, 3, 0, 0, 0] };
  const speed: FusionWeights = {
    answer: ANSWER_FEATURES.map(() => 0),
    outside: OUTSIDE_FEATURES.map(() => 0),
  };
  const contests = examples.map((example) => shortened(example, weights));
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope: FusionWeights = {
      answer: weights.answer.map((value) => -RIDGE * value),
      outside: weights.outside.map((value) => -RIDGE * value),
    };
    for (const { candidates, right, weight } of contests) {
      const fused = fuse(candidates, weights);
      const share = weight / total;
      candidates.answers.forEach((values, index) => {
        const error = share * ((index === right ? 1 : 0) - (fused.answers[index] ?? 0));
        if (Math.abs(error) > 1e-9) accumulate(slope.answer, values, error);
      });
      accumulate(slope.outside, candidates.outside, share * ((right === null ? 1 : 0) - fused.outside));
    }
    advance(weights.answer, speed.answer, slope.answer);
    advance(weights.outside, speed.outside, slope.outside);
  }
  return { answer: weights.answer.map(rounded), outside: weights.outside.map(rounded) };
}

/** The example with only its likeliest candidates, and the right one. */
function shortened({ candidates, right, weight }: FusionExample, weights: FusionWeights): FusionExample {
  const scores = candidates.answers.map((values) => dot(weights.answer, values));
  const kept = [...scores.keys()]
    .sort((left, other) => (scores[other] ?? 0) - (scores[left] ?? 0))
    .filter((answer, place) => place < CONTENDERS || answer === right);
  const answers = kept.map((answer) => candidates.answers[answer] ?? []);
  return {
    candidates: { answers, outside: candidates.outside },
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

function advance(weights: number[], speed: number[], slope: readonly number[]): void {
  slope.forEach((value, index) => {
    speed[index] = MOMENTUM * (speed[index] ?? 0) + RATE * value;
    weights[index] = (weights[index] ?? 0) + (speed[index] ?? 0);
  });
}
