import { createAugmenter } from './augment.ts';
import { features } from './features.ts';
import type { FeatureSettings } from './features.ts';
import { forwardNetwork, trainNetwork } from './network.ts';
import type { Network, NetworkExample, NetworkTraining } from './network.ts';
import { seededRandom } from './random.ts';

/** A normalised utterance and the answer it asks for; `null` when the kiosk must not answer it. */
export interface LabelledText {
  text: string;
  answer: number | null;
  /** Written by us rather than said by people: teaches words, but is not varied by noise. */
  written?: boolean;
}

/** What the model tells apart: a column for each answer, and the last one for what must not be answered. */
export interface IntentShape {
  features: FeatureSettings;
  answers: number;
}

const WIDTH = 96;
const TRAINING: NetworkTraining = { seed: 20261122, rounds: 4, rate: 0.1, forgotten: 0.3 };
/** What we wrote counts this much beside what people say. */
const WRITTEN_WEIGHT = 0.3;

/** Trains the network that tells answers apart. Same input, same weights. */
export function trainIntent(
  texts: readonly LabelledText[],
  shape: IntentShape,
  settings: NetworkTraining = TRAINING,
): Network {
  const augmenter = createAugmenter(
    texts.map(({ text }) => text),
    seededRandom(settings.seed),
  );
  const examples: NetworkExample[] = texts.map(({ text, answer, written }) => ({
    variants: (written === true ? [text] : [text, augmenter.vary(text)]).map((one) =>
      features(one, shape.features),
    ),
    column: answer ?? shape.answers,
    weight: written === true ? WRITTEN_WEIGHT : 1,
  }));
  const { buckets } = shape.features;
  return trainNetwork(examples, { buckets, width: WIDTH, columns: shape.answers + 1 }, settings);
}

/** Probabilities by answer, and of none of them. */
export function predictIntent(
  network: Network,
  shape: IntentShape,
  text: string,
): { answers: Float32Array; outside: number } {
  const output = forwardNetwork(network, features(text, shape.features));
  return { answers: output.subarray(0, shape.answers), outside: output[shape.answers] ?? 0 };
}
