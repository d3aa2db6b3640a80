import { createHash } from 'node:crypto';

import { byteVector, cosines, loadEncoder } from '../../../models/encoder/index.ts';
import {
  createAssociation,
  createCandidateSearch,
  createReferenceReader,
  createForest,
  readArticleName,
  readRanker,
  votes,
} from '../../../models/retrieval/statutes/index.ts';
import type { Candidate, KnownTexts, StatuteIndex } from '../../../models/retrieval/statutes/index.ts';
import type { StatuteDatabase } from '../store/content/index.ts';
import { normalise, plainForm } from './normalise.ts';
import type { Widening } from './normalise.ts';

/** An article worth reading for a question. */
export interface StatuteHit {
  /** Short name, e.g. 劳动合同法. */
  law: string;
  /** 第三十条. */
  article: string;
  /** ISO date of the version in the library. */
  version: string;
  /** True when the article has probably been revised since: it needs a warning. */
  check: boolean;
}

/** An article that an answer cites, and how likely it is that this answer is the right one. */
export interface CitedArticle {
  law: string;
  article: string;
  probability: number;
}

export interface StatuteSearch {
  /** The articles that a question names, then those that its words lead to, best first. Never a repealed one. */
  search(question: string, cited: readonly CitedArticle[], limit: number): Promise<StatuteHit[]>;
  close(): Promise<void>;
}

/** What is known of a question's articles before ranking; the ranker is trained on the same. */
export interface StatuteCandidates {
  /** Numbers of the articles that the question names. */
  named: number[];
  candidates: Candidate[];
}

/** What was learned from questions, with the names of articles as `law 第X条`. */
interface Learned {
  association: {
    articles: readonly string[];
    /** Log-probability of each of the articles for a normalised question. */
    logarithms: (text: string) => Float32Array;
  };
  /** Training questions as byte vectors, and the articles that decided each. */
  questions: { vectors: Int8Array; articles: readonly (readonly string[])[] };
  /** Byte vectors of the library's articles, one after the other. */
  articles: Int8Array;
  /** Byte vectors of our phrasings, and the articles that their answers cite. */
  sayings: KnownTexts;
}

/** Finds candidates with their features; `vector` is the encoder's of the normalised question. The database stays the caller's to close. */
export function createStatuteCandidates(
  database: StatuteDatabase,
  widening: Widening,
  learned: Learned,
): (question: string, cited: readonly CitedArticle[], vector: Int8Array) => StatuteCandidates {
  const laws = database.laws();
  const lawNumbers = new Map(laws.map(({ name }, number) => [name, number]));
  const referencesIn = createReferenceReader(laws.map(({ name }) => name));
  const known = new Map<string, number | null>();
  const numberOf = (law: string, article: string): number | null => {
    const key = `${law} ${article}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const lawNumber = lawNumbers.get(law);
    const place = readArticleName(article);
    const number =
      lawNumber === undefined || place === null ? null : database.find(lawNumber, place.ordinal, place.sub);
    known.set(key, number);
    return number;
  };

  const numberOfName = (name: string): number | null => {
    const space = name.lastIndexOf(' ');
    return numberOf(name.slice(0, space), name.slice(space + 1));
  };
  const rows = learned.association.articles.map(numberOfName);
  const asked: KnownTexts = {
    vectors: learned.questions.vectors,
    articles: learned.questions.articles.map((names) =>
      names.map(numberOfName).filter((number) => number !== null),
    ),
  };
  const headingOfArticle = database.headingOfArticle();
  const lawOfHeading = database.lawOfHeading();
  const lawOf = (article: number) => lawOfHeading[headingOfArticle[article] ?? 0] ?? 0;
  const decidedByArticle = new Float32Array(headingOfArticle.length);
  const decidedByLaw = new Float32Array(laws.length);
  for (const article of asked.articles.flat()) {
    decidedByArticle[article] = (decidedByArticle[article] ?? 0) + 1;
    decidedByLaw[lawOf(article)] = (decidedByLaw[lawOf(article)] ?? 0) + 1;
  }
  const index: StatuteIndex = {
    headingOfArticle,
    lawOfHeading,
    laws,
    postings: (field, token) => database.postings(field, token),
    decidedByArticle,
    decidedByLaw,
  };
  const find = createCandidateSearch(index);

  return (question, cited, vector) => {
    const references = referencesIn(plainForm(question));
    const { text } = normalise(question);
    const probabilities = new Map<number, number>();
    for (const { law, article, probability } of cited) {
      const number = numberOf(law, article);
      if (number !== null) probabilities.set(number, (probabilities.get(number) ?? 0) + probability);
    }
    const logarithms = new Map<number, number>();
    learned.association.logarithms(text).forEach((logarithm, row) => {
      const number = rows[row];
      if (number !== null && number !== undefined) logarithms.set(number, logarithm);
    });
    const candidates = find({
      text,
      widening: widening(text),
      named: new Set(references.map(({ law }) => law)),
      cited: probabilities,
      associated: logarithms,
      likeness: cosines(learned.articles, vector),
      asked: votes(asked, vector, lawOf),
      said: votes(learned.sayings, vector, lawOf),
    });
    const named = references
      .map(({ law, article }) => (article === null ? null : database.find(law, article.ordinal, article.sub)))
      .filter((number) => number !== null);
    return { named, candidates };
  };
}

/**
 * Opens the search; what it needs is loaded when it is first needed, or by `load`. The database stays the caller's to close,
 * after the search. Loading rejects when its models are not readable or do not fit each other.
 */
export function openStatuteSearch(
  database: StatuteDatabase,
  widening: Widening,
): StatuteSearch & { load(): Promise<void> } {
  let loaded: ReturnType<typeof loadSearch> | undefined;
  const whole = () => (loaded ??= loadSearch(database, widening));
  return {
    load: async () => {
      await whole();
    },
    search: async (...asked) => (await whole()).search(...asked),
    close: async () => {
      const search = await loaded?.catch(() => undefined);
      await search?.close();
    },
  };
}

async function loadSearch(database: StatuteDatabase, widening: Widening): Promise<StatuteSearch> {
  const laws = database.laws();
  const models = await database.models();
  const ranker = readRanker(models.ranker, createHash('sha256').update(models.encoder).digest('hex'));
  const encoder = await loadEncoder(models.encoder);
  const score = createForest(ranker.forest);
  const candidatesOf = createStatuteCandidates(database, widening, {
    association: {
      articles: ranker.association.articles,
      logarithms: createAssociation(ranker.association),
    },
    questions: {
      vectors: Int8Array.from(Buffer.from(ranker.questions.vectors, 'base64')),
      articles: ranker.questions.articles,
    },
    articles: models.articles,
    sayings: models.sayings,
  });

  const hit = (number: number): StatuteHit[] => {
    const record = database.article(number);
    const law = record === null ? undefined : laws[record.law];
    if (record === null || law === undefined || record.status === 'repealed') return [];
    return [
      { law: law.name, article: record.name, version: record.version, check: record.status === 'check' },
    ];
  };

  return {
    async search(question, cited, limit) {
      const vector = await encoder.encode(normalise(question).text);
      const { named, candidates } = candidatesOf(question, cited, byteVector(vector));
      const found = candidates
        .map(({ article, features }) => ({ article, score: score(features) }))
        .sort((left, right) => right.score - left.score || left.article - right.article)
        .map(({ article }) => article);
      const hits: StatuteHit[] = [];
      for (const number of new Set([...named, ...found])) {
        if (hits.length >= limit) break;
        hits.push(...hit(number));
      }
      return hits;
    },
    close: () => encoder.close(),
  };
}
