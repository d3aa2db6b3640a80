import Database from 'better-sqlite3';

import type { AnswerSource } from '../content/source.ts';

/** A simple way to answer the same questions, run in the same process on the same content. */
export interface Peer {
  name: string;
  /** Answer ids, best first. */
  answer(question: string): string[];
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
