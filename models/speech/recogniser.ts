import { join } from 'node:path';

import sherpa from 'sherpa-onnx-node';

import type { ModelFolder } from './folder.ts';
import { streams } from './manifest.ts';
import type { ModelManifest } from './manifest.ts';

const SAMPLE_RATE = 16_000;
/** Quiet after the last word, so that a streaming model sees it whole, in ms. */
const QUIET_AFTER_MS = 640;
/** A model that is not streaming hears all from the start again after so much new sound, in ms. */
const AGAIN_AFTER_MS = 600;
/** If hearing all again took longer than this, it is heard only at the end, in ms. */
const SLOW_MS = 400;
const LONGEST_SECONDS = 31;

export interface Transcript {
  text: string;
  /** Language as the model names it (`zh`, `en`); null when it does not tell. */
  language: string | null;
}

/** One sentence on its way into words. Samples are 16 kHz in [-1, 1] and are not kept longer than needed. */
export interface Utterance {
  accept(samples: Float32Array): void;
  /** All words so far. */
  partial(): string;
  /** All words; only `discard` may follow. */
  finish(): Transcript;
  /** Overwrites what is left of the sound. */
  discard(): void;
}

export interface Recogniser {
  begin(): Utterance;
}

/**
 * Opens the model of a whole folder in this process. The engine may end the process when files are not what they should be:
 * call it only in a process of its own.
 */
export function openRecogniser({ directory, manifest }: ModelFolder, threads: number): Recogniser {
  const config = engineConfiguration(manifest, (path) => join(directory, path), threads);
  const quietBefore = Math.round((manifest.quietBeforeMs * SAMPLE_RATE) / 1000);
  return streams(manifest) ? streaming(config, quietBefore) : whole(config, quietBefore);
}

/** What sherpa-onnx wants to be told about a model; `at` gives the full path of a file. */
export function engineConfiguration(
  manifest: ModelManifest,
  at: (path: string) => string,
  threads: number,
): object {
  const file = (role: string) => at(manifest.files.find((one) => one.role === role)?.path ?? '');
  const model = () => ({ model: file('model') });
  const kinds = {
    'streaming-zipformer': () => ({
      transducer: { encoder: file('encoder'), decoder: file('decoder'), joiner: file('joiner') },
    }),
    'streaming-paraformer': () => ({ paraformer: { encoder: file('encoder'), decoder: file('decoder') } }),
    'streaming-zipformer-ctc': () => ({ zipformer2Ctc: model() }),
    'streaming-nemo-ctc': () => ({ nemoCtc: model() }),
    'sense-voice': () => ({ senseVoice: { ...model(), language: 'auto', useInverseTextNormalization: 1 } }),
    dolphin: () => ({ dolphin: model() }),
    'zipformer-ctc': () => ({ zipformerCtc: model() }),
    paraformer: () => ({ paraformer: model() }),
    'voice-vits': () => ({}),
    'voice-matcha': () => ({}),
  } as const;
  return {
    featConfig: { sampleRate: SAMPLE_RATE, featureDim: manifest.featureDimension },
    modelConfig: {
      ...kinds[manifest.type](),
      tokens: file('tokens'),
      numThreads: threads,
      provider: 'cpu',
      debug: 0,
    },
    decodingMethod: 'greedy_search',
  };
}

/** Models write spaces between words of some scripts; Chinese has none. */
const tidy = (text: string) => text.replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '').trim();

function streaming(config: object, quietBefore: number): Recogniser {
  const engine = new sherpa.OnlineRecognizer(config);
  return {
    begin() {
      const stream = engine.createStream();
      const accept = (samples: Float32Array) => {
        stream.acceptWaveform({ samples, sampleRate: SAMPLE_RATE });
        while (engine.isReady(stream)) engine.decode(stream);
      };
      const words = () => tidy(engine.getResult(stream).text);
      if (quietBefore > 0) accept(new Float32Array(quietBefore));
      return {
        accept,
        partial: words,
        finish() {
          accept(new Float32Array((QUIET_AFTER_MS * SAMPLE_RATE) / 1000));
          stream.inputFinished();
          while (engine.isReady(stream)) engine.decode(stream);
          return { text: words(), language: null };
        },
        discard: () => undefined,
      };
    },
  };
}

function whole(config: object, quietBefore: number): Recogniser {
  const engine = new sherpa.OfflineRecognizer(config);
  const sound = new Float32Array(LONGEST_SECONDS * SAMPLE_RATE);
  return {
    begin() {
      let length = quietBefore;
      let heardUntil = length;
      let latest: Transcript = { text: '', language: null };
      let tookMs = 0;
      const hear = () => {
        const startedAt = performance.now();
        const stream = engine.createStream();
        stream.acceptWaveform({ samples: sound.slice(0, length), sampleRate: SAMPLE_RATE });
        engine.decode(stream);
        const { text, lang = '' } = engine.getResult(stream);
        latest = { text: tidy(text), language: /[a-z]+/u.exec(lang)?.[0] ?? null };
        heardUntil = length;
        tookMs = performance.now() - startedAt;
      };
      return {
        accept(samples) {
          const taken = samples.subarray(0, sound.length - length);
          sound.set(taken, length);
          length += taken.length;
        },
        partial() {
          if (tookMs < SLOW_MS && length - heardUntil > (AGAIN_AFTER_MS * SAMPLE_RATE) / 1000) hear();
          return latest.text;
        },
        finish() {
          length = Math.min(sound.length, length + (QUIET_AFTER_MS * SAMPLE_RATE) / 1000);
          hear();
          return latest;
        },
        discard: () => void sound.fill(0),
      };
    },
  };
}
