import { softmax } from './linear.ts';
import { seededRandom, shuffled } from './random.ts';

/** How a network is built: a vector for each hash bucket, their sum made length 1, one score a column. */
export interface NetworkShape {
  buckets: number;
  /** Numbers in a vector. */
  width: number;
  columns: number;
}

export interface Network {
  shape: NetworkShape;
  /** One row a bucket. */
  rows: Float32Array;
  /** One row a column. */
  heads: Float32Array;
}

/** Buckets of a text in the variants it may be met in, its column, and how much it counts. */
export interface NetworkExample {
  variants: readonly (readonly number[])[];
  column: number;
  weight: number;
}

export interface NetworkTraining {
  seed: number;
  rounds: number;
  rate: number;
  /** Share of a text's buckets that is left out each time it is shown. */
  forgotten: number;
}

/** Scores are this much larger than cosines, so that a softmax can be sure. */
const SHARPNESS = 8;
/** Gradients below this move nothing that survives int8. */
const NEGLIGIBLE = 2e-3;
/** How often a varied text is shown instead of the text itself. */
const VARIED = 0.3;
const ENERGY = 1e-3;

const at = (values: Float32Array, index: number): number => values[index] as number;

/** Rare buckets tell more: their rows start, and stay, larger. */
function gatesOf(examples: readonly NetworkExample[], buckets: number): Float32Array {
  const counts = new Float32Array(buckets);
  for (const { variants } of examples)
    for (const row of variants[0] ?? []) counts[row] = (counts[row] ?? 0) + 1;
  return counts.map((count) => Math.log(1 + (examples.length + 0.5) / (count + 0.5)) / 5);
}

/** Writes the vector of a text, of length 1, and returns its length before. */
function encode(
  rows: Float32Array,
  gates: Float32Array | null,
  buckets: readonly number[],
  into: Float32Array,
): number {
  const width = into.length;
  into.fill(0);
  for (const bucket of buckets) {
    const gate = gates === null ? 1 : at(gates, bucket);
    const from = bucket * width;
    for (let place = 0; place < width; place += 1)
      into[place] = at(into, place) + gate * at(rows, from + place);
  }
  let squares = 0;
  for (let place = 0; place < width; place += 1) squares += at(into, place) ** 2;
  const length = Math.sqrt(squares) + 1e-6;
  for (let place = 0; place < width; place += 1) into[place] = at(into, place) / length;
  return length;
}

function scoresOf(heads: Float32Array, vector: Float32Array, sharpness: number, into: Float32Array): void {
  const width = vector.length;
  for (let column = 0, from = 0; column < into.length; column += 1, from += width) {
    let first = 0;
    let second = 0;
    for (let place = 0; place < width; place += 2) {
      first += at(heads, from + place) * at(vector, place);
      second += at(heads, from + place + 1) * at(vector, place + 1);
    }
    into[column] = (first + second) * sharpness;
  }
}

/** Probabilities by column of a text's buckets. */
export function forwardNetwork({ shape, rows, heads }: Network, buckets: readonly number[]): Float32Array {
  const vector = new Float32Array(shape.width);
  encode(rows, null, buckets, vector);
  const scores = new Float32Array(shape.columns);
  scoresOf(heads, vector, 1, scores);
  softmax(scores, 0, scores.length);
  return scores;
}

/**
 * Trains by stochastic gradient descent with adaptive rates, leaving out a share of each text's buckets every time, so
 * that no single word decides. Same input, same weights.
 */
export function trainNetwork(
  examples: readonly NetworkExample[],
  shape: NetworkShape,
  settings: NetworkTraining,
): Network {
  const { buckets, width, columns } = shape;
  const random = seededRandom(settings.seed);
  const start = (size: number, spread: number) =>
    Float32Array.from(
      { length: size },
      () => (random.next() + random.next() + random.next() - 1.5) * 2 * spread,
    );
  const rows = start(buckets * width, 1 / Math.sqrt(width));
  const heads = start(columns * width, 0.05);
  const gates = gatesOf(examples, buckets);
  const rowEnergy = new Float32Array(buckets).fill(ENERGY);
  const headEnergy = new Float32Array(columns * width).fill(ENERGY);
  const vector = new Float32Array(width);
  const slope = new Float32Array(width);
  const errors = new Float32Array(columns);
  for (let round = 0; round < settings.rounds; round += 1) {
    const rate = settings.rate * (1 - round / settings.rounds);
    for (const { variants, column: right, weight } of shuffled(examples, random)) {
      const varied = variants.length > 1 && random.next() < VARIED;
      const all = variants[varied ? 1 + random.below(variants.length - 1) : 0] ?? [];
      const shown = all.filter(() => random.next() >= settings.forgotten);
      if (shown.length === 0) continue;
      const length = encode(rows, gates, shown, vector);
      scoresOf(heads, vector, SHARPNESS, errors);
      softmax(errors, 0, errors.length);
      errors[right] = at(errors, right) - 1;
      slope.fill(0);
      for (let column = 0; column < columns; column += 1) {
        const error = at(errors, column) * weight * SHARPNESS;
        if (Math.abs(error) < NEGLIGIBLE * SHARPNESS) continue;
        const from = column * width;
        for (let place = 0; place < width; place += 1) {
          const index = from + place;
          const gradient = error * at(vector, place);
          slope[place] = at(slope, place) + error * at(heads, index);
          const energy = at(headEnergy, index) + gradient * gradient;
          headEnergy[index] = energy;
          heads[index] = at(heads, index) - (rate * gradient) / Math.sqrt(energy);
        }
      }
      let along = 0;
      for (let place = 0; place < width; place += 1) along += at(slope, place) * at(vector, place);
      let power = 0;
      for (let place = 0; place < width; place += 1) {
        const value = (at(slope, place) - along * at(vector, place)) / length;
        slope[place] = value;
        power += value * value;
      }
      power /= width;
      for (const bucket of shown) {
        const gate = at(gates, bucket);
        const energy = at(rowEnergy, bucket) + gate * gate * power;
        rowEnergy[bucket] = energy;
        const step = (rate * gate) / Math.sqrt(energy);
        const from = bucket * width;
        for (let place = 0; place < width; place += 1)
          rows[from + place] = at(rows, from + place) - step * at(slope, place);
      }
    }
  }
  for (let bucket = 0; bucket < buckets; bucket += 1)
    for (let place = 0; place < width; place += 1)
      rows[bucket * width + place] = at(rows, bucket * width + place) * at(gates, bucket);
  return { shape, rows, heads: heads.map((value) => value * SHARPNESS) };
}
