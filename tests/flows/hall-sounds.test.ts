import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { HearingPort, HearingStep } from '../../app/core/listen/index.ts';
import { findSynthesiser } from '../../app/core/speech/espeak.ts';
import { createHearing } from '../../app/core/speech/hearing.ts';
import { DETECTOR } from '../../app/core/speech/open-hearing.ts';
import { RecogniserProcess } from '../../app/core/speech/recogniser-link.ts';
import { SimulatedMicrophone } from '../../hardware/microphone/simulator.ts';
import english from '../../locales/en/voice.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/voice.json' with { type: 'json' };
import { readContentSources } from '../../tools/content/read.ts';
import { CONTENT_FOLDER } from '../../tools/content/starter.ts';
import { synthesise } from '../../tools/speech/synthesise.ts';
import { crowd, music, said, shout, singing, slam } from './rig/hall-sounds.ts';

/** The true engine with all that a kiosk knows: what it could make up, it would. */
const microphone = new SimulatedMicrophone();
let hearing: HearingPort;
beforeAll(async () => {
  const { answers, guides } = readContentSources(CONTENT_FOLDER).sources;
  const vocabulary = [...answers, ...guides].flatMap(({ value }) => [value.title, ...value.phrasings]);
  const ear = new RecogniserProcess({
    modelDirectory: join(import.meta.dirname, '../../models/speech/test'),
    detector: DETECTOR,
    vocabulary: () => vocabulary,
    log: { warn: (fields, message) => console.error(message, fields) },
  });
  hearing = createHearing({ microphone, ear });
  await new Promise<void>((resolve) => {
    const look = () => ear.status() === 'ready' && resolve();
    ear.onStatus(look);
    look();
  });
}, 120_000);
afterAll(() => hearing.close());

const QUIET = 8_000;
const never = new AbortController().signal;

/** What comes of a sound with half a second of a quiet room around it. */
async function outcomeOf(sound: Float32Array): Promise<HearingStep | undefined> {
  const room = Int16Array.from({ length: sound.length + 2 * QUIET }, (_, at) =>
    Math.round(32_767 * (sound[at - QUIET] ?? 0) + (at % 7) - 3),
  );
  microphone.say(room);
  let last: HearingStep | undefined;
  const signals = { finished: never, endsBySilence: never, cancelled: never };
  for await (const step of hearing.hear({ language: 'zh-CN', expected: [], ...signals })) last = step;
  return last;
}

/** Nothing was understood, and both languages say kindly what to do now. */
async function expectNextStep(sound: Float32Array): Promise<void> {
  const outcome = await outcomeOf(sound);
  if (outcome?.state !== 'trouble') throw new Error(`taken for words: ${JSON.stringify(outcome)}`);
  expect(['silence', 'noisy', 'not_speech', 'unclear', 'other_language']).toContain(outcome.reason);
  for (const { trouble } of [chinese, english]) expect(trouble[outcome.reason].next).not.toBe('');
}

describe('nobody who asks', () => {
  test.each([
    ['slow music', () => music(80, 5)],
    ['fast music', () => music(140, 5)],
    ['singing', singing],
    ['a shout', shout],
    ['a door that slams', slam],
  ])('%s leads to a next step, never to an answer', (_what, sound) => expectNextStep(sound()), 60_000);
});

const espeak = findSynthesiser(process.env['PATH'] ?? '');
if (espeak === null)
  console.error('SKIPPED: crowd and other languages: espeak-ng is not installed (apt install espeak-ng)');

describe.skipIf(espeak === null)('voices', () => {
  test('that are understood are: the engine is no deaf one', async () => {
    const question = await synthesise('单位拖欠工资怎么办', { voice: 'm7', speed: 165, pitch: 50 });
    expect(await outcomeOf(question)).toMatchObject({ state: 'heard', text: '单位拖欠工资怎么办' });
  }, 60_000);

  test('of a crowd lead to a next step', async () => expectNextStep(await crowd()), 60_000);

  test.each([
    ['English', 'en-gb', 'Could you tell me where the train to the airport leaves, please?'],
    ['Vietnamese', 'vi', 'Tôi muốn hỏi về tiền lương, chủ không trả tiền cho tôi.'],
    ['Burmese', 'my', 'ကျွန်တော့် အလုပ်ရှင်က လစာ မပေးဘူး။ ဘာလုပ်ရမလဲ'],
    ['Japanese', 'ja', 'すみません、きっぷはどこでかえますか'],
    ['Russian', 'ru', 'Скажите пожалуйста, где находится ближайшая станция метро?'],
  ])('in %s lead to a next step', (_language, voice, words) => expectNextStep(said(voice, words)), 60_000);
});
