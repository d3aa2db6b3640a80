import { pinyin } from 'pinyin-pro';

import type { Sounded } from '../../domain/repair/index.ts';
// Says how words of the law and places of Yunnan are read.
import './pinyin.ts';

const HAN = /\p{Script=Han}/u;

/** The Han characters of a text and how each is read there, without tones; ü is `v`. */
export function soundedOf(text: string): Sounded {
  const characters = [...text].filter((character) => HAN.test(character));
  const syllables = pinyin(characters.join(''), { toneType: 'none', type: 'array', v: true });
  return { characters, syllables };
}
