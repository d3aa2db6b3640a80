import type { Random } from '../../intent/random.ts';
import { seededRandom, shuffled } from '../../intent/random.ts';
import { ctcLoss, logSoftmax } from './ctc.ts';
import { FEATURES, FRAME_SHIFT, logMel } from './features.ts';
import { freshLayer, run, viewOf } from './network.ts';
import type { Layer, LayerShape } from './network.ts';
import type { Products } from './products.ts';
import { echo, mix, noise, NOISES } from './room.ts';

/** One sentence said by somebody: 16 kHz without silence at its ends, and its units. */
export interface Saying {
  samples: Float32Array;
  labels: readonly number[];
}

const SEED = 7;
const WIDTH = 192;
/** Quiet before and after a sentence, in frames: together what one row of the result sees; what comes after is the delay. */
const AFTER = 24;
const RECIPE = {
  rounds: 20,
  batch: 8,
  rate: 1.6e-3,
  warmUp: 150,
  lastShare: 0.02,
  longestSlope: 4,
  /** From no noise in the first round to all of it in this one. */
  noisyFrom: 4,
  clean: 0.15,
  echoed: 0.5,
  quietest: 0,
  loudest: 26,
  silentBefore: 0.4,
  masked: 0.6,
};
const ADAM = { first: 0.9, second: 0.98, least: 1e-8 };
/** Roughly the mean and spread of all features, so that the first layer sees numbers around zero. */
export const FEATURE_SCALE = { mean: -7, spread: 4 };

/** Five layers of time-delay network, 25 rows a second, then one row of `units`. */
export const networkShape = (units: number): LayerShape[] => {
  const plain = { residual: false, rectified: true };
  const residual = { taps: 5, step: 1, from: WIDTH, to: WIDTH, residual: true, rectified: true };
  return [
    { taps: 5, step: 2, spread: 1, from: FEATURES, to: 128, ...plain },
    { taps: 5, step: 2, spread: 1, from: 128, to: WIDTH, ...plain },
    { ...residual, spread: 1 },
    { ...residual, spread: 1 },
    { ...residual, spread: 2 },
    { taps: 1, step: 1, spread: 1, from: WIDTH, to: units, residual: false, rectified: false },
  ];
};

/** Quiet that a sentence needs on its left, in samples, so that its first sound is seen whole. */
export const quietBefore = (view: { width: number }): number => (view.width - 1 - AFTER) * FRAME_SHIFT;
export const QUIET_AFTER = AFTER * FRAME_SHIFT;

/** Scaled features of a sentence in its room, a whole number of steps long. */
function featuresOf(
  { samples }: Saying,
  view: { width: number; step: number },
  others: readonly Saying[],
  hardness: number,
  random: Random,
): Float32Array {
  const before = quietBefore(view) + random.below(40) * FRAME_SHIFT;
  const frames = view.step * Math.ceil((before + samples.length + QUIET_AFTER) / FRAME_SHIFT / view.step);
  const place = new Float32Array(frames * FRAME_SHIFT);
  place.set(samples, before);
  const voiced = { start: before, end: before + samples.length };
  let heard =
    random.next() < hardness * RECIPE.echoed ? echo(place, 0.12 + 0.4 * random.next(), random) : place;
  if (random.next() < hardness * (1 - RECIPE.clean)) {
    const kind = NOISES[random.below(NOISES.length)] ?? 'white';
    const voices = Array.from({ length: 4 }, () => others[random.below(others.length)]?.samples).filter(
      (voice) => voice !== undefined,
    );
    const decibels = RECIPE.quietest + (RECIPE.loudest - RECIPE.quietest) * random.next();
    heard = mix(heard, noise(kind, heard.length, voices, random), decibels, voiced);
  }
  if (random.next() < RECIPE.silentBefore) heard.fill(0, 0, quietBefore(view));
  const gain = 10 ** ((-24 + 30 * random.next()) / 20);
  const features = scaled(logMel(heard.map((sample) => Math.max(-1, Math.min(1, gain * sample)))));
  if (random.next() < hardness * RECIPE.masked) mask(features, random);
  return features;
}

const scaled = (features: Float32Array): Float32Array =>
  features.map((value) => (value - FEATURE_SCALE.mean) / FEATURE_SCALE.spread);

/** A band of pitches and a moment go missing, so that no single one decides. */
function mask(features: Float32Array, random: Random): void {
  const band = random.below(FEATURES - 7);
  const bands = 1 + random.below(7);
  const frames = features.length / FEATURES;
  const moment = random.below(frames);
  const moments = random.below(9);
  for (let frame = 0; frame < frames; frame += 1) {
    const row = frame * FEATURES;
    if (frame >= moment && frame < moment + moments) features.fill(0, row, row + FEATURES);
    else features.fill(0, row + band, row + band + bands);
  }
}

/** A batch: sentences one after the other, as one long sound; rows that see two of them count for nothing. */
interface Batch {
  features: Float32Array;
  /** Where the rows of each sentence begin and end in the result. */
  places: { start: number; end: number; labels: readonly number[] }[];
}

