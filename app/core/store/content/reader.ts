import Database from 'better-sqlite3';

import type {
  ActionRecord,
  AnswerRecord,
  CitationRecord,
  GuidePage,
  GuideRecord,
  OfferRecord,
  PlaceRecord,
  PublicityRecord,
  StepRecord,
  SynonymRecord,
  TopicRecord,
  UrgentRecord,
} from './records.ts';
import { CONTENT_SCHEMA_VERSION } from './schema.ts';

interface AnswerHead extends OfferRecord {
  id: string;
  topic: string;
  title: string;
  tile: string | null;
}

interface GuideHead extends OfferRecord {
  id: string;
  family: string;
  topic: string;
  title: string;
}

export interface UtteranceHit {
  number: number;
  /** Of an answer, or in the search over guides of a guide. Null for something the kiosk must not answer. */
  answerId: string | null;
  text: string;
}

/** Full-text search over what entries say and what they are asked by. */
export interface EntrySearch {
  searchUtterances(expression: string, limit: number): UtteranceHit[];
  /** Tokens of all that an entry says, of the entries that match, best first. */
  searchAnswers(expression: string, limit: number): { id: string; tokens: string }[];
  utteranceCount(): number;
  /** In how many utterances each token occurs. */
  tokenFrequencies(): Map<string, number>;
}

/** content.db, read-only. Searches take an FTS5 expression made by models/retrieval. */
export interface ContentDatabase extends EntrySearch {
  topics(): TopicRecord[];
  /** All answers in the order of the intent model's columns. */
  answers(): AnswerHead[];
  answer(id: string): Omit<AnswerRecord, 'searchTokens' | keyof OfferRecord> | null;
  /** All that is known to be asked; `answerId` is null for what must not be answered. */
  spoken(): { answerId: string | null; text: string }[];
  /** Tokens of all that each answer says. */
  written(): { id: string; tokens: string }[];
  searchPinyin(expression: string, limit: number): UtteranceHit[];
  families(): { code: string; title: string }[];
  guides(): GuideHead[];
  guide(id: string): Omit<GuideRecord, 'searchTokens' | keyof OfferRecord> | null;
  /** The same search over the guides. */
  guideSearch: EntrySearch;
  places(): PlaceRecord[];
  /** Ids of the answers that most people ask for, in the order of the screen. */
  popular(): string[];
  publicity(): PublicityRecord[];
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
  audience: string;
  risks: string;
}

/** An entry's row with its offer as it is stored. */
type Stored<Head extends OfferRecord> = Omit<Head, keyof OfferRecord> & {
  regions: string;
  valid_from: string | null;
  valid_to: string | null;
};

function offered<Head extends OfferRecord>({ regions, valid_from, valid_to, ...head }: Stored<Head>) {
  return {
    ...head,
    regions: JSON.parse(regions) as string[],
    validFrom: valid_from,
    validTo: valid_to,
  };
}

