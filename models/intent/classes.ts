import { z } from 'zod';

import { features } from './features.ts';
import type { FeatureSettings } from './features.ts';
import { softmax } from './linear.ts';
import { quantiseRows } from './quantised.ts';
import { seededRandom, shuffled } from './random.ts';

/**
 * Tells the public classes of a question apart: which of the twenty kinds of legal matter it is, or none. One table; a
 * text's rows are weighed by how rare they are and the whole made length 1. The last column is "outside".
 */
export interface ClassModel {
  classes: readonly string[];
  features: FeatureSettings;
  /** Row-major, one row a bucket, one column a class and one for "outside". */
  table: Float32Array;
  /** By bucket, how much it tells; 0 for what was met too seldom. */
  importance: Float32Array;
}

/** A normalised text, how much of it each column is (together 1, the largest first), and how much it counts. */
export interface ClassExample {
  text: string;
  columns: readonly { column: number; share: number }[];
  weight: number;
}

const TRAINING = { seed: 20261125, rounds: 5, rate: 0.5 };
const SELDOM = 2;
/** A class's examples count together as this power of their number makes them: 0 would favour large classes, 1 none. */
const BALANCE = 0.75;
const ENERGY = 1e-3;

const at = (values: Float32Array | Float64Array, index: number): number => values[index] as number;

/** Learns from examples; same input, same model. */
export function trainClasses(
  examples: readonly ClassExample[],
  classes: readonly string[],
  settings: FeatureSettings,
): ClassModel {
  const columns = classes.length + 1;
  const mass = new Float64Array(columns);
  for (const { columns: fitting, weight } of examples)
    for (const { column, share } of fitting) mass[column] = at(mass, column) + share * weight;
  const mean = mass.reduce((sum, value) => sum + value, 0) / columns;
  const buckets = examples.map(({ text }) => features(text, settings));
  const importance = importanceOf(buckets, settings.buckets);
  const rarity = mass.map((sum) => (mean / Math.max(sum, Number.EPSILON)) ** BALANCE);
  const vectors: Vector[] = examples.map(({ columns: fitting, weight }, index) => ({
    ...weigh(buckets[index] ?? [], importance),
    fitting,
    weight: weight * fitting.reduce((sum, { column, share }) => sum + share * at(rarity, column), 0),
  }));
  const told = vectors.filter(({ rows }) => rows.length > 0);
  return {
    classes,
    features: settings,
    table: learn(told, settings.buckets, columns),
    importance,
  };
}

/** Probabilities by class and, as the last one, of "outside". */
export function forwardClasses(
  { classes, features: settings, table, importance }: ClassModel,
  text: string,
): Float32Array {
  const columns = classes.length + 1;
  const scores = new Float32Array(columns);
  const { rows, shares } = weigh(features(text, settings), importance);
  addRows(table, columns, rows, shares, scores);
  softmax(scores, 0, columns);
  return scores;
}

/** The same model, less sure where `temperature` is above 1. */
export function cooledClasses(model: ClassModel, temperature: number): ClassModel {
  return { ...model, table: model.table.map((value) => value / temperature) };
}

interface Weighed {
  rows: readonly number[];
  /** How much of the text each row is; their squares sum to 1. */
  shares: readonly number[];
}

interface Vector extends Weighed {
  fitting: ClassExample['columns'];
  weight: number;
}

function importanceOf(texts: readonly (readonly number[])[], buckets: number): Float32Array {
  const counts = new Float32Array(buckets);
  for (const rows of texts) for (const row of rows) counts[row] = at(counts, row) + 1;
  return counts.map((met) => (met < SELDOM ? 0 : Math.log((1 + texts.length) / (1 + met)) + 1));
}

function weigh(all: readonly number[], importance: Float32Array): Weighed {
  const rows = all.filter((row) => at(importance, row) > 0);
  const length = Math.sqrt(rows.reduce((sum, row) => sum + at(importance, row) ** 2, 0));
  return { rows, shares: rows.map((row) => at(importance, row) / length) };
}

