import { create, insertMultiple, search } from '@orama/orama';
import Database from 'better-sqlite3';
import MiniSearch from 'minisearch';
import { NlpManager } from 'node-nlp';

import type { AnswerSource } from '../content/source.ts';

/** A simple way to answer the same questions, run in the same process on the same content. */
export interface Peer {
  name: string;
  /** Answer ids, best first. */
  answer(question: string): string[] | Promise<string[]>;
  close(): void;
}

const textsOf = (answer: AnswerSource) => [answer.title, ...answer.phrasings, answer.plain];

const pairs = (text: string) =>
  [...text].slice(1).map((character, index) => `${[...text][index] ?? ''}${character}`);

/** Counts the two-character keywords of an answer's title and phrasings that occur in the question. */
export function keywordPeer(answers: readonly AnswerSource[]): Peer {
  const keywords = answers.map((answer) => ({
    id: answer.id,
    words: [...new Set([answer.title, ...answer.phrasings].flatMap(pairs))],
  }));
  return {
    name: 'keyword matching',
    answer: (question) =>
      keywords
        .map(({ id, words }) => ({ id, hits: words.filter((word) => question.includes(word)).length }))
        .filter(({ hits }) => hits > 0)
        .sort((left, right) => right.hits - left.hits)
        .map(({ id }) => id),
    close: () => undefined,
  };
}

/** SQLite's own trigram index over titles, phrasings and plain texts, ranked by bm25. */
export function trigramPeer(answers: readonly AnswerSource[]): Peer {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, body, tokenize = 'trigram')");
  const insert = database.prepare('INSERT INTO texts (id, body) VALUES (?, ?)');
  for (const answer of answers) for (const text of textsOf(answer)) insert.run(answer.id, text);
  const search = database.prepare<unknown[], { id: string }>(
    'SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 60',
  );
  const trigrams = (text: string) => {
    const characters = [...text.replace(/[^\p{L}\p{N}]/gu, '')];
    return characters.slice(2).map((_, index) => `"${characters.slice(index, index + 3).join('')}"`);
  };
  return {
    name: 'SQLite FTS5 trigram',
    answer(question) {
      const expression = [...new Set(trigrams(question))].join(' OR ');
      return expression === '' ? [] : [...new Set(search.all(expression).map(({ id }) => id))];
    },
    close: () => void database.close(),
  };
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** Words of a Chinese text, as the engines without a Chinese tokeniser of their own are given them. */
const segments = (text: string) =>
  [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true).map(({ segment }) => segment);

const MOST_HITS = 60;
const documentsOf = (answers: readonly AnswerSource[]) =>
  answers.flatMap((answer) =>
    textsOf(answer).map((body, index) => ({ id: `${answer.id} ${index}`, answer: answer.id, body })),
  );

/** MiniSearch (BM25+) over titles, phrasings and plain texts, words by Intl.Segmenter. */
export function miniSearchPeer(answers: readonly AnswerSource[]): Peer {
  const index = new MiniSearch({
    fields: ['body'],
    storeFields: ['answer'],
    tokenize: segments,
    searchOptions: { tokenize: segments },
  });
  index.addAll(documentsOf(answers));
  return {
    name: 'MiniSearch',
    answer: (question) => [
      ...new Set(
        index
          .search(question)
          .slice(0, MOST_HITS)
          .map(({ answer }) => answer as string),
      ),
    ],
    close: () => undefined,
  };
}

/** Orama (BM25) over the same, words by Intl.Segmenter. */
export async function oramaPeer(answers: readonly AnswerSource[]): Promise<Peer> {
  const index = create({
    schema: { answer: 'string', body: 'string' } as const,
    components: {
      tokenizer: {
        language: 'mandarin',
        normalizationCache: new Map(),
        tokenize: (text: string) => segments(text),
      },
    },
  });
  await insertMultiple(
    index,
    documentsOf(answers).map(({ answer, body }) => ({ answer, body })),
  );
  return {
    name: 'Orama',
    async answer(question) {
      const { hits } = await search(index, { term: question, properties: ['body'], limit: MOST_HITS });
      return [...new Set(hits.map(({ document }) => document.answer))];
    },
    close: () => undefined,
  };
}

const NONE = 'None';

/** nlp.js, trained on titles and at most `most` phrasings of each answer: training takes far longer with each more. */
export async function nlpPeer(answers: readonly AnswerSource[], most: number): Promise<Peer> {
  const manager = new NlpManager({
    languages: ['zh'],
    nlu: { log: false },
    autoSave: false,
    modelFileName: '',
  });
  for (const { id, title, phrasings } of answers)
    for (const text of [title, ...phrasings.slice(0, most)]) manager.addDocument('zh', text, id);
  await manager.train();
  return {
    name: 'node-nlp',
    async answer(question) {
      const { intent, classifications } = await manager.process('zh', question);
      return intent === NONE
        ? []
        : classifications.map(({ intent: one }) => one).filter((one) => one !== NONE);
    },
    close: () => undefined,
  };
}
