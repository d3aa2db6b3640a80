import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { findSynthesiser, synthesisedVoice } from '../../app/core/speech/espeak.ts';
import { wavOf } from '../../app/core/speech/model-voice-wire.ts';
import { promptOf } from '../../app/core/speech/prompts.ts';
import { utteranceOf } from '../../app/core/speech/utterance.ts';
import type { Utterance } from '../../app/core/speech/voice.ts';
import { sentencesOf } from '../../app/domain/spoken/index.ts';
import { soundOfWav } from '../../hardware/speaker/index.ts';
import reminder from '../../locales/zh-CN/reminder.json' with { type: 'json' };
import screen from '../../locales/zh-CN/screen.json' with { type: 'json' };
import voice from '../../locales/zh-CN/voice.json' with { type: 'json' };
import { samplesOf } from '../speech/synthesise.ts';
import type { UrgentSource } from './source.ts';

/** A sentence that is worth having ready in a pack. */
export interface Prompt {
  /** As it stands on the screen. */
  sentence: string;
  utterance: Utterance;
  /** Where its sound lies in a pack. */
  file: string;
}

/** The sound of a prompt as it goes into a pack: a WAV file of 16-bit PCM. */
export interface PromptSound {
  name: string;
  content: Uint8Array;
}

/** All prompts together; more would cost a kiosk on a thin line more than they are worth. */
const MOST_BYTES = 4 * 1024 * 1024;
const SAMPLE_RATE = 16_000;
/** Below this a sample counts as silence, and so much of it stays before and after the words, in samples. */
const SILENCE = 0.004;
const BREATH = 800;

/**
 * What is heard most by who cannot read, or must be heard at once: the welcome, when to speak, why nothing was understood,
 * what is left behind, and the numbers for danger. Chinese only, as the pack is; each sentence as the reader cuts it.
 */
export function promptsOf(urgent: UrgentSource): readonly Prompt[] {
  const { audio, trouble, heard } = voice;
  const unheard = [
    trouble.silence,
    trouble.noisy,
    trouble.not_speech,
    trouble.other_language,
    trouble.unclear,
  ];
  const texts = [
    ...[audio.greeting, audio.speak_now, audio.again, audio.stay, heard.title],
    ...unheard.map(({ title }) => title),
    ...[reminder.card, reminder.slip],
    ...urgent.map(({ kind }) => screen.urgent[kind]),
    ...urgent.flatMap(({ numbers }) => numbers.flatMap(({ number, name }) => [number, name])),
  ];
  const sentences = new Set(texts.flatMap((text) => sentencesOf(text).map((sentence) => sentence.text)));
  return [...sentences].map((sentence) => {
    const utterance = utteranceOf(sentence, { language: 'zh-CN', pace: 1 });
    return { sentence, utterance, file: promptOf(utterance) };
  });
}

/**
 * Sounds of prompts: `espeak-ng` renders all of them, a folder holds recordings under the names that `content -- prompts`
 * gives. Rejects in words: no synthesiser, a file that is no prompt or no 16-bit WAV, or more sound than a pack may carry.
 */
export async function promptSounds(
  engineOrFolder: string,
  prompts: readonly Prompt[],
): Promise<readonly PromptSound[]> {
  const sounds = engineOrFolder === 'espeak-ng' ? await rendered(prompts) : recorded(engineOrFolder, prompts);
  const bytes = sounds.reduce((sum, { content }) => sum + content.length, 0);
  if (bytes > MOST_BYTES)
    throw new Error(
      `the prompts take ${bytes} bytes, ${MOST_BYTES} at most: 16 kHz and one channel are enough for speech`,
    );
  return sounds;
}

async function rendered(prompts: readonly Prompt[]): Promise<PromptSound[]> {
  const program = findSynthesiser(process.env['PATH'] ?? '');
  if (program === null) throw new Error('espeak-ng is not installed (Debian package espeak-ng)');
  const speaker = synthesisedVoice(program);
  const { signal } = new AbortController();
  const sounds: PromptSound[] = [];
  for (const { sentence, utterance, file } of prompts) {
    const wav = await speaker.say(utterance, signal);
    if (wav === null) throw new Error(`espeak-ng cannot say “${sentence}”`);
    sounds.push({ name: file, content: wavOf(trimmed(samplesOf(Buffer.from(wav))), SAMPLE_RATE) });
  }
  return sounds;
}

function trimmed(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > SILENCE);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SILENCE);
  return samples.slice(Math.max(0, first - BREATH), last + 1 + BREATH);
}

function recorded(folder: string, prompts: readonly Prompt[]): PromptSound[] {
  if (!existsSync(folder)) throw new Error(`${folder} is neither espeak-ng nor a folder of recordings`);
  const names = new Map(prompts.map(({ file }) => [basename(file), file]));
  return readdirSync(folder)
    .filter((file) => file.endsWith('.wav'))
    .sort()
    .map((file) => {
      const name = names.get(file);
      if (name === undefined)
        throw new Error(`${file} is no prompt: its sentence has changed, or it never was one`);
      const content = readFileSync(join(folder, file));
      const sound = soundOfWav(content);
      if (!sound.ok) throw new Error(`${file}: ${sound.failure}`);
      return { name, content };
    });
}
