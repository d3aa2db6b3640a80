/** A syllable without its tone, cut in two: `zhang` → `zh`, `ang`. */
interface Syllable {
  initial: string;
  final: string;
}

const INITIAL = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?/;

function cut(syllable: string): Syllable {
  const initial = INITIAL.exec(syllable)?.[0] ?? '';
  return { initial, final: syllable.slice(initial.length) };
}

/** Beginnings that are said alike in Yunnan and Sichuan, or heard alike in a loud hall. */
const INITIALS: readonly (readonly [string, string, number])[] = [
  ...(
    [
      ['n', 'l'],
      ['zh', 'z'],
      ['ch', 'c'],
      ['sh', 's'],
      ['h', 'f'],
      ['r', 'y'],
      ['r', 'l'],
    ] as const
  ).map(([a, b]) => [a, b, 1] as const),
  ...(
    [
      ['g', 'k'],
      ['d', 't'],
      ['b', 'p'],
      ['j', 'q'],
      ['zh', 'ch'],
      ['z', 'c'],
      ['j', 'z'],
      ['j', 'zh'],
      ['q', 'c'],
      ['x', 's'],
    ] as const
  ).map(([a, b]) => [a, b, 1.8] as const),
  ...(
    [
      ['q', 'ch'],
      ['x', 'sh'],
      ['x', 'h'],
      ['j', 'g'],
      ['q', 'k'],
      ['m', 'n'],
      ['w', 'h'],
      ['y', ''],
    ] as const
  ).map(([a, b]) => [a, b, 2] as const),
];
/** Endings; `v` stands for ü. */
const FINALS: readonly (readonly [string, string, number])[] = [
  ...(
    [
      ['an', 'ang'],
      ['en', 'eng'],
      ['in', 'ing'],
      ['ian', 'iang'],
      ['uan', 'uang'],
      ['un', 'ong'],
      ['eng', 'ong'],
    ] as const
  ).map(([a, b]) => [a, b, 1] as const),
  ...(
    [
      ['v', 'i'],
      ['ve', 'ie'],
      ['van', 'ian'],
      ['vn', 'in'],
      ['u', 'i'],
      ['ue', 'ie'],
      ['ian', 'in'],
      ['uo', 'o'],
      ['uo', 'e'],
      ['ai', 'ei'],
      ['uai', 'ai'],
      ['uan', 'an'],
      ['un', 'en'],
      ['ui', 'ei'],
    ] as const
  ).map(([a, b]) => [a, b, 1.5] as const),
  ...(
    [
      ['an', 'ian'],
      ['ao', 'iao'],
      ['ou', 'iu'],
      ['en', 'in'],
      ['eng', 'ing'],
      ['e', 'o'],
      ['a', 'ia'],
      ['ao', 'ou'],
      ['u', 'ou'],
      ['u', 'uo'],
    ] as const
  ).map(([a, b]) => [a, b, 2] as const),
];

const table = (pairs: readonly (readonly [string, string, number])[]) =>
  new Map(pairs.flatMap(([a, b, cost]) => [[`${a} ${b}`, cost] as const, [`${b} ${a}`, cost] as const]));
const initialCosts = table(INITIALS);
const finalCosts = table(FINALS);

const part = (costs: ReadonlyMap<string, number>, a: string, b: string) =>
  a === b ? 0 : (costs.get(`${a} ${b}`) ?? Infinity);

/**
 * How far two syllables lie apart for an ear of Yunnan: 0 for the same one, about 1 for each habit of speech between them,
 * Infinity when nobody takes one for the other.
 */
export function soundDistance(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [cut(a), cut(b)];
  return part(initialCosts, one.initial, other.initial) + part(finalCosts, one.final, other.final);
}

/** Where nobody's habit explains the difference: half a syllable is still heard right. */
const OTHER_INITIAL = 1.4;
const OTHER_FINAL = 1.8;

/** As `soundDistance`, but never Infinity: what a hall drowned may be anything. */
export function roughDistance(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [cut(a), cut(b)];
  return (
    Math.min(OTHER_INITIAL, part(initialCosts, one.initial, other.initial)) +
    Math.min(OTHER_FINAL, part(finalCosts, one.final, other.final))
  );
}

/** Price of a syllable that one has and the other has not. */
export const MISSING = 2.2;

/** For each syllable of `b` the place of the one in `a` that it was heard as; null for none. */
export function alignment(a: readonly string[], b: readonly string[]): (number | null)[] {
  const prices: number[][] = [[0, ...b.map((_, at) => (at + 1) * MISSING)]];
  const price = (row: number, column: number) => prices[row]?.[column] ?? Infinity;
  for (const [at, syllable] of a.entries()) {
    const row = [(at + 1) * MISSING];
    prices.push(row);
    b.forEach((other, place) => {
      const met = price(at, place) + roughDistance(syllable, other);
      row.push(Math.min(met, price(at, place + 1) + MISSING, price(at + 1, place) + MISSING));
    });
  }
  const places = b.map((): number | null => null);
  let [row, column] = [a.length, b.length];
  while (row > 0 && column > 0) {
    const here = price(row, column);
    if (here === price(row - 1, column - 1) + roughDistance(a[row - 1] ?? '', b[column - 1] ?? '')) {
      row -= 1;
      column -= 1;
      places[column] = row;
    } else if (here === price(row - 1, column) + MISSING) row -= 1;
    else column -= 1;
  }
  return places;
}
