import { alignment } from './sounds.ts';
import type { Sounded, Trust } from './sounded.ts';

const NUMERAL = /^[零〇一二两三四五六七八九十百千万亿半幺]$/u;
/** After these, or before those, even a single numeral is a figure: 第三, 三年, 两块. */
const ORDINAL = '第';
const COUNTED = /^[元块角毛分年月日号天周岁个点条款倍成次人级]$/u;
const SYLLABLES: ReadonlySet<string> = new Set(
  'ling yi er liang san si wu liu qi ba jiu shi bai qian wan ban yao'.split(' '),
);

export const isNumeral = (character: string): boolean => NUMERAL.test(character);

const soundsLikeNumeral = (syllable: string): boolean => SYLLABLES.has(syllable);

/** For each character whether it stands in a figure: numerals side by side, or one that orders or counts, and what it counts. */
export function figuresIn(characters: readonly string[]): boolean[] {
  return characters.map((character, at) => {
    const [before = '', after = ''] = [characters[at - 1], characters[at + 1]];
    if (!isNumeral(character)) return COUNTED.test(character) && isNumeral(before);
    return isNumeral(before) || isNumeral(after) || before === ORDINAL || COUNTED.test(after);
  });
}

/**
 * Whether a known sentence has another figure than what was heard. Sums, degrees and dates decide what is owed: they are
 * never put right by what is usual. A sound that a hall drowned contradicts nothing, one that is another numeral does.
 */
export function figuresDiffer(heard: Sounded, known: Sounded, trust: Pick<Trust, 'figures'>): boolean {
  const places = alignment(heard.syllables, known.syllables);
  const differs = figuresIn(known.characters).some((isFigure, at) => {
    if (!isFigure) return false;
    const place = places[at] ?? null;
    if (place === null) return trust.figures;
    const [character = '', syllable = ''] = [heard.characters[place], heard.syllables[place]];
    if (trust.figures && isNumeral(character)) return character !== known.characters[at];
    return syllable !== known.syllables[at] && soundsLikeNumeral(syllable);
  });
  if (differs || !trust.figures) return differs;
  return figuresIn(heard.characters).some((isFigure, place) => {
    const at = places.indexOf(place);
    return isFigure && known.characters[at] !== heard.characters[place];
  });
}
