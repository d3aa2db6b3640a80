import { normalise } from '../../app/core/consult/index.ts';
import type { StatuteRecords } from '../../app/core/store/content/index.ts';
import { byteVector, ENCODER_WIDTH } from '../../models/encoder/index.ts';
import { articleText, createBulkEncoder } from '../../models/encoder/training.ts';
import { buildPostings } from '../../models/retrieval/statutes/index.ts';
import type { ContentSources } from './read.ts';
import { repealsIn } from './repeals.ts';
import type { StatuteRow } from './statute-row.ts';

/**
 * Turns a statute library into the rows of statutes.db. Our own words lead lay language to the articles: title, gist and
 * phrasings of an answer are searched with the articles it cites. A repealed article keeps its page but is not indexed.
 */
export function statuteRecords(
  rows: readonly StatuteRow[],
  sources: ContentSources,
  { ranker, encoder }: { ranker: string; encoder: Uint8Array },
  encode = createBulkEncoder(encoder),
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
    repeals: repealsIn(rows),
    models: { ranker, encoder, ...vectors(rows, sources, encode) },
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

/** What our answers and guides say and are asked by, by law and article they cite, and the questions of the article itself. */
function laySentences({ answers, guides, articleQuestions }: ContentSources): Map<string, string> {
  const sentences = new Map<string, string>();
  for (const { value } of articleQuestions)
    for (const [article, questions] of Object.entries(value.articles))
      sentences.set(`${value.law} ${article}`, questions.join('。'));
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

/** Something that our content says or is asked, and the positions of the articles that it rests on. */
export interface Saying {
  text: string;
  articles: readonly number[];
}

/** What answers and articles are asked by (`asked`), and what answers say themselves (`told`), with the articles they cite. */
export function sayingsOf(
  { answers, articleQuestions }: ContentSources,
  rows: readonly StatuteRow[],
): { asked: Saying[]; told: Saying[] } {
  const numbers = new Map(rows.map(({ law, article }, number) => [`${law} ${article}`, number]));
  const asked: Saying[] = [];
  const told: Saying[] = [];
  const saying = (text: string, articles: readonly number[]) => ({ text: normalise(text).text, articles });
  for (const { value } of answers) {
    const cited = value.basis.flatMap(({ law, article, gist }) => {
      const number = numbers.get(`${law} ${article}`);
      return number === undefined || rows[number]?.status === 'repealed' ? [] : [{ number, gist }];
    });
    if (cited.length === 0) continue;
    const articles = cited.map(({ number }) => number);
    for (const text of [value.title, ...value.phrasings]) asked.push(saying(text, articles));
    for (const { number, gist } of cited) told.push(saying(gist, [number]));
    for (const text of [value.plain, ...value.steps.map((step) => step.do)])
      told.push(saying(text, articles));
  }
  for (const { value } of articleQuestions)
    for (const [article, questions] of Object.entries(value.articles)) {
      const number = numbers.get(`${value.law} ${article}`);
      if (number === undefined || rows[number]?.status === 'repealed') continue;
      for (const text of questions) asked.push(saying(text, [number]));
    }
  return { asked, told };
}

/** Byte vectors of the articles (zeros for repealed ones) and of what people ask our answers by. */
function vectors(
  rows: readonly StatuteRow[],
  sources: ContentSources,
  encode: (text: string) => Float32Array,
): Pick<StatuteRecords['models'], 'articles' | 'sayings'> {
  const { asked } = sayingsOf(sources, rows);
  const matrix = (texts: readonly string[]): Int8Array => {
    const bytes = new Int8Array(texts.length * ENCODER_WIDTH);
    texts.forEach((text, row) => {
      if (text !== '') bytes.set(byteVector(encode(text)), row * ENCODER_WIDTH);
    });
    return bytes;
  };
  return {
    articles: matrix(rows.map((row) => (row.status === 'repealed' ? '' : articleText(row)))),
    sayings: {
      vectors: matrix(asked.map(({ text }) => text)),
      articles: asked.map(({ articles }) => articles),
    },
  };
}
