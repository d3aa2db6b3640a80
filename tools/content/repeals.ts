import type { RepealRecord } from '../../app/core/store/content/index.ts';
import { shortLawName } from './statute-row.ts';
import type { StatuteRow } from './statute-row.ts';

const REPEALING = /(?:同时|即行)废止/u;
/** 《…》, in which names of other laws may stand: 《关于适用〈民法典〉的解释》 is written with the narrow ones, not always. */
const NAME = /《((?:[^《》]|《[^《》]*》)+)》/gu;
const IN_FORCE = /(\d{4})年(\d{1,2})月(\d{1,2})日起施行/u;

/**
 * Which laws are no longer in force, and which law says so: the last article of many ends "《…》同时废止". A name under
 * which a law of the library is in force is none of them (an older law was called the same). Those whose articles the
 * library itself calls repealed are among them, with no successor where no text names one.
 */
export function repealsIn(rows: readonly StatuteRow[]): RepealRecord[] {
  const inForce = new Set(rows.filter(({ status }) => status !== 'repealed').map(({ law }) => law));
  const repeals = new Map<string, RepealRecord>();
  for (const { law: by, text, status } of rows) {
    if (status === 'repealed') continue;
    const since = isoDate(IN_FORCE.exec(text));
    for (const sentence of text.split(/(?<=[。；\n])/u)) {
      const end = sentence.search(REPEALING);
      for (const [, name = ''] of sentence.slice(0, Math.max(0, end)).matchAll(NAME)) {
        const law = shortLawName(name);
        if (!inForce.has(law) && !repeals.has(law)) repeals.set(law, { law, by, since });
      }
    }
  }
  for (const { law } of rows)
    if (!inForce.has(law) && !repeals.has(law)) repeals.set(law, { law, by: null, since: null });
  return [...repeals.values()].sort((left, right) => (left.law < right.law ? -1 : 1));
}

function isoDate(match: RegExpExecArray | null): string | null {
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
