import Database from 'better-sqlite3';

import type { ActionRecord, AnswerRecord, SynonymRecord, TopicRecord, UrgentRecord } from './records.ts';
import { CONTENT_SCHEMA_VERSION } from './schema.ts';

interface AnswerHead {
  id: string;
  topic: string;
  title: string;
  tile: string | null;
}

export interface UtteranceHit {
  number: number;
  /** Null for something the kiosk must not answer. */
  answerId: string | null;
  text: string;
}

/** content.db, read-only. Searches take an FTS5 expression made by models/retrieval. */
export interface ContentDatabase {
  topics(): TopicRecord[];
  /** All answers in the order of the intent model's columns. */
  answers(): AnswerHead[];
  answer(id: string): Omit<AnswerRecord, 'searchTokens'> | null;
  searchUtterances(expression: string, limit: number): UtteranceHit[];
  searchPinyin(expression: string, limit: number): UtteranceHit[];
  /** Tokens of all that an answer says, of the answers that match, best first. */
  searchAnswers(expression: string, limit: number): { id: string; tokens: string }[];
  utteranceCount(): number;
  /** In how many utterances each token occurs. */
  tokenFrequencies(): Map<string, number>;
  synonyms(): SynonymRecord[];
  urgent(): UrgentRecord[];
  syllables(): string[];
  close(): void;
}

interface AnswerRow {
  number: number;
  id: string;
  topic: string;
  title: string;
  tile: string | null;
  plain: string;
  discreet: number;
  reviewed_on: string;
  max_age_days: number;
}

const UTTERANCE_HITS = (table: string) => `
  SELECT u.number, a.id AS answerId, u.text FROM ${table} AS s
  JOIN utterances AS u ON u.number = s.rowid LEFT JOIN answers AS a ON a.number = u.answer
  WHERE ${table} MATCH ? ORDER BY s.rank, u.number LIMIT ?`;

/** Opens a content database whose hash was verified before. Throws when it is no content database of this version. */
export function openContentDatabase(file: string): ContentDatabase {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.pragma('query_only = ON');
    const version = database.pragma('user_version', { simple: true });
    if (version !== CONTENT_SCHEMA_VERSION)
      throw new Error(`content.db has schema ${String(version)}, not ${CONTENT_SCHEMA_VERSION}`);
    return reader(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function reader(database: Database.Database): ContentDatabase {
  const all = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);
  const heads = all<AnswerHead>('SELECT id, topic, title, tile FROM answers ORDER BY number');
  const one = all<AnswerRow>('SELECT * FROM answers WHERE id = ?');
  const steps = all<{ do: string; where: string | null; deadline: string | null }>(
    'SELECT action AS "do", place AS "where", deadline FROM steps WHERE answer = ? ORDER BY position',
  );
  const facts = all<{ fact: string }>('SELECT fact FROM dependencies WHERE answer = ? ORDER BY position');
  const citations = all<{ law: string; article: string; version: string; gist: string }>(
    'SELECT law, article, version, gist FROM citations WHERE answer = ? ORDER BY position',
  );
  const actions = all<ActionRecord>(
    'SELECT kind, target, name FROM actions WHERE answer = ? ORDER BY position',
  );
  const byWords = all<UtteranceHit>(UTTERANCE_HITS('utterance_search'));
  const byPinyin = all<UtteranceHit>(UTTERANCE_HITS('pinyin_search'));
  const byText = all<{ id: string; tokens: string }>(
    `SELECT a.id, a.search_tokens AS tokens FROM answer_search AS s JOIN answers AS a ON a.number = s.rowid
     WHERE answer_search MATCH ? ORDER BY s.rank, a.number LIMIT ?`,
  );
  const count = all<{ count: number }>('SELECT count(*) AS count FROM utterances');

  return {
    topics: () =>
      all<TopicRecord>('SELECT code, title, class AS className FROM topics ORDER BY position').all(),
    answers: () => heads.all(),
    answer(id) {
      const row = one.get(id);
      if (row === undefined) return null;
      return {
        id: row.id,
        topic: row.topic,
        title: row.title,
        tile: row.tile,
        plain: row.plain,
        steps: steps.all(row.number),
        dependsOn: facts.all(row.number).map(({ fact }) => fact),
        citations: citations.all(row.number),
        actions: actions.all(row.number),
        discreet: row.discreet === 1,
        reviewedOn: row.reviewed_on,
        maxAgeDays: row.max_age_days,
      };
    },
    searchUtterances: (expression, limit) => byWords.all(expression, limit),
    searchPinyin: (expression, limit) => byPinyin.all(expression, limit),
    searchAnswers: (expression, limit) => byText.all(expression, limit),
    utteranceCount: () => count.get()?.count ?? 0,
    tokenFrequencies: () =>
      new Map(
        all<{ term: string; doc: number }>('SELECT term, doc FROM utterance_terms')
          .all()
          .map(({ term, doc }) => [term, doc]),
      ),
    synonyms: () =>
      all<SynonymRecord>('SELECT colloquial, legal FROM synonyms ORDER BY colloquial, legal').all(),
    urgent() {
      const words = all<{ kind: string; word: string }>(
        'SELECT kind, word FROM urgent_words ORDER BY kind, position',
      ).all();
      const numbers = all<{ kind: string; number: string; name: string }>(
        'SELECT kind, number, name FROM urgent_numbers ORDER BY kind, position',
      ).all();
      return [...new Set(words.map(({ kind }) => kind))].map((kind) => ({
        kind,
        words: words.filter((row) => row.kind === kind).map(({ word }) => word),
        numbers: numbers.filter((row) => row.kind === kind).map(({ number, name }) => ({ number, name })),
      }));
    },
    syllables: () =>
      all<{ syllable: string }>('SELECT syllable FROM syllables')
        .all()
        .map(({ syllable }) => syllable),
    close: () => void database.close(),
  };
}
