import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { verifyPack } from '../../app/core/content/index.ts';
import { createLog } from '../../app/core/diagnose/index.ts';
import { openKnowledge } from '../../app/core/knowledge.ts';
import { findSynthesiser } from '../../app/core/speech/espeak.ts';
import { voicesOf } from '../../app/core/speech/index.ts';
import { wavOf } from '../../app/core/speech/model-voice-wire.ts';
import { utteranceOf } from '../../app/core/speech/utterance.ts';
import { sayWithFirst } from '../../app/core/speech/voice.ts';
import { soundOfWav } from '../../hardware/speaker/index.ts';
import { promptSounds, promptsOf } from '../../tools/content/prompts.ts';
import { readContentSources } from '../../tools/content/read.ts';
import { CONTENT_FOLDER } from '../../tools/content/starter.ts';
import { buildSmallPack, temporaryFolder } from './small-pack.ts';

const { folder, remove } = temporaryFolder();
const recordings = join(folder, 'recordings');
const prompts = promptsOf(readContentSources(CONTENT_FOLDER).sources.urgent?.value ?? []);
const fileOf = (sentence: string) => {
  const found = prompts.find((prompt) => prompt.sentence === sentence);
  if (!found) throw new Error(`no prompt: ${sentence}`);
  return found.file;
};
const tone = (ms: number, amplitude = 0.5) =>
  wavOf(
    Float32Array.from({ length: 16 * ms }, (_, at) => amplitude * Math.sin(at / 6)),
    16_000,
  );
const record = (name: string, content: Uint8Array) => {
  mkdirSync(recordings, { recursive: true });
  writeFileSync(join(recordings, name), content);
};
const { signal } = new AbortController();
const espeak = findSynthesiser(process.env['PATH'] ?? '');

beforeAll(() => record(basename(fileOf('请说。')), tone(300)));
afterAll(remove);

describe('the list of prompts', () => {
  test.each(['您好，这里是云岭法务通，免费的法律服务。', '请说。', '没有听清楚', '110', '报警'])(
    'has %s',
    (sentence) => {
      expect(prompts.map((prompt) => prompt.sentence)).toContain(sentence);
    },
  );

  test('names each sentence once, and says numbers as they are dialled', () => {
    expect(new Set(prompts.map(({ file }) => file)).size).toBe(prompts.length);
    expect(prompts.find(({ sentence }) => sentence === '110')?.utterance.words).toBe('幺幺零');
  });
});

describe('a folder of recordings', () => {
  test('gives those that are there', async () => {
    const sounds = await promptSounds(recordings, prompts);
    expect(sounds).toEqual([{ name: fileOf('请说。'), content: Buffer.from(tone(300)) }]);
  });

  test.each([
    ['a file that is no prompt', `${'0'.repeat(32)}.wav`, tone(10), /is no prompt/],
    ['what is no sound', basename(fileOf('110')), Buffer.from('mp3'), /not a WAV file/],
    ['more than a pack may carry', basename(fileOf('110')), tone(140_000), /4194304 at most/],
  ])('with %s is refused', async (_what, name, content, words) => {
    record(name, content);
    await expect(promptSounds(recordings, prompts)).rejects.toThrow(words);
    rmSync(join(recordings, name));
  });

  test('that is not there is told', async () => {
    await expect(promptSounds(join(folder, 'nowhere'), prompts)).rejects.toThrow(/neither espeak-ng nor/);
  });
});

test('a pack with prompts is whole, a kiosk says them first and the rest by its synthesiser', async () => {
  const home = join(folder, 'home');
  const pack = join(folder, 'pack');
  buildSmallPack(pack, [], await promptSounds(recordings, prompts));
  expect(verifyPack(pack)).toMatchObject({ ok: true });
  const log = createLog(join(folder, 'log'));
  const today = () => '2026-11-22';
  const knowledge = await openKnowledge({ home, builtinPackDir: pack, today, region: '', log });
  const synthesiser = join(folder, 'espeak-ng');
  writeFileSync(synthesiser, '#!/bin/sh\ncat > /dev/null\nprintf synthesised\n', { mode: 0o755 });
  const voices = voicesOf({ prompts: knowledge.prompts, model: null, synthesiser });
  const said = async (text: string, pace = 1) =>
    Buffer.from((await sayWithFirst(voices, utteranceOf(text, { language: 'zh-CN', pace }), signal)) ?? []);
  expect(await said('请说。')).toEqual(Buffer.from(tone(300)));
  expect(String(await said('请说。', 1.5))).toBe('synthesised');
  expect(String(await said('没有人录过这一句。'))).toBe('synthesised');
  await knowledge.close();

  const file = join(pack, fileOf('请说。'));
  const content = readFileSync(file);
  content[content.length - 1] = 1;
  writeFileSync(file, content);
  expect(verifyPack(pack)).toEqual({ ok: false, failure: { code: 'damaged', file: fileOf('请说。') } });
}, 120_000);

if (espeak === null)
  console.error('SKIPPED: rendering of prompts: espeak-ng is not installed (apt install espeak-ng)');

test.skipIf(espeak === null)(
  'espeak-ng renders each, without silence at its ends',
  async () => {
    const few = prompts.filter(({ sentence }) => ['请说。', '110'].includes(sentence));
    const sounds = await promptSounds('espeak-ng', few);
    expect(sounds.map(({ name }) => name)).toEqual(few.map(({ file }) => file));
    for (const { content } of sounds) {
      const sound = soundOfWav(content);
      if (!sound.ok) throw new Error(sound.failure);
      const { samples, samplesPerSecond } = sound.value;
      expect(samplesPerSecond).toBe(16_000);
      expect(samples.length / samplesPerSecond).toBeGreaterThan(0.2);
      expect(samples.length / samplesPerSecond).toBeLessThan(2);
      const loudAt = samples.findIndex((sample) => Math.abs(sample) > 132);
      expect(loudAt).toBeLessThanOrEqual(801);
    }
  },
  60_000,
);