function batchOf(
  sayings: readonly Saying[],
  view: { width: number; step: number },
  all: readonly Saying[],
  hardness: number,
  random: Random,
): Batch {
  const parts = sayings.map((saying) => featuresOf(saying, view, all, hardness, random));
  const features = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  const places: Batch['places'] = [];
  let frame = 0;
  parts.forEach((part, at) => {
    features.set(part, frame * FEATURES);
    const frames = part.length / FEATURES;
    const start = frame / view.step;
    const rows = Math.floor((frames - view.width) / view.step) + 1;
    places.push({ start, end: start + rows, labels: sayings[at]?.labels ?? [] });
    frame += frames;
  });
  return { features, places };
}

class Adam {
  readonly #moments: { first: Float32Array; second: Float32Array }[];
  readonly #parameters: readonly Float32Array[];
  #steps = 0;

  constructor(parameters: readonly Float32Array[]) {
    this.#parameters = parameters;
    this.#moments = parameters.map(({ length }) => ({
      first: new Float32Array(length),
      second: new Float32Array(length),
    }));
  }

  move(slopes: readonly Float32Array[], rate: number): void {
    this.#steps += 1;
    let squares = 0;
    for (const slope of slopes) for (const value of slope) squares += value * value;
    const shrink = Math.min(1, RECIPE.longestSlope / (Math.sqrt(squares) + 1e-12));
    const rising = rate / (1 - ADAM.first ** this.#steps);
    const settling = 1 / (1 - ADAM.second ** this.#steps);
    this.#parameters.forEach((parameter, number) => {
      const { first, second } = this.#moments[number] as { first: Float32Array; second: Float32Array };
      const slope = slopes[number] as Float32Array;
      for (let at = 0; at < parameter.length; at += 1) {
        const value = shrink * (slope[at] as number);
        const one = ADAM.first * (first[at] as number) + (1 - ADAM.first) * value;
        const two = ADAM.second * (second[at] as number) + (1 - ADAM.second) * value * value;
        first[at] = one;
        second[at] = two;
        parameter[at] = (parameter[at] as number) - (rising * one) / (Math.sqrt(two * settling) + ADAM.least);
      }
    });
  }
}

/** Learns to write down sentences. `progress` is told after each round; `afterRound` may keep what there is so far. */
export async function teachSpeech(
  sayings: readonly Saying[],
  units: number,
  products: Products,
  progress: (line: string) => void,
  afterRound: (layers: readonly Layer[]) => void = () => undefined,
): Promise<Layer[]> {
  const random = seededRandom(SEED);
  const layers = networkShape(units).map((shape) => freshLayer(shape, random));
  const view = viewOf(layers.map(({ shape }) => shape));
  const adam = new Adam(layers.flatMap(({ weights, bias }) => [weights, bias]));
  const steps = RECIPE.rounds * Math.floor(sayings.length / RECIPE.batch);
  const byLength = [...sayings].sort((a, b) => a.samples.length - b.samples.length);
  let step = 0;
  for (let round = 0; round < RECIPE.rounds; round += 1) {
    // Short sentences first, once: what stands where is found more easily there.
    const order = round === 0 ? byLength : shuffled(sayings, random);
    const hardness = Math.min(1, round / RECIPE.noisyFrom);
    const said = { loss: 0, labels: 0, batches: 0 };
    for (let start = 0; start + RECIPE.batch <= order.length; start += RECIPE.batch) {
      const batch = batchOf(order.slice(start, start + RECIPE.batch), view, sayings, hardness, random);
      const warm = Math.min(1, (step + 1) / RECIPE.warmUp);
      const left = 0.5 + 0.5 * Math.cos((Math.PI * step) / steps);
      const rate = RECIPE.rate * warm * (RECIPE.lastShare + (1 - RECIPE.lastShare) * left);
      const { loss, labels } = await learnBatch(layers, batch, products, (slopes) => adam.move(slopes, rate));
      said.loss += loss;
      said.labels += labels;
      said.batches += 1;
      step += 1;
      if (said.batches % 60 === 0)
        progress(
          `  round ${round + 1}, ${start} of ${order.length}: ${(said.loss / said.labels).toFixed(3)} nats a syllable`,
        );
    }
    progress(
      `round ${round + 1} of ${RECIPE.rounds}: ${(said.loss / said.labels).toFixed(3)} nats a syllable`,
    );
    afterRound(layers);
  }
  return layers;
}

async function learnBatch(
  layers: readonly Layer[],
  { features, places }: Batch,
  products: Products,
  move: (slopes: Float32Array[]) => void,
): Promise<{ loss: number; labels: number }> {
  const rows = features.length / FEATURES;
  const { result, back } = await run(layers, { rows, columns: FEATURES, values: features }, products);
  const units = result.columns;
  logSoftmax(result.values, units);
  const slopes = new Float32Array(result.values.length);
  let loss = 0;
  let labels = 0;
  for (const place of places) {
    const range = [place.start * units, place.end * units] as const;
    const nats = ctcLoss(result.values.subarray(...range), units, place.labels, slopes.subarray(...range));
    if (nats === null) continue;
    loss += nats;
    labels += place.labels.length;
  }
  const share = 1 / Math.max(1, labels);
  for (let at = 0; at < slopes.length; at += 1) slopes[at] = share * (slopes[at] as number);
  const perLayer = await back({ ...result, values: slopes });
  move(perLayer.flatMap(({ weights, bias }) => [weights, bias]));
  return { loss, labels };
}
