import { createRepairer, figuresDiffer, TRUST } from '../../domain/repair/index.ts';
import type { Repaired, Sounded } from '../../domain/repair/index.ts';
import { spokenChinese } from '../../domain/spoken/index.ts';
import type { RepairedText, RepairRequest } from './recogniser-wire.ts';
import { soundedOf } from './sounded.ts';

export type WordRepair = (request: RepairRequest) => RepairedText;

const ALTERNATIVES = 4;
/** Distance per syllable from which on two sentences have little in common. */
const FAR = 0.62;
/** So near, a sentence that is known is what was said; who writes only sounds must be guessed at. */
const SAME = { words: 0.1, sounds: 0.7 };
/** Nats a character below which words are no sentence. Music, a crowd and foreign languages written as syllables reach -5.1. */
const LEAST_FLUENT = { words: -9, sounds: -4.5 };
/**
 * So many syllables, or so much of a sentence of a few, must be as they were heard: three beats of music are near to one
 * of thousands of sentences by chance, hardly to one of a handful of choices.
 */
const LEAST_COMMON = { syllables: 2.8, share: 0.7 };
/** One character alone is what a shout or a cough comes to. */
const LEAST_CHARACTERS = 2;

/**
 * Puts transcripts right by the words of the pack. `writes` says what the recogniser can be trusted with: words, or only
 * the sound of each character.
 */
export function createWordRepair(sentences: readonly string[], writes: 'words' | 'sounds'): WordRepair {
  const known = [...new Set(sentences)].map(soundedOf).filter(({ characters }) => characters.length > 1);
  const common = createRepairer(known);
  return ({ text, expected }) => {
    const heard = soundedOf(text);
    if (heard.characters.length === 0) return { text, alternatives: [], repaired: [], sure: false };
    const repairer = expected.length === 0 ? common : createRepairer(choicesOf(expected).map(soundedOf));
    const near = repairer.nearest(heard.syllables, ALTERNATIVES + 1).filter(({ distance }) => distance < FAR);
    // Who is to name a choice may also say something else; then it must read well as that.
    const [fixed] = [...new Set([repairer, common])]
      .map((each) => each.repair(heard, TRUST[writes]))
      .sort((a, b) => b.fluency - a.fluency) as [Repaired];
    const fluent = heard.characters.length >= LEAST_CHARACTERS && fixed.fluency > LEAST_FLUENT[writes];
    const meant = near.find(
      ({ sentence, distance }) =>
        distance <= SAME[writes] &&
        (repairer !== common || hasEnoughCommon(sentence.syllables.length, distance)) &&
        !figuresDiffer(heard, sentence, TRUST[writes]),
    )?.sentence;
    const taken = meant?.characters ?? fixed.characters;
    return {
      text: written(taken, text),
      alternatives: [...(meant ? [fixed.characters] : []), ...near.map(({ sentence }) => sentence.characters)]
        .map((characters) => characters.join(''))
        .filter((other, at, all) => other !== taken.join('') && all.indexOf(other) === at)
        .slice(0, ALTERNATIVES),
      repaired: meant ? differenceOf(heard, taken) : fixed.changes,
      sure: meant !== undefined || fluent,
    };
  };
}

const hasEnoughCommon = (syllables: number, distance: number): boolean =>
  (1 - distance) * syllables >= Math.min(LEAST_COMMON.syllables, LEAST_COMMON.share * syllables);

/** Choices by their words, and by their places as they are told: 第二个, 最后一个. */
const choicesOf = (expected: readonly string[]): string[] => [
  ...expected,
  ...expected.map((_, at) => spokenChinese(`第${at + 1}个`)),
  '最后一个',
];

/** The repaired characters in the places of the heard ones; what is no Han stays where it was. */
function written(taken: readonly string[], text: string): string {
  const places = [...text].filter((character) => /\p{Script=Han}/u.test(character)).length;
  if (places !== taken.length) return taken.join('');
  let next = 0;
  return [...text]
    .map((character) => (/\p{Script=Han}/u.test(character) ? (taken[next++] ?? '') : character))
    .join('');
}

function differenceOf(heard: Sounded, taken: readonly string[]): RepairedText['repaired'] {
  const [before, after] = [heard.characters.join(''), taken.join('')];
  return before === after ? [] : [{ heard: before, taken: after }];
}