function addRows(
  table: Float32Array,
  columns: number,
  rows: readonly number[],
  shares: readonly number[],
  into: Float32Array,
): void {
  rows.forEach((row, place) => {
    const share = shares[place] ?? 0;
    const from = row * columns;
    for (let column = 0; column < columns; column += 1)
      into[column] = at(into, column) + share * at(table, from + column);
  });
}

/** Stochastic gradient descent with one adaptive rate a row (AdaGrad). */
function learn(examples: readonly Vector[], buckets: number, columns: number): Float32Array {
  const table = new Float32Array(buckets * columns);
  const energy = new Float32Array(buckets).fill(ENERGY);
  const random = seededRandom(TRAINING.seed);
  const errors = new Float32Array(columns);
  for (let round = 0; round < TRAINING.rounds; round += 1) {
    const rate = TRAINING.rate * (1 - round / TRAINING.rounds);
    for (const { rows, shares, fitting, weight } of shuffled(examples, random)) {
      errors.fill(0);
      addRows(table, columns, rows, shares, errors);
      softmax(errors, 0, columns);
      for (const { column, share } of fitting) errors[column] = at(errors, column) - share;
      let power = 0;
      for (let column = 0; column < columns; column += 1) {
        errors[column] = at(errors, column) * weight;
        power += at(errors, column) ** 2;
      }
      rows.forEach((row, place) => {
        const share = shares[place] ?? 0;
        energy[row] = at(energy, row) + power * share * share;
        const step = (rate * share) / Math.sqrt(at(energy, row));
        const from = row * columns;
        for (let column = 0; column < columns; column += 1)
          table[from + column] = at(table, from + column) - step * at(errors, column);
      });
    }
  }
  return table;
}

const CLASSES_FORMAT = 1;

/** The model as a file: learned once (`tools/train-classes.ts`), numbers only. */
const classFile = z.object({
  format: z.literal(CLASSES_FORMAT),
  classes: z.array(z.string()),
  features: z.object({ buckets: z.number().int().positive(), longestGram: z.number().int().positive() }),
  /** By bucket, how much it tells; what tells nothing has no row below. */
  importance: z.base64(),
  /** Rows as bytes, each times its scale; base64. */
  rows: z.base64(),
  scales: z.base64(),
});

const floatsOf = (text: string) => {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
};
const textOf = (values: ArrayBufferView) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');

/** The model as the text of a file. */
export function writeClasses({ classes, features: settings, table, importance }: ClassModel): string {
  const columns = classes.length + 1;
  const told = [...importance.keys()].filter((row) => at(importance, row) > 0);
  const rows = new Float32Array(told.length * columns);
  told.forEach((row, place) => {
    rows.set(table.subarray(row * columns, (row + 1) * columns), place * columns);
  });
  const { table: bytes, scales } = quantiseRows(rows, columns);
  return `${JSON.stringify({
    format: CLASSES_FORMAT,
    classes,
    features: settings,
    importance: textOf(importance),
    rows: textOf(bytes),
    scales: textOf(scales),
  })}\n`;
}

/** Reads it back. Throws on nonsense. */
export function readClasses(text: string): ClassModel {
  const file = classFile.parse(JSON.parse(text));
  const columns = file.classes.length + 1;
  const importance = floatsOf(file.importance);
  const scales = floatsOf(file.scales);
  const bytes = Buffer.from(file.rows, 'base64');
  const table = new Float32Array(file.features.buckets * columns);
  const told = [...importance.keys()].filter((row) => at(importance, row) > 0);
  if (importance.length !== file.features.buckets || bytes.length !== told.length * columns)
    throw new Error('classes.model: its parts do not fit each other');
  told.forEach((row, place) => {
    for (let column = 0; column < columns; column += 1)
      table[row * columns + column] = bytes.readInt8(place * columns + column) * at(scales, place);
  });
  return { classes: file.classes, features: file.features, table, importance };
}
