import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { soundOfWav } from '../../../hardware/speaker/index.ts';
import { modelsFolder } from '../../../models/speech/index.ts';
import { modelVoice, openModelVoice, type ModelVoice } from './model-voice.ts';
import { wavOf } from './model-voice-wire.ts';
import { sayWithFirst, type Utterance } from './voice.ts';

const program = join(import.meta.dirname, 'fixtures/fake-voice.mjs');
const { signal: never } = new AbortController();
const saying = (words: string, language: Utterance['language'] = 'zh-CN'): Utterance => ({
  words,
  language,
  pace: 1,
});

let voice: ModelVoice | undefined;
let home: string;
const log = { info: vi.fn(), warn: vi.fn() };
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'model-voice-'));
  log.warn.mockClear();
});
afterEach(async () => {
  await voice?.close();
  voice = undefined;
  rmSync(home, { recursive: true });
});
const fake = () => (voice = modelVoice({ directory: home, languages: ['zh'], log, program }));

test('gives the sound of its own language and leaves others to the next voice', async () => {
  const mine = fake();
  expect(Buffer.from((await mine.say(saying('你好'), never)) ?? []).toString()).toBe('RIFF 你好');
  expect(await mine.say(saying('hello', 'en'), never)).toBeNull();
  const next = { say: () => Promise.resolve(Buffer.from('next')) };
  expect(await sayWithFirst([mine, next], saying('hello', 'en'), never)).toEqual(Buffer.from('next'));
});

test('is started again after an end, and after three in a row no more', async () => {
  const mine = fake();
  expect(await mine.say(saying('坏'), never)).toBeNull();
  expect(Buffer.from((await mine.say(saying('好'), never)) ?? []).toString()).toBe('RIFF 好');
  for (let turn = 0; turn < 3; turn += 1) expect(await mine.say(saying('坏'), never)).toBeNull();
  expect(await mine.say(saying('好'), never)).toBeNull();
  expect(log.warn).toHaveBeenCalledTimes(4);
});

test('is silent at once when nobody wants it, and answers what is asked after that', async () => {
  const mine = fake();
  const away = new AbortController();
  const slow = mine.say(saying('慢'), away.signal);
  away.abort();
  expect(await slow).toBeNull();
  expect(await mine.say(saying('好'), away.signal)).toBeNull();
  expect(Buffer.from((await mine.say(saying('好'), never)) ?? []).toString()).toBe('RIFF 好');
});

test('closed it says nothing and leaves no process', async () => {
  const mine = fake();
  const slow = mine.say(saying('慢'), never);
  await mine.close();
  expect(await slow).toBeNull();
  expect(await mine.say(saying('好'), never)).toBeNull();
  expect(log.warn).not.toHaveBeenCalled();
});

test('the true engine refuses a model that is none, and the core goes on', async () => {
  const folder = join(modelsFolder(home), 'broken');
  mkdirSync(folder, { recursive: true });
  const files = ['model', 'tokens', 'lexicon'].map((role) => {
    writeFileSync(join(folder, role), 'none');
    const sha256 = createHash('sha256').update('none').digest('hex');
    return { path: role, role, sha256, bytes: 4 };
  });
  const about = {
    v: 1,
    id: 'broken',
    type: 'voice-vits',
    languages: ['zh'],
    licence: 'none',
    source: 'test',
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...about, files }));
  voice = openModelVoice({ home, testModels: false, log }) ?? undefined;
  expect(await voice?.say(saying('你好'), never)).toBeNull();
  expect(log.warn).toHaveBeenCalled();
  rmSync(folder, { recursive: true });
  expect(openModelVoice({ home, testModels: false, log })).toBeNull();
}, 30_000);

test('samples become a sound that the loudspeaker takes', () => {
  const sound = soundOfWav(wavOf(new Float32Array([0, 0.5, -1, 2]), 22_050));
  expect(sound).toMatchObject({ ok: true, value: { samplesPerSecond: 22_050 } });
  if (sound.ok) expect([...sound.value.samples]).toEqual([0, 16_384, -32_767, 32_767]);
});
