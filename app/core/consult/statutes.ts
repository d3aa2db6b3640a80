import {
  createAssociation,
  createCandidateSearch,
  createReferenceReader,
  evaluateForest,
  readArticleName,
  readRanker,
} from '../../../models/retrieval/statutes/index.ts';
import type { Candidate, StatuteIndex } from '../../../models/retrieval/statutes/index.ts';
import type { StatuteDatabase, SynonymRecord } from '../store/content/index.ts';
import { legalWords, normalise, plainForm } from './normalise.ts';

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
  search(question: string, cited: readonly CitedArticle[], limit: number): StatuteHit[];
}

/** What is known of a question's articles before ranking; the ranker is trained on the same. */
export interface StatuteCandidates {
  /** Numbers of the articles that the question names. */
  named: number[];
  candidates: Candidate[];
}

/** An association model with the names of its rows, `law 第X条`. */
interface Associated {
  articles: readonly string[];
  /** Log-probability of each row for a normalised question. */
  logarithms: (text: string) => Float32Array;
}

/** Finds candidates with their features. The database stays the caller's to close. */
export function createStatuteCandidates(
  database: StatuteDatabase,
  synonyms: readonly SynonymRecord[],
  associated: Associated,
): (question: string, cited: readonly CitedArticle[]) => StatuteCandidates {
  const laws = database.laws();
  const lawNumbers = new Map(laws.map(({ name }, number) => [name, number]));
  const index: StatuteIndex = {
    headingOfArticle: database.headingOfArticle(),
    lawOfHeading: database.lawOfHeading(),
    laws,
    postings: (field, token) => database.postings(field, token),
  };
  const find = createCandidateSearch(index);
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

  const rows = associated.articles.map((name) => {
    const space = name.lastIndexOf(' ');
    return numberOf(name.slice(0, space), name.slice(space + 1));
  });

  return (question, cited) => {
    const references = referencesIn(plainForm(question));
    const { text } = normalise(question);
    const probabilities = new Map<number, number>();
    for (const { law, article, probability } of cited) {
      const number = numberOf(law, article);
      if (number !== null) probabilities.set(number, (probabilities.get(number) ?? 0) + probability);
    }
    const logarithms = new Map<number, number>();
    associated.logarithms(text).forEach((logarithm, row) => {
      const number = rows[row];
      if (number !== null && number !== undefined) logarithms.set(number, logarithm);
    });
    const candidates = find({
      text,
      widening: legalWords(text, synonyms),
      named: new Set(references.map(({ law }) => law)),
      cited: probabilities,
      associated: logarithms,
    });
    const named = references
      .map(({ law, article }) => (article === null ? null : database.find(law, article.ordinal, article.sub)))
      .filter((number) => number !== null);
    return { named, candidates };
  };
}

/** Loads what every search needs. The database stays the caller's to close. Throws when its ranker is not readable. */
export function createStatuteSearch(
  database: StatuteDatabase,
  synonyms: readonly SynonymRecord[],
): StatuteSearch {
  const laws = database.laws();
  const ranker = readRanker(database.ranker());
  const candidatesOf = createStatuteCandidates(database, synonyms, {
    articles: ranker.association.articles,
    logarithms: createAssociation(ranker.association),
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
    search(question, cited, limit) {
      const { named, candidates } = candidatesOf(question, cited);
      const found = candidates
        .map(({ article, features }) => ({ article, score: evaluateForest(ranker.forest, features) }))
        .sort((left, right) => right.score - left.score || left.article - right.article)
        .map(({ article }) => article);
      const hits: StatuteHit[] = [];
      for (const number of new Set([...named, ...found])) {
        if (hits.length >= limit) break;
        hits.push(...hit(number));
      }
      return hits;
    },
  };
}
