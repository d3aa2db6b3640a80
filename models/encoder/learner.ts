import type { EncoderWeights } from './export.ts';
import { ENCODER_BUCKETS, ENCODER_WIDTH } from './features.ts';
import type { Bag } from './features.ts';
import type { Random } from '../intent/random.ts';

const WIDTH = ENCODER_WIDTH;
/** Similarities are multiplied by this before the softmax. */
const SHARPNESS = 16;
/** Gradients below this move nothing. */
const LEAST_SLOPE = 1e-4;

/** One step's texts: each query, the documents that answer it, and whether documents must find their queries too. */
export interface Batch {
  queries: readonly Bag[];
  documents: readonly Bag[];
  /** By query: positions of its documents. */
  right: readonly (readonly number[])[];
  bothWays: boolean;
}

interface Vectors {
  values: Float32Array;
  lengths: Float32Array;
}

/** The encoder while it learns: sums of gated rows, made length 1; AdaGrad with one step size a row. */
export class EncoderLearner {
  readonly #table: Float32Array;
  readonly #gates: Float32Array;
  readonly #tableSquares = new Float32Array(ENCODER_BUCKETS).fill(1e-4);
  readonly #gateSquares = new Float32Array(ENCODER_BUCKETS).fill(1e-2);
  /** Gradients of the rows of one step, the gate's last; a row's slot is in `#slots`. */
  #gradients = new Float32Array(1 << 20);
  readonly #slots = new Map<number, number>();

  private constructor(table: Float32Array, gates: Float32Array) {
    this.#table = table;
    this.#gates = gates;
  }

  /** Random rows; a bucket counts the more, the fewer of `texts` have it. */
  static start(texts: readonly Bag[], random: Random): EncoderLearner {
    const table = Float32Array.from(
      { length: ENCODER_BUCKETS * WIDTH },
      () => ((random.next() + random.next() + random.next() - 1.5) * 2) / Math.sqrt(WIDTH),
    );
    const counts = new Float32Array(ENCODER_BUCKETS);
    for (const { rows } of texts) for (const row of rows) counts[row] = (counts[row] ?? 0) + 1;
    const gates = counts.map((count) => Math.log(Math.log(1 + (texts.length + 0.5) / (count + 0.5)) / 5));
    return new EncoderLearner(table, gates);
  }

