import { numberedPinyin } from '../../app/core/speech/pinyin.ts';
import { spokenChinese } from '../../app/domain/spoken/index.ts';
import { seededRandom, shuffled } from '../../models/intent/random.ts';
import { readContentSources } from '../content/read.ts';
import { synthesise } from './synthesise.ts';
import type { Manner } from './synthesise.ts';

/** A way of asking for an answer, as it is written and as it sounds. */
export interface Phrase {
  answer: string;
  written: string;
  /** Han and pauses, numbers in words. */
  words: string;
  characters: string[];
  /** One for each character, without tones. */
  syllables: string[];
}

export interface SaidPhrase {
  phrase: Phrase;
  manner: Manner;
  /** 16 kHz, without silence at the ends. */
  samples: Float32Array;
}

/** Variants of espeak-ng by who may hear them: nobody who is tested was met while learning. */
export const TRAINING_VOICES: readonly string[] = [
  ...['m1', 'm2', 'm3', 'm4', 'm5', 'f1', 'f2', 'f3', 'adam', 'Alex', 'Alicia', 'Andrea', 'Andy', 'Annie'],
  ...['antonio', 'belinda', 'benjamin', 'caleb', 'david', 'Denis', 'ed', 'edward', 'Gene', 'linda', 'Lee'],
  ...['Marco', 'Michael', 'pedro', 'rob', 'steph', 'travis', 'quincy', 'Mr', 'max', 'iven2', 'grandma'],
];
export const HELD_OUT_VOICES: readonly string[] = [
  ...['m6', 'm7', 'm8', 'f4', 'f5', 'anika', 'paul', 'victor', 'Hugo', 'norbert', 'steph3', 'john'],
];

const SEED = 11;
const SYLLABLES = { least: 2, most: 24 };
/** Of a hundred phrasings so many are kept for testing what was never taught. */
const UNTAUGHT = 4;

const HAN = /\p{Script=Han}/u;

/** How a text sounds; null when it holds what cannot be said in Mandarin, or is too short or too long for one breath. */
export function phraseOf(answer: string, written: string): Phrase | null {
  const words = spokenChinese(written);
  const spoken = [...words].filter((character) => HAN.test(character));
  const others = [...words].filter((character) => !HAN.test(character));
  if (others.some((character) => !/[\s，。！？、；：“”"《》（）—…]/u.test(character))) return null;
  const syllables = numberedPinyin(words)
    .split(' ')
    .filter((syllable) => /\d$/.test(syllable))
    .map((syllable) => syllable.slice(0, -1));
  if (syllables.length !== spoken.length) return null;
  if (spoken.length < SYLLABLES.least || spoken.length > SYLLABLES.most) return null;
  return { answer, written, words, characters: spoken, syllables };
}

/** Titles and phrasings of all answers in a fixed order; `untaught` ones are never learned from. */
export function phrasesOf(contentFolder: string): { taught: Phrase[]; untaught: Phrase[] } {
  const { sources } = readContentSources(contentFolder);
  const random = seededRandom(SEED);
  const titles = sources.answers.flatMap(({ value }) => phraseOf(value.id, value.title) ?? []);
  const phrasings = shuffled(
    sources.answers.flatMap(({ value }) => value.phrasings.flatMap((text) => phraseOf(value.id, text) ?? [])),
    random,
  );
  const kept = Math.round((phrasings.length * UNTAUGHT) / 100);
  const untaught = phrasings.slice(0, kept);
  const known = new Set(untaught.map(({ words }) => words));
  return { taught: [...titles, ...phrasings.slice(kept)].filter(({ words }) => !known.has(words)), untaught };
}

/** Each phrase said once, by voices in turn, at varying speed and pitch. Two at a time. */
export async function sayPhrases(
  phrases: readonly Phrase[],
  voices: readonly string[],
  seed: number,
): Promise<SaidPhrase[]> {
  const random = seededRandom(seed);
  const manners = phrases.map((_, at): Manner => ({
    voice: voices[at % voices.length] ?? 'm1',
    speed: 130 + random.below(90),
    pitch: 25 + random.below(50),
  }));
  const said: SaidPhrase[] = [];
  let next = 0;
  const speak = async () => {
    for (let at = next++; at < phrases.length; at = next++) {
      const phrase = phrases[at] as Phrase;
      const manner = manners[at] as Manner;
      said[at] = { phrase, manner, samples: trimmed(await synthesise(phrase.words, manner)) };
    }
  };
  await Promise.all([speak(), speak()]);
  return said;
}

const SILENCE = 0.004;

function trimmed(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > SILENCE);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > SILENCE);
  return first < 0 ? new Float32Array(0) : samples.slice(first, last + 1);
}
