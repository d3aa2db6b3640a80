import { associationBuckets } from './association.ts';
import type { AssociationWeights } from './association.ts';

/** A normalised question and the articles that decide it, as `law 第X条`. */
export interface AssociationExample {
  text: string;
  articles: readonly string[];
}

const BUCKETS = 8192;
const WIDTH = 64;
const EPOCHS = 40;
const RATE = 0.15;
const START = 0.1;

/** Seeded, so that the same questions give the same model (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** AdaGrad on the full softmax, one question at a time. */
export function trainAssociation(examples: readonly AssociationExample[]): AssociationWeights {
  const articles = [...new Set(examples.flatMap((example) => example.articles))].sort();
  const numbers = new Map(articles.map((article, number) => [article, number]));
  const random = generator(7);
  const start = (size: number) => Float32Array.from({ length: size }, () => (random() * 2 - 1) * START);
  const tokens = start(BUCKETS * WIDTH);
  const targets = start(articles.length * WIDTH);
  const bias = new Float32Array(articles.length);
  const squares = [tokens, targets, bias].map(({ length }) => new Float32Array(length).fill(1e-3));
  const [tokenSquares = bias, targetSquares = bias, biasSquares = bias] = squares;
  const prepared = examples.map(({ text, articles: right }) => ({
    rows: associationBuckets(text, BUCKETS),
    right: right.map((article) => numbers.get(article) ?? 0),
  }));
  const step = (weights: Float32Array, sums: Float32Array, at: number, slope: number) => {
    const square = (sums[at] ?? 0) + slope * slope;
    sums[at] = square;
    weights[at] = (weights[at] ?? 0) - (RATE * slope) / Math.sqrt(square);
  };
  const scores = new Float32Array(articles.length);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (const { rows, right } of shuffled(prepared, random)) {
      const norm = 1 / Math.sqrt(Math.max(1, rows.length));
      const hidden = new Float32Array(WIDTH);
      for (const row of rows)
        for (let at = 0; at < WIDTH; at += 1)
          hidden[at] = (hidden[at] ?? 0) + norm * (tokens[row * WIDTH + at] ?? 0);
      let highest = -Infinity;
      for (let article = 0; article < articles.length; article += 1) {
        let score = bias[article] ?? 0;
        for (let at = 0; at < WIDTH; at += 1)
          score += (targets[article * WIDTH + at] ?? 0) * (hidden[at] ?? 0);
        scores[article] = score;
        highest = Math.max(highest, score);
      }
      let sum = 0;
      for (const score of scores) sum += Math.exp(score - highest);
      const back = new Float32Array(WIDTH);
      for (let article = 0; article < articles.length; article += 1) {
        const probability = Math.exp((scores[article] ?? 0) - highest) / sum;
        const slope = probability - (right.includes(article) ? 1 / right.length : 0);
        // What hardly moves anything is left: most articles have nothing to do with a question.
        if (Math.abs(slope) < 1e-4) continue;
        for (let at = 0; at < WIDTH; at += 1) {
          const place = article * WIDTH + at;
          back[at] = (back[at] ?? 0) + slope * (targets[place] ?? 0);
          step(targets, targetSquares, place, slope * (hidden[at] ?? 0));
        }
        step(bias, biasSquares, article, slope);
      }
      for (const row of rows)
        for (let at = 0; at < WIDTH; at += 1)
          step(tokens, tokenSquares, row * WIDTH + at, norm * (back[at] ?? 0));
    }
  }
  return {
    buckets: BUCKETS,
    width: WIDTH,
    articles,
    bias: Array.from(bias, (value) => Math.round(value * 1e3) / 1e3),
    tokens: bytesOf(tokens),
    targets: bytesOf(targets),
  };
}

function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const moved = mixed[last];
    const taken = mixed[other];
    if (moved === undefined || taken === undefined) continue;
    mixed[last] = taken;
    mixed[other] = moved;
  }
  return mixed;
}

function bytesOf(weights: Float32Array): { scale: number; bytes: string } {
  const most = weights.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1e-9);
  const scale = most / 127;
  const bytes = Int8Array.from(weights, (value) => Math.round(value / scale));
  return { scale, bytes: Buffer.from(bytes.buffer).toString('base64') };
}
