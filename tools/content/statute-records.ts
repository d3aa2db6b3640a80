import type { StatuteRecords } from '../../app/core/store/content/index.ts';
import { buildPostings } from '../../models/retrieval/statutes/index.ts';
import type { ContentSources } from './read.ts';
import type { StatuteRow } from './statute-row.ts';

/**
 * Turns a statute library into the rows of statutes.db. Our own words lead lay language to the articles: title, gist and
 * phrasings of an answer are searched with the articles it cites. A repealed article keeps its page but is not indexed.
 */
export function statuteRecords(
  rows: readonly StatuteRow[],
  sources: ContentSources,
  ranker: string,
): StatuteRecords {
  const laws: StatuteRecords['laws'][number][] = [];
  const lawNumbers = new Map<string, number>();
  const headings: StatuteRecords['headings'][number][] = [];
  const headingNumbers = new Map<string, number>();
  const articles = rows.map(
    ({ law: name, title, kind, version, chapter, article, ordinal, sub, status, text }) => {
      const law = numberOf(lawNumbers, name, () => laws.push({ name, title, kind }));
      const heading = numberOf(headingNumbers, `${name} ${chapter}`, () => headings.push({ law, chapter }));
      return { law, heading, ordinal, sub, name: article, version, status, text };
    },
  );
  const asked = laySentences(sources);
  const indexed = (text: (index: number) => string) =>
    articles.map(({ status }, index) => (status === 'repealed' ? '' : text(index)));
  return {
    laws,
    headings,
    articles,
    ranker,
    postings: {
      text: buildPostings(indexed((index) => rows[index]?.text ?? '')),
      heading: buildPostings(headings.map(({ law, chapter }) => `${laws[law]?.name ?? ''}。${chapter}`)),
      lay: buildPostings(indexed((index) => asked.get(`${rows[index]?.law} ${rows[index]?.article}`) ?? '')),
    },
  };
}

function numberOf(numbers: Map<string, number>, key: string, add: () => number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const added = add() - 1;
  numbers.set(key, added);
  return added;
}

/** What our answers and guides say and are asked by, by law and article they cite. */
function laySentences({ answers, guides }: ContentSources): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const { value } of [...answers, ...guides]) {
    const tile = 'tile' in value ? (value.tile ?? '') : '';
    for (const { law, article, gist } of value.basis) {
      const key = `${law} ${article}`;
      const said = [value.title, tile, gist, ...value.phrasings].join('。');
      sentences.set(key, `${sentences.get(key) ?? ''}。${said}`);
    }
  }
  return sentences;
}
