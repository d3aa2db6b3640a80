import { createAugmenter } from './augment.ts';
import { features } from './features.ts';
import type { FeatureSettings } from './features.ts';
import { seededRandom, shuffled } from './random.ts';

export interface LinearWeights {
  columns: number;
  /** Row-major, one row a bucket. */
  table: Float32Array;
  bias: Float32Array;
}

export interface TrainingSettings {
  seed: number;
  epochs: number;
  /** Noisy variants of each text beside itself. */
  variants: number;
  rate: number;
}

/** Gradients smaller than this change nothing that survives int8; leaving them out makes training three times as fast. */
const NEGLIGIBLE = 1e-3;

/** The bias learns this much slower than the rows: every example moves it. */
const BIAS_SHARE = 0.02;

/** Turns the numbers of one head into probabilities, in place. */
export function softmax(values: Float32Array, start: number, end: number): void {
  let highest = -Infinity;
  for (let column = start; column < end; column += 1) highest = Math.max(highest, values[column] ?? 0);
  let sum = 0;
  for (let column = start; column < end; column += 1) {
    const value = Math.exp((values[column] ?? 0) - highest);
    values[column] = value;
    sum += value;
  }
  for (let column = start; column < end; column += 1) values[column] = (values[column] ?? 0) / sum;
}

/** The linear part of a forward pass: one number a column, before any softmax. */
export function score(weights: LinearWeights, rows: readonly number[], into: Float32Array): void {
  const { columns, table, bias } = weights;
  const scale = 1 / Math.sqrt(rows.length);
  into.fill(0);
  for (const row of rows) {
    const offset = row * columns;
    for (let column = 0; column < columns; column += 1)
      into[column] = at(into, column) + at(table, offset + column);
  }
  for (let column = 0; column < columns; column += 1)
    into[column] = at(into, column) * scale + at(bias, column);
}

/** Number of an array at a place that is known to exist; hot loops below must not branch on undefined. */
const at = (values: Float32Array | Int32Array, index: number): number => values[index] as number;

/** The texts and their noisy variants as bucket numbers; empty ones are left out. Same texts, same variants. */
export function prepare<Text extends { text: string; written?: boolean }>(
  texts: readonly Text[],
  featureSettings: FeatureSettings,
  settings: TrainingSettings,
): { rows: readonly number[]; label: Text }[] {
  const augmenter = createAugmenter(
    texts.map(({ text }) => text),
    seededRandom(settings.seed),
  );
  return texts.flatMap((label) =>
    Array.from({ length: label.written === true ? 1 : settings.variants + 1 }, (_, variant) => ({
      rows: features(variant === 0 ? label.text : augmenter.vary(label.text), featureSettings),
      label,
    })).filter(({ rows }) => rows.length > 0),
  );
}

/** Stochastic gradient descent with one adaptive rate a row (AdaGrad); `slope` writes the loss's gradient by column of one example into its last argument. */
export function descend<Example extends { rows: readonly number[] }>(
  examples: readonly Example[],
  buckets: number,
  columns: number,
  settings: TrainingSettings,
  slope: (weights: LinearWeights, example: Example, into: Float32Array) => void,
): LinearWeights {
  const weights: LinearWeights = {
    columns,
    table: new Float32Array(buckets * columns),
    bias: new Float32Array(columns),
  };
  const { table, bias } = weights;
  const energy = new Float32Array(buckets).fill(0.02);
  const output = new Float32Array(columns);
  const active = new Int32Array(columns);
  const random = seededRandom(settings.seed + 1);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    const rate = settings.rate * (1 - epoch / settings.epochs);
    for (const example of shuffled(examples, random)) {
      const { rows } = example;
      slope(weights, example, output);
      let count = 0;
      let power = 0;
      for (let column = 0; column < columns; column += 1) {
        const gradient = at(output, column);
        if (Math.abs(gradient) < NEGLIGIBLE) continue;
        active[count] = column;
        count += 1;
        power += gradient * gradient;
      }
      const scale = 1 / Math.sqrt(rows.length);
      for (const row of rows) {
        energy[row] = at(energy, row) + power * scale * scale;
        const step = (rate * scale) / Math.sqrt(at(energy, row));
        const offset = row * columns;
        for (let index = 0; index < count; index += 1) {
          const column = at(active, index);
          table[offset + column] = at(table, offset + column) - step * at(output, column);
        }
      }
      for (let index = 0; index < count; index += 1) {
        const column = at(active, index);
        bias[column] = at(bias, column) - BIAS_SHARE * rate * at(output, column);
      }
    }
  }
  return weights;
}
