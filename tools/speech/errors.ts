import iconv from 'iconv-lite';

import { soundedOf } from '../../app/core/speech/sounded.ts';
import { soundDistance } from '../../app/domain/repair/index.ts';
import type { Random } from '../../models/intent/random.ts';

/** The 3,755 most common characters, by the first level of GB 2312. */
function commonCharacters(): string[] {
  const rows = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) => 0xb0 + row);
  const cells = Array.from({ length: 94 }, (_, cell) => 0xa1 + cell);
  return rows
    .flatMap((row) => cells.map((cell) => iconv.decode(Buffer.from([row, cell]), 'gb2312')))
    .filter((character) => /^\p{Script=Han}$/u.test(character));
}

/** One habit of speech apart, no more. */
const HABIT = 1;
const SHARE = { changed: 0.25, sameSound: 0.35 };

/**
 * Spoils sentences as somebody from Yunnan may say them and a recogniser or an input method may write them: some
 * characters become others of the same sound, or of one that is said alike there (n/l, zh/z, h/f, -n/-ng …). At least one.
 */
export function createSpoiler(): (sentence: string, random: Random) => string {
  const bySyllable = new Map<string, string[]>();
  for (const character of commonCharacters()) {
    const [syllable] = soundedOf(character).syllables;
    if (syllable !== undefined) bySyllable.set(syllable, [...(bySyllable.get(syllable) ?? []), character]);
  }
  const neighbours = (syllable: string) =>
    [...bySyllable.keys()].filter((other) => soundDistance(syllable, other) === HABIT);

  const other = (character: string, syllable: string, random: Random): string => {
    const near = neighbours(syllable);
    const same = near.length === 0 || random.next() < SHARE.sameSound;
    const sound = same ? syllable : (near[random.below(near.length)] ?? syllable);
    const choices = (bySyllable.get(sound) ?? []).filter((one) => one !== character);
    return choices[random.below(choices.length)] ?? character;
  };

  return (sentence, random) => {
    const { characters, syllables } = soundedOf(sentence);
    const count = Math.max(1, Math.round(SHARE.changed * characters.length));
    const changed = [...characters];
    for (let change = 0; change < count; change += 1) {
      const at = random.below(characters.length);
      changed[at] = other(characters[at] ?? '', syllables[at] ?? '', random);
    }
    return changed.join('');
  };
}
