import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { InferenceSession, Tensor } from 'onnxruntime-node';

import { features } from './features.ts';
import { intentSettings } from './settings.ts';
import type { IntentSettings } from './settings.ts';

/** Probabilities of one question; `answers` are in the order of the settings' labels. */
export interface IntentPrediction {
  answers: Float32Array;
  /** That the question is none of the kiosk's matters. */
  outside: number;
  /** By `matters.topics` of the settings, and as the last one: outside. */
  matters: Float32Array;
  /** By `matters.needs` of the settings. */
  needs: Float32Array;
  /** By `classes.names` of the settings, and as the last one: outside. */
  classes: Float32Array;
}

export interface IntentModel {
  settings: IntentSettings;
  /** Opens the network now and not with the first question, for a tenth of a second. Rejects when it does not fit the settings. */
  load(): Promise<void>;
  /** `text` must be normalised and not empty. Rejects like `load`. */
  predict(text: string): Promise<IntentPrediction>;
  close(): Promise<void>;
}

const floats = (tensor: Tensor | undefined): Float32Array => {
  if (!(tensor?.data instanceof Float32Array))
    throw new Error('intent.onnx: an output is missing or not float');
  return tensor.data;
};

/** Opens `intent.json` of a verified pack folder; `intent.onnx` beside it once it is needed. */
export async function openIntentModel(directory: string): Promise<IntentModel> {
  const settings = intentSettings.parse(JSON.parse(await readFile(join(directory, 'intent.json'), 'utf8')));
  let network: ReturnType<typeof openNetwork> | undefined;
  const opened = () => (network ??= openNetwork(join(directory, 'intent.onnx'), settings));
  return {
    settings,
    load: async () => {
      await opened();
    },
    predict: async (text) => (await opened()).predict(text),
    close: async () => {
      const session = await network?.catch(() => undefined);
      await session?.release();
    },
  };
}

async function openNetwork(
  file: string,
  settings: IntentSettings,
): Promise<{ predict: IntentModel['predict']; release(): Promise<void> }> {
  const session = await InferenceSession.create(file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const predict = async (text: string): Promise<IntentPrediction> => {
    const rows = features(text, settings.features);
    const classRows = features(text, settings.classes.features);
    const results = await session.run({
      ids: new Tensor('int64', BigInt64Array.from(rows, BigInt), [rows.length]),
      class_ids: new Tensor('int64', BigInt64Array.from(classRows, BigInt), [classRows.length]),
      scale: new Tensor('float32', new Float32Array([1 / Math.sqrt(rows.length)]), [1]),
    });
    const answers = floats(results['answer']);
    return {
      answers: answers.subarray(0, -1),
      outside: answers.at(-1) ?? 0,
      matters: floats(results['matter']),
      needs: floats(results['need']),
      classes: floats(results['class']),
    };
  };
  const trial = await predict('试');
  const { matters } = settings;
  const fits =
    trial.answers.length === settings.answers.length &&
    settings.matterOf.length === settings.answers.length &&
    trial.matters.length === matters.topics.length + 1 &&
    trial.needs.length === matters.needs.length &&
    trial.classes.length === settings.classes.names.length + 1;
  if (!fits) {
    throw new Error('intent.onnx and intent.json do not describe the same model');
  }
  return { predict, release: () => session.release() };
}
