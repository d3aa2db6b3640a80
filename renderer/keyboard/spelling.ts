/** One unit of what was typed: a whole syllable, the beginning of one (only at the end), or an initial alone. */
export interface Unit {
  letters: string;
  kind: 'syllable' | 'beginning' | 'initial';
}

export interface Spelling {
  units: readonly Unit[];
  /** Lower is more likely; a whole syllable costs 1. */
  cost: number;
}

const INITIALS = new Set('b p m f d t n l g k h j q x zh ch sh r z c s y w'.split(' '));
const COST = { syllable: 1, beginning: 1.3, initial: 1.7 } as const;
const LONGEST_SYLLABLE = 6;
const READINGS_KEPT = 6;

/**
 * The likeliest ways to cut typed letters into syllables: `gongsh` → gong·sh, `gspc` → g·s·p·c, `xian` → xian, xi·an.
 * Letters that can be no pinyin end the reading; an empty list means nothing can be read.
 */
export function readSpelling(letters: string, syllables: ReadonlySet<string>): Spelling[] {
  const beginnings = beginningsOf(syllables);
  const readings: Spelling[][] = Array.from({ length: letters.length + 1 }, () => []);
  readings[0] = [{ units: [], cost: 0 }];
  for (let start = 0; start < letters.length; start++) {
    for (let end = start + 1; end <= Math.min(letters.length, start + LONGEST_SYLLABLE); end++) {
      const kind = unitKind(letters.slice(start, end), end === letters.length, syllables, beginnings);
      if (!kind) continue;
      const unit: Unit = { letters: letters.slice(start, end), kind };
      const here = readings[end] ?? [];
      for (const reading of readings[start] ?? []) {
        here.push({ units: [...reading.units, unit], cost: reading.cost + COST[kind] });
      }
      here.sort((a, b) => a.cost - b.cost);
      readings[end] = here.slice(0, READINGS_KEPT);
    }
  }
  return readings[letters.length] ?? [];
}

function unitKind(
  letters: string,
  last: boolean,
  syllables: ReadonlySet<string>,
  beginnings: ReadonlySet<string>,
): Unit['kind'] | null {
  if (syllables.has(letters)) return 'syllable';
  if (INITIALS.has(letters)) return 'initial';
  return last && beginnings.has(letters) ? 'beginning' : null;
}

const knownBeginnings = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>();

function beginningsOf(syllables: ReadonlySet<string>): ReadonlySet<string> {
  const known = knownBeginnings.get(syllables);
  if (known) return known;
  const beginnings = new Set<string>();
  for (const syllable of syllables) {
    for (let length = 1; length < syllable.length; length++) beginnings.add(syllable.slice(0, length));
  }
  knownBeginnings.set(syllables, beginnings);
  return beginnings;
}