const UTTERANCE_HITS = (search: string, utterances: string, entries: string, entry: string) => `
  SELECT u.number, a.id AS answerId, u.text FROM ${search} AS s
  JOIN ${utterances} AS u ON u.number = s.rowid LEFT JOIN ${entries} AS a ON a.number = u.${entry}
  WHERE ${search} MATCH ? ORDER BY s.rank, u.number LIMIT ?`;

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
  const heads = all<Stored<AnswerHead>>(
    'SELECT id, topic, title, tile, regions, valid_from, valid_to FROM answers ORDER BY number',
  );
  const one = all<AnswerRow>('SELECT * FROM answers WHERE id = ?');
  const steps = all<StepRecord>(
    'SELECT action AS "do", venue AS "where", place, deadline FROM steps WHERE answer = ? ORDER BY position',
  );
  const facts = all<{ fact: string; answer: string | null }>(
    'SELECT fact, leads_to AS answer FROM dependencies WHERE answer = ? ORDER BY position',
  );
  const citations = all<CitationRecord>(
    'SELECT law, article, version, gist FROM citations WHERE answer = ? ORDER BY position',
  );
  const actions = all<ActionRecord>(
    'SELECT kind, target, name FROM actions WHERE answer = ? ORDER BY position',
  );
  const byPinyin = all<UtteranceHit>(UTTERANCE_HITS('pinyin_search', 'utterances', 'answers', 'answer'));
  const guideHeads = all<Stored<GuideHead>>(
    'SELECT id, family, topic, title, regions, valid_from, valid_to FROM guides ORDER BY number',
  );
  const guidePage = all<{ family: string; topic: string; title: string; page: string }>(
    'SELECT family, topic, title, page FROM guides WHERE id = ?',
  );

  return {
    topics: () =>
      all<TopicRecord>('SELECT code, title, class AS className FROM topics ORDER BY position').all(),
    ...entrySearch(database, ANSWER_TABLES),
    answers: () => heads.all().map((head) => offered<AnswerHead>(head)),
    answer(id) {
      const row = one.get(id);
      if (row === undefined) return null;
      return {
        id: row.id,
        topic: row.topic,
        title: row.title,
        tile: row.tile,
        plain: row.plain,
        audience: JSON.parse(row.audience) as string[],
        risks: JSON.parse(row.risks) as string[],
        steps: steps.all(row.number),
        dependsOn: facts.all(row.number),
        citations: citations.all(row.number),
        actions: actions.all(row.number),
        discreet: row.discreet === 1,
        reviewedOn: row.reviewed_on,
        maxAgeDays: row.max_age_days,
      };
    },
    spoken: () =>
      all<{ answerId: string | null; text: string }>(
        `SELECT a.id AS answerId, u.text FROM utterances AS u
         LEFT JOIN answers AS a ON a.number = u.answer ORDER BY u.number`,
      ).all(),
    written: () =>
      all<{ id: string; tokens: string }>(
        'SELECT id, search_tokens AS tokens FROM answers ORDER BY number',
      ).all(),
    searchPinyin: (expression, limit) => byPinyin.all(expression, limit),
    families: () =>
      all<{ code: string; title: string }>('SELECT code, title FROM families ORDER BY position').all(),
    guides: () => guideHeads.all().map((head) => offered<GuideHead>(head)),
    guide(id) {
      const row = guidePage.get(id);
      if (row === undefined) return null;
      const { family, topic, title, page } = row;
      const { discreet = false, ...rest } = JSON.parse(page) as GuidePage;
      return { id, family, topic, title, ...rest, discreet };
    },
    guideSearch: entrySearch(database, GUIDE_TABLES),
    places: () =>
      all<Omit<PlaceRecord, 'free'> & { free: number }>('SELECT * FROM places')
        .all()
        .map((place) => ({ ...place, free: place.free === 1 })),
    popular: () => all<string>('SELECT answer FROM popular ORDER BY position').pluck().all(),
    publicity: () =>
      all<string>('SELECT card FROM publicity ORDER BY position')
        .pluck()
        .all()
        .map((card) => JSON.parse(card) as PublicityRecord),
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

interface EntryTables {
  entries: string;
  /** Column of the utterances that names the entry. */
  entry: string;
  utterances: string;
  utteranceSearch: string;
  entrySearch: string;
  terms: string;
}

const ANSWER_TABLES: EntryTables = {
  entries: 'answers',
  entry: 'answer',
  utterances: 'utterances',
  utteranceSearch: 'utterance_search',
  entrySearch: 'answer_search',
  terms: 'utterance_terms',
};
const GUIDE_TABLES: EntryTables = {
  entries: 'guides',
  entry: 'guide',
  utterances: 'guide_phrasings',
  utteranceSearch: 'guide_phrasing_search',
  entrySearch: 'guide_search',
  terms: 'guide_phrasing_terms',
};

function entrySearch(database: Database.Database, tables: EntryTables): EntrySearch {
  const { entries, entry, utterances, utteranceSearch, terms } = tables;
  const all = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);
  const byWords = all<UtteranceHit>(UTTERANCE_HITS(utteranceSearch, utterances, entries, entry));
  const byText = all<{ id: string; tokens: string }>(
    `SELECT a.id, a.search_tokens AS tokens FROM ${tables.entrySearch} AS s
     JOIN ${entries} AS a ON a.number = s.rowid
     WHERE ${tables.entrySearch} MATCH ? ORDER BY s.rank, a.number LIMIT ?`,
  );
  const count = all<number>(`SELECT count(*) FROM ${utterances}`).pluck();
  return {
    searchUtterances: (expression, limit) => byWords.all(expression, limit),
    searchAnswers: (expression, limit) => byText.all(expression, limit),
    utteranceCount: () => count.get() ?? 0,
    tokenFrequencies: () =>
      new Map(
        all<{ term: string; doc: number }>(`SELECT term, doc FROM ${terms}`)
          .all()
          .map(({ term, doc }) => [term, doc]),
      ),
  };
}
