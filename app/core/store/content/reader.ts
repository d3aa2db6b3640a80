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
  ShelfPartRecord,
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

/** content.db, read-only. */
export interface ContentDatabase {
  topics(): TopicRecord[];
  shelfParts(): ShelfPartRecord[];
  /** All answers in the order of the intent model's columns. */
  answers(): AnswerHead[];
  answer(id: string): Omit<AnswerRecord, 'searchTokens' | keyof OfferRecord> | null;
  /** All that is known to be asked; `answerId` is null for what must not be answered. */
  spoken(): { answerId: string | null; text: string }[];
  /** Answers that people ask for by such syllables, likest first, one for each way of asking; `expression` is FTS5's (models/retrieval). */
  searchPinyin(expression: string, limit: number): string[];
  families(): { code: string; title: string }[];
  guides(): GuideHead[];
  guide(id: string): Omit<GuideRecord, 'searchTokens' | keyof OfferRecord> | null;
  /** What people ask guides by. */
  guidePhrasings(): { guide: string; text: string }[];
  /** Tokens of all that each guide says, in the order of `guides`. */
  guidesWritten(): { id: string; tokens: string }[];
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
  const byPinyin = all<string>(
    `SELECT a.id FROM pinyin_search AS s JOIN utterances AS u ON u.number = s.rowid
     JOIN answers AS a ON a.number = u.answer WHERE pinyin_search MATCH ? ORDER BY s.rank, u.number LIMIT ?`,
  ).pluck();
  const guideHeads = all<Stored<GuideHead>>(
    'SELECT id, family, topic, title, regions, valid_from, valid_to FROM guides ORDER BY number',
  );
  const guidePage = all<{ family: string; topic: string; title: string; page: string }>(
    'SELECT family, topic, title, page FROM guides WHERE id = ?',
  );

  // Nothing here ever changes, and every question opens an answer or three.
  const opened = new Map<string, ReturnType<ContentDatabase['answer']>>();
  const openAnswer = (id: string): ReturnType<ContentDatabase['answer']> => {
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
  };

  return {
    topics: () =>
      all<TopicRecord>('SELECT code, title, class AS className FROM topics ORDER BY position').all(),
    shelfParts: () =>
      all<{ topic: string; title: string; answers: string }>(
        'SELECT topic, title, answers FROM shelf_parts ORDER BY position',
      )
        .all()
        .map((part) => ({ ...part, answers: JSON.parse(part.answers) as string[] })),
    answers: () => heads.all().map((head) => offered<AnswerHead>(head)),
    answer(id) {
      const before = opened.get(id);
      if (before !== undefined) return before;
      const answer = openAnswer(id);
      if (answer !== null) opened.set(id, answer);
      return answer;
    },
    spoken: () =>
      all<{ answerId: string | null; text: string }>(
        `SELECT a.id AS answerId, u.text FROM utterances AS u
         LEFT JOIN answers AS a ON a.number = u.answer ORDER BY u.number`,
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
    guidePhrasings: () =>
      all<{ guide: string; text: string }>(
        `SELECT g.id AS guide, p.text FROM guide_phrasings AS p JOIN guides AS g ON g.number = p.guide ORDER BY p.number`,
      ).all(),
    guidesWritten: () =>
      all<{ id: string; tokens: string }>(
        'SELECT id, search_tokens AS tokens FROM guides ORDER BY number',
      ).all(),
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
      const likely = all<{ kind: string; answer: string; least: number }>(
        'SELECT kind, answer, least FROM urgent_answers ORDER BY kind, answer',
      ).all();
      return [...new Set(words.map(({ kind }) => kind))].map((kind) => ({
        kind,
        answers: likely.filter((row) => row.kind === kind).map(({ answer }) => answer),
        from: likely.find((row) => row.kind === kind)?.least ?? 1,
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
