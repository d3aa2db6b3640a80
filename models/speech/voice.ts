import { existsSync } from 'node:fs';
import { join } from 'node:path';

import sherpa from 'sherpa-onnx-node';

import type { ModelFolder } from './folder.ts';

/** Speaks words of the model's language. */
export interface ModelSpeaker {
  /** `pace` 1 is the model's own. Mono samples between -1 and 1. */
  speak(words: string, pace: number): { samples: Float32Array; sampleRate: number };
}

/** Folders that some voices bring beside their files. */
const COMPANIONS = { dataDir: 'espeak-ng-data', dictDir: 'dict' } as const;

/** Opens a voice; sherpa-onnx ends the process where its files are not what they say. */
export function openSpeaker({ directory, manifest }: ModelFolder, threads: number): ModelSpeaker {
  const file = (role: string): string =>
    join(directory, manifest.files.find((each) => each.role === role)?.path ?? '');
  const beside = Object.fromEntries(
    Object.entries(COMPANIONS)
      .map(([option, name]) => [option, join(directory, name)] as const)
      .filter(([, path]) => existsSync(path)),
  );
  const common = { tokens: file('tokens'), lexicon: file('lexicon'), ...beside };
  const model =
    manifest.type === 'voice-matcha'
      ? { matcha: { acousticModel: file('acoustic'), vocoder: file('vocoder'), ...common } }
      : { vits: { model: file('model'), ...common } };
  const voice = new sherpa.OfflineTts({
    model: { ...model, numThreads: threads, provider: 'cpu', debug: false },
    maxNumSentences: 1,
  });
  return {
    // Node forbids buffers from outside its own memory in a process like ours.
    speak: (text, speed) => voice.generate({ text, sid: 0, speed, enableExternalBuffer: false }),
  };
}
