import type {
  ArticleName,
  StatuteArticle,
  StatutePage,
  StatuteSearchResult,
} from '../../contract/statute.ts';
import { createReferenceReader, readArticleName } from '../../../models/retrieval/statutes/index.ts';
import type { StatuteDatabase } from '../store/content/index.ts';
import { plainForm } from './normalise.ts';
import type { RepealReader } from './repealed.ts';
import type { StatuteSearch } from './statutes.ts';

/** Reading in the pack's statute library. */
export interface StatuteReader {
  search(query: string): Promise<StatuteSearchResult>;
  article(name: ArticleName): StatutePage;
}

/** What a kiosk says whose pack carries no statute texts. */
export const noStatutes: StatuteReader = {
  search: () => Promise.resolve({ state: 'absent' }),
  article: () => ({ state: 'absent' }),
};

const HITS = 40;
const LAWS = 8;
const BEGINNING = 36;
const SIGNS = /[\s\p{P}]+/gu;

/** `ranked` is the search that questions use too; the database stays the caller's to close. */
export function createStatuteReader(
  database: StatuteDatabase,
  ranked: StatuteSearch,
  repealedIn: RepealReader,
): StatuteReader {
  const laws = database.laws();
  const lawNumbers = new Map(laws.map(({ name }, number) => [name, number]));
  const referencesIn = createReferenceReader(laws.map(({ name }) => name));

  const numberOf = ({ law, article }: ArticleName): number | null => {
    const lawNumber = lawNumbers.get(law);
    const place = readArticleName(article);
    return lawNumber === undefined || place === null
      ? null
      : database.find(lawNumber, place.ordinal, place.sub);
  };
  const nameOf = (number: number | null): ArticleName | null => {
    const record = number === null ? null : database.article(number);
    const law = record === null ? undefined : laws[record.law];
    return record === null || law === undefined ? null : { law: law.name, article: record.name };
  };

  /** Laws that are called so or in part so; only when no law is named in full. */
  const lawsCalled = (query: string): number[] => {
    const words = query.replace(SIGNS, '');
    if ([...words].length < 2) return [];
    return laws
      .map(({ name }, number) => ({ name, number }))
      .filter(({ name }) => name.includes(words))
      .sort((left, right) => left.name.length - right.name.length)
      .slice(0, LAWS)
      .map(({ number }) => number);
  };

  /** Numbers of the articles that the query names, or that open the laws it names. */
  const named = (query: string): number[] => {
    const references = referencesIn(query);
    if (references.length === 0) return lawsCalled(query).flatMap((law) => database.articlesOf(law, 1));
    return references.flatMap(({ law, article }) => {
      if (article === null) return database.articlesOf(law, HITS);
      const number = database.find(law, article.ordinal, article.sub);
      return number === null ? [] : [number];
    });
  };

  /** Whether the query is nothing but the name of a law: then its articles stand in their order. */
  const isLawOnly = (query: string): boolean => {
    const references = referencesIn(query);
    const [first] = references;
    const rest = query.replace(SIGNS, '').replace('中华人民共和国', '');
    return (
      references.length === 1 &&
      first?.article === null &&
      referencesIn(rest).length === 1 &&
      [...rest].length <= [...(laws[first.law]?.name ?? '')].length
    );
  };

  const hitOf = (number: number) => {
    const name = nameOf(number);
    const status = database.article(number)?.status;
    if (name === null || status === undefined || status === 'repealed') return [];
    const text = database.text(number);
    const begins = [...text].length > BEGINNING ? `${[...text].slice(0, BEGINNING).join('')}…` : text;
    return [{ ...name, begins, check: status === 'check' }];
  };

  return {
    async search(raw) {
      const query = plainForm(raw);
      const first = named(query);
      const led = isLawOnly(query) ? [] : await ranked.search(raw, [], HITS);
      const found = led.map((hit) => numberOf(hit) ?? -1);
      const numbers = [...new Set([...first, ...found])];
      const hits = numbers.flatMap(hitOf).slice(0, HITS);
      return { state: 'found', hits, repealed: repealedIn(query) };
    },
    article(name) {
      const number = numberOf(name);
      const record = number === null ? null : database.article(number);
      const law = record === null ? undefined : laws[record.law];
      if (number === null || record === null || law === undefined) return { state: 'unknown' };
      const { before, after } = database.neighbours(number);
      const article: StatuteArticle = {
        law: law.name,
        title: law.title,
        kind: law.kind,
        article: record.name,
        chapter: database.chapter(number),
        text: database.text(number),
        version: record.version,
        status: record.status,
        before: nameOf(before),
        after: nameOf(after),
      };
      return { state: 'found', article };
    },
  };
}
