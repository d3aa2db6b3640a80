import { fold, type Dictionary, type Word } from './dictionary.ts';
import { readSpelling, type Spelling, type Unit } from './spelling.ts';

/** A text that can take the place of the first `consumed` typed letters. */
export interface Candidate {
  text: string;
  consumed: number;
}

const MOST_CANDIDATES = 60;
const MOST_WHOLE = 24;
const MOST_COMPLETIONS = 6;
const MOST_PARTIAL = 16;
const LONGEST_WORD = 6;
/** Points (see Word.weight) taken from a word that fits only after folding zh/z, n/l, -ng/-n. */
const FOLDED_PENALTY = 120;
/** Points taken for each unit of a reading that is not a whole syllable. */
const ABBREVIATION_PENALTY = 60;

interface Match {
  word: Word;
  score: number;
}

/**
 * What the typed letters may mean, best first: words and phrases that use all letters, a sentence put together from
 * words, words that go on, then words for the first letters only (the rest stays to be typed on).
 */
export function candidatesFor(letters: string, dictionary: Dictionary): Candidate[] {
  const readings = readSpelling(letters, dictionary.syllables);
  const best = readings[0];
  if (!best) return [];
  const found = new Map<string, Candidate>();
  const add = (text: string, consumed: number) => {
    if (!found.has(text)) found.set(text, { text, consumed });
  };

  const whole = readings
    .flatMap((reading) =>
      wordsFor(reading.units, dictionary).map((match) => lessReadingCost(match, reading, best)),
    )
    .sort(byScore);
  for (const { word } of whole.slice(0, MOST_WHOLE)) add(word.text, letters.length);
  if (best.units.length > 1) add(sentence(best.units, dictionary), letters.length);
  for (const word of completions(best.units, dictionary)) add(word.text, letters.length);
  for (let count = best.units.length - 1; count >= 1; count--) {
    const units = best.units.slice(0, count);
    const consumed = lettersIn(units);
    for (const { word } of wordsFor(units, dictionary).sort(byScore).slice(0, MOST_PARTIAL))
      add(word.text, consumed);
  }
  found.delete('');
  return [...found.values()].slice(0, MOST_CANDIDATES);
}

const byScore = (a: Match, b: Match) => b.score - a.score;
const lettersIn = (units: readonly Unit[]) => units.reduce((sum, unit) => sum + unit.letters.length, 0);
const unitsKey = (units: readonly Unit[]) => units.map((unit) => fold(unit.letters).slice(0, 1)).join('');

function lessReadingCost(match: Match, reading: Spelling, best: Spelling): Match {
  return { word: match.word, score: match.score - (reading.cost - best.cost) * 100 };
}

/** Words with exactly as many syllables as there are units. */
function wordsFor(units: readonly Unit[], dictionary: Dictionary): Match[] {
  return (dictionary.byInitials.get(unitsKey(units)) ?? []).flatMap((word) => {
    const penalty = mismatch(units, word);
    return penalty === null ? [] : [{ word, score: word.weight - penalty }];
  });
}

/** Points to take off, or null when the word does not fit the units. A longer word is compared at its front. */
function mismatch(units: readonly Unit[], word: Word): number | null {
  let penalty = 0;
  for (const [index, unit] of units.entries()) {
    const syllable = word.syllables[index] ?? '';
    if (unit.kind === 'syllable') {
      if (syllable === unit.letters) continue;
      if (fold(syllable) !== fold(unit.letters)) return null;
      penalty += FOLDED_PENALTY;
    } else if (syllable.startsWith(unit.letters)) {
      penalty += ABBREVIATION_PENALTY;
    } else if (fold(syllable).startsWith(fold(unit.letters))) {
      penalty += ABBREVIATION_PENALTY + FOLDED_PENALTY;
    } else {
      return null;
    }
  }
  return penalty;
}

/** Longer words that begin with the units, heaviest first. */
function completions(units: readonly Unit[], dictionary: Dictionary): Word[] {
  if (units.length < 2) return [];
  const prefix = unitsKey(units);
  const matches: Match[] = [];
  for (let index = firstAtLeast(dictionary.initials, prefix); index < dictionary.initials.length; index++) {
    const key = dictionary.initials[index] ?? '';
    if (!key.startsWith(prefix)) break;
    if (key.length === prefix.length) continue;
    for (const word of dictionary.byInitials.get(key) ?? []) {
      const penalty = mismatch(units, word);
      if (penalty !== null) matches.push({ word, score: word.weight - penalty });
    }
  }
  return matches
    .sort(byScore)
    .slice(0, MOST_COMPLETIONS)
    .map(({ word }) => word);
}

function firstAtLeast(sorted: readonly string[], value: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Path {
  words: readonly string[];
  score: number;
}

/** Cost of one more word in a sentence, so that few long words win over many short ones. */
const WORD_COST = 700;
const PATHS_KEPT = 6;
const WORDS_TRIED = 4;

/** The likeliest sequence of words over all units (Viterbi with word weights and the pairs of our own content). */
function sentence(units: readonly Unit[], dictionary: Dictionary): string {
  const paths: Path[][] = Array.from({ length: units.length + 1 }, () => []);
  paths[0] = [{ words: [], score: 0 }];
  for (let start = 0; start < units.length; start++) {
    for (let end = start + 1; end <= Math.min(units.length, start + LONGEST_WORD); end++) {
      const words = wordsFor(units.slice(start, end), dictionary).sort(byScore).slice(0, WORDS_TRIED);
      const here = paths[end] ?? [];
      for (const path of paths[start] ?? []) {
        for (const { word, score } of words) {
          const pair = dictionary.pairs.get(`${path.words.at(-1) ?? ''}\t${word.text}`) ?? 0;
          here.push({
            words: [...path.words, word.text],
            score: path.score + score - WORD_COST + (pair > 0 ? 150 + 50 * Math.log2(pair) : 0),
          });
        }
      }
      paths[end] = here.sort((a, b) => b.score - a.score).slice(0, PATHS_KEPT);
    }
  }
  return paths[units.length]?.[0]?.words.join('') ?? '';
}

/** Splits candidates into pages that fit a row of `capacity` Han widths; a page holds at least one. */
export function paginate(candidates: readonly Candidate[], capacity: number): Candidate[][] {
  const pages: Candidate[][] = [];
  let room = 0;
  for (const candidate of candidates) {
    const width = Math.max(2, [...candidate.text].length) + 1;
    if (width > room) {
      pages.push([]);
      room = capacity;
    }
    pages.at(-1)?.push(candidate);
    room -= width;
  }
  return pages;
}
