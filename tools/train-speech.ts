import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { encodeStreamingModel, openProducts, teachSpeech, unitsOf } from '../models/speech/training/index.ts';
import type { Layer, Saying } from '../models/speech/training/index.ts';
import { CONTENT_FOLDER } from './content/starter.ts';
import { phrasesOf, sayPhrases, TRAINING_VOICES } from './speech/phrases.ts';

const HELP = `Trains the test voice model: a small network that writes down syllables of Mandarin as espeak-ng says them.
Writes models/speech/test/. Takes about three quarters of an hour on one core. It needs espeak-ng.

  node tools/train-speech.ts [--sentences N] [--out DIR]
`;

const { values } = parseArgs({
  options: {
    sentences: { type: 'string', default: '1600' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'models', 'speech', 'test') },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(HELP);
else await train(Number(values.sentences), values.out);

async function train(count: number, folder: string): Promise<void> {
  const { taught } = phrasesOf(CONTENT_FOLDER);
  const units = unitsOf(taught);
  const numberOf = new Map(units.map(({ syllable }, at) => [syllable, at + 1]));
  const phrases = taught.slice(0, count);
  console.log(`${phrases.length} sentences, ${units.length} syllables; synthesising`);
  const sounds = await sayPhrases(phrases, TRAINING_VOICES, 1);
  const sayings = sounds.map(({ phrase, samples }): Saying => ({
    samples,
    labels: phrase.syllables.map((syllable) => numberOf.get(syllable) ?? 0),
  }));
  const seconds = sayings.reduce((sum, { samples }) => sum + samples.length, 0) / 16_000;
  console.log(`${(seconds / 3600).toFixed(2)} hours of sound; learning`);
  const startedAt = performance.now();
  const write = (layers: readonly Layer[]) =>
    writeModel(
      folder,
      layers,
      units.map(({ character }) => character),
    );
  const layers = await teachSpeech(
    sayings,
    units.length + 1,
    await openProducts(),
    (line) => console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s  ${line}`),
    write,
  );
  write(layers);
}

function writeModel(folder: string, layers: readonly Layer[], characters: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const tokens = ['<blk>', ...characters].map((token, at) => `${token} ${at}\n`).join('');
  const files = {
    'model.onnx': encodeStreamingModel(layers),
    'tokens.txt': new TextEncoder().encode(tokens),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const manifest = {
    v: 1,
    id: 'test-voice',
    type: 'streaming-nemo-ctc',
    languages: ['zh-CN'],
    licence: 'MIT',
    source: 'node tools/train-speech.ts',
    note: '测试用合成语音模型，只认 espeak-ng 念的话，不能给群众用。',
    testOnly: true,
    writes: 'sounds',
    featureDimension: 40,
    quietBeforeMs: 520,
    files: Object.entries(files).map(([path, content]) => ({
      path,
      role: path === 'model.onnx' ? 'model' : 'tokens',
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: content.byteLength,
    })),
  };
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
