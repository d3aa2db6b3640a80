import { figuresIn, isNumeral } from './figures.ts';
import { countCharacters } from './language.ts';
import type { Sounded, Trust } from './sounded.ts';
import { MISSING, roughDistance, soundDistance } from './sounds.ts';

/** A recogniser that knows words and writes what it heard; and one that writes any character of the right sound. */
export const TRUST = {
  words: { sameSound: 7, otherSound: 2.5, figures: true },
  sounds: { sameSound: 0.05, otherSound: 2.2, figures: false },
} as const satisfies Record<string, Trust>;

export interface Repaired {
  characters: string[];
  /** Runs of characters that were put right. */
  changes: { heard: string; taken: string }[];
  /** How well it reads, in nats a character; higher is better, 0 is certain. */
  fluency: number;
}

/** Puts words right by their sound. */
export interface Repairer {
  repair(heard: Sounded, trust: Trust): Repaired;
  /** Sentences that sound most like it, best first; `distance` is per syllable, 0 the same. */
  nearest(syllables: readonly string[], most: number): { sentence: Sounded; distance: number }[];
}

const BEAM = 48;
const CANDIDATES = 40;
/** Two steps of difference in one syllable are as much as is ever repaired. */
const FARTHEST = 2;
/** So many sentences are compared syllable by syllable, those with the most common neighbours. */
const COMPARED = 200;

interface Candidate {
  character: string;
  price: number;
}

interface Path {
  score: number;
  second: string;
  first: string;
  characters: string[];
}

/** Learns the words of the sentences that a kiosk knows. */
export function createRepairer(sentences: readonly Sounded[]): Repairer {
  const language = countCharacters(sentences.map(({ characters }) => characters));
  const bySyllable = charactersBySyllable(sentences);
  const alike = memory((syllable: string) =>
    [...bySyllable]
      .map(([other, characters]) => ({ characters, distance: soundDistance(syllable, other) }))
      .filter(({ distance }) => distance <= FARTHEST)
      .sort((a, b) => a.distance - b.distance),
  );
  const index = neighbourIndex(sentences);

  const candidatesFor = (character: string, syllable: string, trust: Trust): Candidate[] => {
    const others = alike(syllable).flatMap(({ characters, distance }) =>
      characters
        // A numeral is written for its own sound only: many say ten and four alike, and nobody owes what was guessed.
        .filter((other) => distance === 0 || !isNumeral(other))
        .map((other): Candidate => ({
          character: other,
          price: trust.sameSound + distance * trust.otherSound,
        })),
    );
    const all = [{ character, price: 0 }, ...others.filter((other) => other.character !== character)];
    return all.slice(0, CANDIDATES);
  };

  const repair = (heard: Sounded, trust: Trust): Repaired => {
    let paths: Path[] = [{ score: 0, second: '', first: '', characters: [] }];
    const fixed = trust.figures ? figuresIn(heard.characters) : [];
    heard.characters.forEach((character, at) => {
      const candidates =
        fixed[at] === true
          ? [{ character, price: 0 }]
          : candidatesFor(character, heard.syllables[at] ?? '', trust);
      const best = new Map<string, Path>();
      for (const path of paths) {
        for (const { character: next, price } of candidates) {
          const score = path.score - price + language.after(path.second, path.first, next);
          const key = path.first + next;
          const known = best.get(key);
          if (known !== undefined && known.score >= score) continue;
          best.set(key, { score, second: path.first, first: next, characters: [...path.characters, next] });
        }
      }
      paths = [...best.values()].sort((a, b) => b.score - a.score).slice(0, BEAM);
    });
    const [path] = paths;
    const characters = path?.characters ?? [];
    return {
      characters,
      changes: changesOf(heard.characters, characters),
      fluency: (path?.score ?? 0) / Math.max(1, characters.length),
    };
  };

  const nearest = (syllables: readonly string[], most: number) =>
    index(syllables)
      .map((number) => sentences[number] as Sounded)
      .map((sentence) => ({ sentence, distance: sentenceDistance(syllables, sentence.syllables) }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, most);

  return { repair, nearest };
}

function changesOf(heard: readonly string[], taken: readonly string[]): Repaired['changes'] {
  const changes: Repaired['changes'] = [];
  let open: { heard: string; taken: string } | null = null;
  taken.forEach((character, at) => {
    const before = heard[at] ?? '';
    if (character === before) {
      open = null;
      return;
    }
    if (open === null) {
      open = { heard: '', taken: '' };
      changes.push(open);
    }
    open.heard += before;
    open.taken += character;
  });
  return changes;
}

/** Characters that are written for a syllable, the most frequent first. */
function charactersBySyllable(sentences: readonly Sounded[]): Map<string, string[]> {
  const counts = new Map<string, Map<string, number>>();
  for (const { characters, syllables } of sentences) {
    syllables.forEach((syllable, at) => {
      const character = characters[at] ?? '';
      const known = counts.get(syllable) ?? new Map<string, number>();
      counts.set(syllable, known.set(character, (known.get(character) ?? 0) + 1));
    });
  }
  return new Map(
    [...counts].map(([syllable, known]) => [
      syllable,
      [...known].sort(([, a], [, b]) => b - a).map(([character]) => character),
    ]),
  );
}

function memory<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

/** Sounds that are taken for one another count as one here. */
const rough = (syllable: string) =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^f/, 'h')
    .replace(/^r/, 'l')
    .replace(/ng$/, 'n')
    .replaceAll('v', 'i');

/** Numbers of the sentences that share the most pairs of neighbouring sounds. */
function neighbourIndex(sentences: readonly Sounded[]): (syllables: readonly string[]) => number[] {
  const pairs = (syllables: readonly string[]) => {
    const sounds = ['', ...syllables.map(rough), ''];
    const neighbours = sounds.slice(1).map((sound, at) => `${sounds[at] ?? ''} ${sound}`);
    return new Set([...sounds.slice(1, -1), ...neighbours]);
  };
  const lists = new Map<string, number[]>();
  sentences.forEach(({ syllables }, number) => {
    for (const pair of pairs(syllables)) {
      const list = lists.get(pair);
      if (list === undefined) lists.set(pair, [number]);
      else list.push(number);
    }
  });
  return (syllables) => {
    const shared = new Map<number, number>();
    for (const pair of pairs(syllables)) {
      const list = lists.get(pair) ?? [];
      const weight = Math.log(1 + sentences.length / Math.max(1, list.length));
      for (const number of list) shared.set(number, (shared.get(number) ?? 0) + weight);
    }
    return [...shared]
      .map(([number, weight]) => ({
        number,
        share: weight / Math.sqrt(4 + (sentences[number]?.syllables.length ?? 0)),
      }))
      .sort((a, b) => b.share - a.share)
      .slice(0, COMPARED)
      .map(({ number }) => number);
  };
}

/** Fewest and smallest changes from one sequence of sounds to the other, per syllable of the longer one. */
function sentenceDistance(a: readonly string[], b: readonly string[]): number {
  let before = b.map((_, at) => at + 1).reduce<number[]>((row, count) => [...row, count * MISSING], [0]);
  for (const [at, syllable] of a.entries()) {
    const row = [(at + 1) * MISSING];
    b.forEach((other, place) => {
      row.push(
        Math.min(
          (before[place] as number) + roughDistance(syllable, other),
          (before[place + 1] as number) + MISSING,
          (row[place] as number) + MISSING,
        ),
      );
    });
    before = row;
  }
  return (before.at(-1) ?? 0) / MISSING / Math.max(1, a.length, b.length);
}
