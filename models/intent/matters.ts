import { features } from './features.ts';
import type { FeatureSettings } from './features.ts';
import { descend, prepare, score, softmax } from './linear.ts';
import type { LinearWeights, TrainingSettings } from './linear.ts';

/** A normalised utterance with what it is about and what is wanted; `null` teaches nothing about that output. */
export interface LabelledMatter {
  text: string;
  topic: number | null;
  need: number | null;
  /** Written rather than said, or a bare word: not varied by noise. */
  written?: boolean;
}

/** Two outputs of one weight table, apart from the answers' table: topics (the last one is "outside"), then needs. */
export interface MattersShape {
  features: FeatureSettings;
  topics: number;
  needs: number;
}

const MATTERS_TRAINING: TrainingSettings = { seed: 20261123, epochs: 6, variants: 2, rate: 1 };
/** Temperatures tried; above 1 the model is less sure than it was in training. */
const TEMPERATURES = Array.from({ length: 36 }, (_, index) => 0.5 + index * 0.1);

/** Probabilities of both outputs, topics first. */
export function forwardMatters(weights: LinearWeights, shape: MattersShape, text: string): Float32Array {
  const output = new Float32Array(shape.topics + shape.needs);
  score(weights, features(text, shape.features), output);
  softmax(output, 0, shape.topics);
  softmax(output, shape.topics, output.length);
  return output;
}

/** Trains both outputs; an utterance teaches only those it is labelled for. Same input, same weights. */
export function trainMatters(
  texts: readonly LabelledMatter[],
  shape: MattersShape,
  settings: TrainingSettings = MATTERS_TRAINING,
): LinearWeights {
  const columns = shape.topics + shape.needs;
  const head = (output: Float32Array, start: number, end: number, right: number | null) => {
    if (right === null) {
      output.fill(0, start, end);
      return;
    }
    softmax(output, start, end);
    output[start + right] = (output[start + right] ?? 0) - 1;
  };
  const examples = prepare(texts, shape.features, settings);
  return descend(examples, shape.features.buckets, columns, settings, (weights, { rows, label }, output) => {
    score(weights, rows, output);
    head(output, 0, shape.topics, label.topic);
    head(output, shape.topics, columns, label.need);
  });
}

/** The temperature that makes the probability of the right topic of held-out utterances likeliest. */
export function calibrate(
  heldOut: readonly { text: string; topic: number }[],
  predict: (text: string) => Float32Array,
): number {
  const logarithms = heldOut.map(({ text, topic }) => ({ topic, logs: predict(text).map(Math.log) }));
  const loss = (temperature: number) =>
    logarithms.reduce((sum, { topic, logs }) => {
      const scaled = logs.map((value) => value / temperature);
      softmax(scaled, 0, scaled.length);
      return sum - Math.log(Math.max(scaled[topic] ?? 0, 1e-9));
    }, 0);
  const losses = TEMPERATURES.map(loss);
  return TEMPERATURES[losses.indexOf(Math.min(...losses))] ?? 1;
}

/** The same model with its topic columns divided by a temperature. */
export function cooled(weights: LinearWeights, topics: number, temperature: number): LinearWeights {
  const divide = (value: number, column: number) => (column < topics ? value / temperature : value);
  return {
    columns: weights.columns,
    table: weights.table.map((value, index) => divide(value, index % weights.columns)),
    bias: weights.bias.map(divide),
  };
}
