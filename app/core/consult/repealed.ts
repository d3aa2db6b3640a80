import type { RepealedLaw } from '../../contract/consult.ts';

/** Laws that a text in plain form names and that are no longer in force today, each once. */
export type RepealReader = (plain: string) => RepealedLaw[];

const BEGINNING = 2;
/** Behind a name these make another word of it: 婚姻法律师, 合同法人, 继承法定, 婚姻法规 (but not 婚姻法规定). */
const GOES_ON = /^(?:[律定院庭官人学]|规(?!定))/u;

/**
 * Finds names where they begin, the longest first: 劳动合同法, which is in force, is no mention of 合同法, which is not.
 * `inForce` are the short names of the library's laws; `today` gives an ISO date.
 */
export function createRepealReader(
  inForce: readonly string[],
  repeals: readonly RepealedLaw[],
  today: () => string,
): RepealReader {
  const repealed = new Map(repeals.map((repeal) => [repeal.law, repeal]));
  const names = [...new Set([...inForce, ...repealed.keys()])];
  const beginning = Map.groupBy(
    names.sort((left, right) => right.length - left.length),
    (name) => name.slice(0, BEGINNING),
  );
  return (plain) => {
    const day = today();
    const found = new Set<RepealedLaw>();
    for (let start = 0; start < plain.length; start += 1) {
      const rest = plain.slice(start);
      const name = beginning.get(rest.slice(0, BEGINNING))?.find((one) => rest.startsWith(one));
      if (name === undefined) continue;
      const repeal = repealed.get(name);
      const isNamed = !GOES_ON.test(rest.slice(name.length));
      if (repeal !== undefined && isNamed && (repeal.since === null || repeal.since <= day))
        found.add(repeal);
      start += name.length - 1;
    }
    return [...found];
  };
}
