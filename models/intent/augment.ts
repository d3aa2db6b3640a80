import { pinyin } from 'pinyin-pro';

import type { Random } from './random.ts';

const PARTICLES = /[的了吗呢吧啊呀嘛哦哈]/gu;
const HAN = /\p{Script=Han}/u;

/** Says how a syllable sounds to an unsure ear: zh/z, ch/c, sh/s, n/l and -ng/-n fall together, as in Yunnan speech. */
function heard(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/u, '$1')
    .replace(/^n(?=[aeiouü])/u, 'l')
    .replace(/ng$/u, 'n');
}

/** Makes noisy variants of a text as typing and speech recognition would. */
interface Augmenter {
  vary(text: string): string;
}

/**
 * Learns from `corpus` which of its own characters sound alike, so that no dictionary is needed.
 * Same corpus and same random source give the same variants.
 */
export function createAugmenter(corpus: readonly string[], random: Random): Augmenter {
  const groups = new Map<string, string[]>();
  const soundOf = new Map<string, string>();
  const characters = [...new Set(corpus.flatMap((text) => [...text]))].filter((one) => HAN.test(one)).sort();
  for (const character of characters) {
    const sound = heard(pinyin(character, { toneType: 'none' }));
    soundOf.set(character, sound);
    groups.set(sound, [...(groups.get(sound) ?? []), character]);
  }

  const soundAlike = (character: string): string => {
    const group = groups.get(soundOf.get(character) ?? '') ?? [];
    return group[random.below(group.length || 1)] ?? character;
  };

  const noises: readonly ((text: string) => string)[] = [
    (text) => text.replace(PARTICLES, ''),
    (text) => {
      const all = [...text];
      return all.toSpliced(random.below(all.length), 1).join('');
    },
    (text) => {
      const all = [...text];
      const at = random.below(all.length);
      return all.with(at, soundAlike(all[at] ?? '')).join('');
    },
    (text) => {
      const all = [...text];
      const cut = Math.ceil(all.length / 2) + random.below(Math.floor(all.length / 2) + 1);
      return (random.next() < 0.5 ? all.slice(0, cut) : all.slice(-cut)).join('');
    },
  ];

  return {
    vary(text) {
      if ([...text].length < 4) return text;
      const noise = noises[random.below(noises.length)] ?? noises[0];
      const varied = noise?.(text) ?? text;
      return [...varied].length < 2 ? text : varied;
    },
  };
}