  /** A learner with the same weights that goes its own way from here. */
  copy(): EncoderLearner {
    return new EncoderLearner(this.#table.slice(), this.#gates.slice());
  }

  get weights(): EncoderWeights {
    return { width: WIDTH, table: this.#table, gates: this.#gates };
  }

  /** Vectors of length 1, one after the other. */
  encode(texts: readonly Bag[]): Float32Array {
    return this.#vectors(texts).values;
  }

  /** Moves each query towards its documents and away from the others; returns the mean loss before the step. */
  learn({ queries, documents, right, bothWays }: Batch, rate: number): number {
    const asked = this.#vectors(queries);
    const found = this.#vectors(documents);
    const scores = products(asked.values, queries.length, found.values, documents.length);
    const slopes = new Float32Array(scores.length);
    const loss = softmaxSlopes(scores, slopes, right, documents.length, 1);
    if (bothWays) {
      const askedBy = Array.from(documents, (): number[] => []);
      right.forEach((positions, query) => {
        for (const position of positions) askedBy[position]?.push(query);
      });
      softmaxSlopes(scores, slopes, askedBy, documents.length, documents.length);
    }
    const askedSlopes = new Float32Array(asked.values.length);
    const foundSlopes = new Float32Array(found.values.length);
    for (let query = 0; query < queries.length; query += 1) {
      for (let document = 0; document < documents.length; document += 1) {
        const slope = (slopes[query * documents.length + document] ?? 0) * SHARPNESS;
        if (Math.abs(slope) < LEAST_SLOPE) continue;
        const left = query * WIDTH;
        const other = document * WIDTH;
        for (let at = 0; at < WIDTH; at += 1) {
          askedSlopes[left + at] = (askedSlopes[left + at] ?? 0) + slope * (found.values[other + at] ?? 0);
          foundSlopes[other + at] = (foundSlopes[other + at] ?? 0) + slope * (asked.values[left + at] ?? 0);
        }
      }
    }
    this.#slots.clear();
    this.#collect(queries, asked, askedSlopes);
    this.#collect(documents, found, foundSlopes);
    this.#move(rate);
    return loss;
  }

  #vectors(texts: readonly Bag[]): Vectors {
    const table = this.#table;
    const values = new Float32Array(texts.length * WIDTH);
    const lengths = new Float32Array(texts.length);
    texts.forEach(({ rows, weights }, text) => {
      const to = text * WIDTH;
      for (let token = 0; token < rows.length; token += 1) {
        const row = rows[token] ?? 0;
        const share = (weights[token] ?? 0) * Math.exp(this.#gates[row] ?? 0);
        const from = row * WIDTH;
        for (let at = 0; at < WIDTH; at += 1)
          values[to + at] = (values[to + at] ?? 0) + share * (table[from + at] ?? 0);
      }
      let sum = 0;
      for (let at = 0; at < WIDTH; at += 1) sum += (values[to + at] ?? 0) ** 2;
      const length = Math.sqrt(sum) + 1e-9;
      for (let at = 0; at < WIDTH; at += 1) values[to + at] = (values[to + at] ?? 0) / length;
      lengths[text] = length;
    });
    return { values, lengths };
  }

  /** Adds the slopes of texts to those of their rows and gates, through the division by the length. */
  #collect(texts: readonly Bag[], { values, lengths }: Vectors, slopes: Float32Array): void {
    const table = this.#table;
    texts.forEach(({ rows, weights }, text) => {
      const from = text * WIDTH;
      let along = 0;
      for (let at = 0; at < WIDTH; at += 1) along += (slopes[from + at] ?? 0) * (values[from + at] ?? 0);
      const length = lengths[text] ?? 1;
      for (let at = 0; at < WIDTH; at += 1)
        slopes[from + at] = ((slopes[from + at] ?? 0) - along * (values[from + at] ?? 0)) / length;
      for (let token = 0; token < rows.length; token += 1) {
        const row = rows[token] ?? 0;
        const share = (weights[token] ?? 0) * Math.exp(this.#gates[row] ?? 0);
        const slot = this.#slotOf(row);
        const gradients = this.#gradients;
        const source = row * WIDTH;
        let gate = 0;
        for (let at = 0; at < WIDTH; at += 1) {
          const slope = slopes[from + at] ?? 0;
          gradients[slot + at] = (gradients[slot + at] ?? 0) + share * slope;
          gate += (table[source + at] ?? 0) * slope;
        }
        gradients[slot + WIDTH] = (gradients[slot + WIDTH] ?? 0) + share * gate;
      }
    });
  }

  #slotOf(row: number): number {
    const known = this.#slots.get(row);
    if (known !== undefined) return known;
    const slot = this.#slots.size * (WIDTH + 1);
    this.#slots.set(row, slot);
    if (this.#gradients.length < slot + WIDTH + 1) {
      const larger = new Float32Array(2 * (slot + WIDTH + 1));
      larger.set(this.#gradients);
      this.#gradients = larger;
    }
    this.#gradients.fill(0, slot, slot + WIDTH + 1);
    return slot;
  }

  #move(rate: number): void {
    const gradients = this.#gradients;
    for (const [row, slot] of this.#slots) {
      let squares = 0;
      for (let at = 0; at < WIDTH; at += 1) squares += (gradients[slot + at] ?? 0) ** 2;
      const rowSquares = (this.#tableSquares[row] ?? 0) + squares / WIDTH;
      this.#tableSquares[row] = rowSquares;
      const step = rate / Math.sqrt(rowSquares);
      const to = row * WIDTH;
      for (let at = 0; at < WIDTH; at += 1)
        this.#table[to + at] = (this.#table[to + at] ?? 0) - step * (gradients[slot + at] ?? 0);
      const gate = gradients[slot + WIDTH] ?? 0;
      const gateSquares = (this.#gateSquares[row] ?? 0) + gate * gate;
      this.#gateSquares[row] = gateSquares;
      this.#gates[row] = (this.#gates[row] ?? 0) - (rate * gate) / Math.sqrt(gateSquares);
    }
  }
}

/** Sharpened cosines of each left vector with each right one. */
function products(
  left: Float32Array,
  leftCount: number,
  right: Float32Array,
  rightCount: number,
): Float32Array {
  const scores = new Float32Array(leftCount * rightCount);
  for (let row = 0; row < leftCount; row += 1) {
    for (let column = 0; column < rightCount; column += 1) {
      let sum = 0;
      const from = row * WIDTH;
      const to = column * WIDTH;
      for (let at = 0; at < WIDTH; at += 1) sum += (left[from + at] ?? 0) * (right[to + at] ?? 0);
      scores[row * rightCount + column] = sum * SHARPNESS;
    }
  }
  return scores;
}

/**
 * Adds softmax minus target to `slopes`; the right ones share the target. `columns` is the width of the matrix; lines are
 * its rows, or its columns when `stride` is not 1. Lines without a right one are left alone. Returns the mean loss.
 */
function softmaxSlopes(
  scores: Float32Array,
  slopes: Float32Array,
  right: readonly (readonly number[])[],
  columns: number,
  stride: number,
): number {
  const across = stride === 1;
  const members = across ? columns : scores.length / columns;
  let loss = 0;
  right.forEach((positions, line) => {
    if (positions.length === 0) return;
    const start = across ? line * columns : line;
    let highest = -Infinity;
    for (let member = 0; member < members; member += 1)
      highest = Math.max(highest, scores[start + member * stride] ?? 0);
    let sum = 0;
    for (let member = 0; member < members; member += 1)
      sum += Math.exp((scores[start + member * stride] ?? 0) - highest);
    for (let member = 0; member < members; member += 1) {
      const place = start + member * stride;
      slopes[place] = (slopes[place] ?? 0) + Math.exp((scores[place] ?? 0) - highest) / sum;
    }
    for (const position of positions) {
      const place = start + position * stride;
      slopes[place] = (slopes[place] ?? 0) - 1 / positions.length;
      loss -= ((scores[place] ?? 0) - highest - Math.log(sum)) / positions.length;
    }
  });
  return loss / Math.max(1, right.length);
}
