import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { MODEL_ROLES } from '../../models/speech/manifest.ts';
import type { ModelType } from '../../models/speech/manifest.ts';

interface Description {
  id: string;
  type: ModelType;
  languages: string[];
  licence: string;
  source: string;
}

/** How the publishers name the file of a role; of several the small one (int8) is taken. */
const NAMES: Readonly<Record<string, RegExp>> = {
  encoder: /^encoder.*\.onnx$/,
  decoder: /^decoder.*\.onnx$/,
  joiner: /^joiner.*\.onnx$/,
  acoustic: /^(?:model|acoustic).*\.onnx$/,
  vocoder: /^(?:vocos|hifigan|vocoder).*\.onnx$/,
  model: /^(?!vocos|hifigan).*\.onnx$/,
  tokens: /^tokens\.txt$/,
  lexicon: /^lexicon.*\.txt$/,
};

/** Files that no engine reads. */
const IDLE = /(?:^|\/)(?:README.*|LICENSE.*|manifest\.json|\.git.*|test_wavs\/.*|.*\.(?:wav|py|sh|md))$/;

/** Describes a downloaded folder: which file is what, and the sums of all. Throws, in words, when one is missing. */
export function describeModel(folder: string, description: Description): object {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile() && !IDLE.test(path))
    .sort();
  const roles = new Map<string, string>();
  for (const role of MODEL_ROLES[description.type]) {
    const fitting = paths.filter((path) => NAMES[role]?.test(path) === true);
    const chosen = fitting.find((path) => path.includes('int8')) ?? fitting[0];
    if (chosen === undefined) throw new Error(`${folder} holds no file for the role "${role}"`);
    roles.set(chosen, role);
  }
  const isModel = (path: string) => path.endsWith('.onnx');
  const kept = paths.filter((path) => roles.has(path) || !isModel(path));
  return {
    v: 1,
    ...description,
    files: kept.map((path) => ({
      path,
      ...(roles.has(path) ? { role: roles.get(path) } : {}),
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
      bytes: statSync(join(folder, path)).size,
    })),
  };
}
