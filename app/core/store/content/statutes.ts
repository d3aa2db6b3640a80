import Database from 'better-sqlite3';

/** statutes.db: the statute library of a pack. Written whole by the builder, opened read-only, never changed. */
const STATUTE_SCHEMA_VERSION = 3;

const SCHEMA = `
CREATE TABLE laws (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT NOT NULL) STRICT;
CREATE TABLE headings (number INTEGER PRIMARY KEY, law INTEGER NOT NULL REFERENCES laws, chapter TEXT NOT NULL) STRICT;
CREATE TABLE articles (number INTEGER PRIMARY KEY, heading INTEGER NOT NULL REFERENCES headings, law INTEGER NOT NULL REFERENCES laws,
  ordinal INTEGER NOT NULL, sub INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, status TEXT NOT NULL, UNIQUE (law, ordinal, sub)) STRICT;
CREATE TABLE texts (article INTEGER PRIMARY KEY REFERENCES articles, text TEXT NOT NULL) STRICT;
CREATE TABLE postings (place INTEGER PRIMARY KEY, list BLOB NOT NULL) STRICT;
CREATE TABLE repeals (law TEXT PRIMARY KEY, by TEXT, since TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE models (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${STATUTE_SCHEMA_VERSION};
`;

/** The three things an article is found by: its own words, the names of law and chapter, and what people ask about it. */
export const STATUTE_FIELDS = ['text', 'heading', 'lay'] as const;
export type StatuteField = (typeof STATUTE_FIELDS)[number];
/** Tokens are below 2 ** 42 (models/retrieval/statutes); the field stands above them. */
const FIELD_STEP = 2 ** 42;
const placeOf = (field: StatuteField, token: number) => STATUTE_FIELDS.indexOf(field) * FIELD_STEP + token;

/** `ok`; `check`: probably revised since; `repealed`: must not be cited. */
export type StatuteStatus = 'ok' | 'check' | 'repealed';

export interface LawRecord {
  /** Short name, as answers cite it. */
  name: string;
  title: string;
  /** 法律, 行政法规, 司法解释, … */
  kind: string;
}

/** A law that is no longer in force: the law that says so (null: no text does), and from which day (ISO). */
export interface RepealRecord {
  law: string;
  by: string | null;
  since: string | null;
}

export interface ArticleRecord {
  /** Position in `laws` and in `headings`. */
  law: number;
  heading: number;
  ordinal: number;
  /** 第X条之Y: Y, else 0. */
  sub: number;
  /** 第三十条. */
  name: string;
  /** ISO date; parts of one law may differ. */
  version: string;
  status: StatuteStatus;
  text: string;
}

/** What was learned, and what it makes of this pack (models/retrieval/statutes, models/encoder). */
export interface StatuteModels {
  ranker: string;
  encoder: Uint8Array;
  /** Byte vectors of the articles, one after the other. */
  articles: Int8Array;
  /** Byte vectors of what people say, and by saying the numbers of the articles that its answer cites. */
  sayings: { vectors: Int8Array; articles: readonly (readonly number[])[] };
}

export interface StatuteRecords {
  laws: readonly LawRecord[];
  headings: readonly { law: number; chapter: string }[];
  articles: readonly ArticleRecord[];
  repeals: readonly RepealRecord[];
  models: StatuteModels;
  postings: Readonly<Record<StatuteField, readonly (readonly [token: number, list: Uint8Array])[]>>;
}

/** Articles and headings are numbered from 0, in the order they were written. */
export interface StatuteDatabase {
  laws(): LawRecord[];
  repeals(): RepealRecord[];
  /** Heading of each article, and law of each heading. */
  headingOfArticle(): Int32Array;
  lawOfHeading(): Int32Array;
  /** As the builder gave them; read from disk each time, with a pause between them: the largest takes a tenth of a second. */
  models(): Promise<StatuteModels>;
  postings(field: StatuteField, token: number): Uint8Array | null;
  /** What a citation needs to know; the text stays on disk. */
  article(number: number): Omit<ArticleRecord, 'text'> | null;
  text(number: number): string;
  /** Part, chapter and section; empty when the law has none. */
  chapter(number: number): string;
  /** Numbers of a law's first articles, in order. */
  articlesOf(law: number, limit: number): number[];
  /** Numbers of the articles before and after one in its law; null at the ends. */
  neighbours(number: number): { before: number | null; after: number | null };
  /** Number of an article, or null when the law has none such. */
  find(law: number, ordinal: number, sub: number): number | null;
  close(): void;
}

/** Writes a new statutes.db at `file`, which must not exist; the same records give the same bytes. */
export function writeStatuteDatabase(file: string, records: StatuteRecords): void {
  const database = new Database(file);
  try {
    database.pragma('page_size = 4096');
    database.pragma('journal_mode = MEMORY');
    database.pragma('foreign_keys = ON');
    database.exec(SCHEMA);
    database.transaction(() => insertAll(database, records))();
    database.exec('VACUUM');
  } finally {
    database.close();
  }
}

function insertAll(
  database: Database.Database,
  { laws, headings, articles, repeals, models, postings }: StatuteRecords,
): void {
  const addModel = database.prepare('INSERT INTO models VALUES (?, ?)');
  for (const [name, content] of Object.entries(modelBytes(models))) addModel.run(name, content);
  const addLaw = database.prepare('INSERT INTO laws VALUES (?, ?, ?, ?)');
  laws.forEach(({ name, title, kind }, number) => addLaw.run(number, name, title, kind));
  const addRepeal = database.prepare('INSERT INTO repeals VALUES (?, ?, ?)');
  for (const { law, by, since } of repeals) addRepeal.run(law, by, since);
  const addHeading = database.prepare('INSERT INTO headings VALUES (?, ?, ?)');
  headings.forEach(({ law, chapter }, number) => addHeading.run(number, law, chapter));
  const addArticle = database.prepare('INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const addText = database.prepare('INSERT INTO texts VALUES (?, ?)');
  articles.forEach(({ heading, law, ordinal, sub, name, version, status, text }, number) => {
    addArticle.run(number, heading, law, ordinal, sub, name, version, status);
    addText.run(number, text);
  });
  const addList = database.prepare('INSERT INTO postings VALUES (?, ?)');
  for (const field of STATUTE_FIELDS) {
    for (const [token, list] of postings[field]) addList.run(placeOf(field, token), list);
  }
}

const signed = (bytes: Uint8Array) => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const unsigned = (bytes: Int8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Lists of article numbers; tens of thousands, so that nothing slower than a glance at each can read them. */
function readLists(text: string): number[][] {
  const lists: unknown = JSON.parse(text);
  const isList = (list: unknown) => Array.isArray(list) && list.every((number) => Number.isInteger(number));
  if (!Array.isArray(lists) || !lists.every(isList)) throw new Error('statutes.db: sayings without articles');
  return lists as number[][];
}

const modelBytes = ({ ranker, encoder, articles, sayings }: StatuteModels) => ({
  ranker: Buffer.from(ranker, 'utf8'),
  encoder,
  articles: unsigned(articles),
  sayings: unsigned(sayings.vectors),
  sayingArticles: Buffer.from(JSON.stringify(sayings.articles), 'utf8'),
});

async function readModels(
  stored: (name: keyof ReturnType<typeof modelBytes>) => Uint8Array,
): Promise<StatuteModels> {
  const bytesOf = async (name: Parameters<typeof stored>[0]) => {
    await new Promise(setImmediate);
    return stored(name);
  };
  const text = async (name: 'ranker' | 'sayingArticles') => Buffer.from(await bytesOf(name)).toString('utf8');
  return {
    ranker: await text('ranker'),
    encoder: await bytesOf('encoder'),
    articles: signed(await bytesOf('articles')),
    sayings: {
      vectors: signed(await bytesOf('sayings')),
      articles: readLists(await text('sayingArticles')),
    },
  };
}

/** Opens a statute database whose hash was verified before. Throws when it is none of this version. */
export function openStatuteDatabase(file: string): StatuteDatabase {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    database.pragma('query_only = ON');
    database.pragma('mmap_size = 268435456');
    const version = database.pragma('user_version', { simple: true });
    if (version !== STATUTE_SCHEMA_VERSION)
      throw new Error(`statutes.db has schema ${String(version)}, not ${STATUTE_SCHEMA_VERSION}`);
    return reader(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function reader(database: Database.Database): StatuteDatabase {
  const one = <Row>(sql: string) => database.prepare<unknown[], Row>(sql);
  const model = one<Uint8Array>('SELECT content FROM models WHERE name = ?').pluck();
  const list = one<Uint8Array>('SELECT list FROM postings WHERE place = ?').pluck();
  const article = one<Omit<ArticleRecord, 'text'>>(
    'SELECT law, heading, ordinal, sub, name, version, status FROM articles WHERE number = ?',
  );
  const number = one<number>('SELECT number FROM articles WHERE law = ? AND ordinal = ? AND sub = ?').pluck();
  const text = one<string>('SELECT text FROM texts WHERE article = ?').pluck();
  const chapter = one<string>(
    'SELECT chapter FROM headings JOIN articles ON headings.number = heading WHERE articles.number = ?',
  ).pluck();
  const articlesOf = one<number>(
    'SELECT number FROM articles WHERE law = ? ORDER BY ordinal, sub LIMIT ?',
  ).pluck();
  const neighbour = (sign: '<' | '>', direction: 'DESC' | 'ASC') =>
    one<number>(
      `SELECT other.number FROM articles AS other JOIN articles AS one ON one.law = other.law
       WHERE one.number = ? AND (other.ordinal, other.sub) ${sign} (one.ordinal, one.sub)
       ORDER BY other.ordinal ${direction}, other.sub ${direction} LIMIT 1`,
    ).pluck();
  const before = neighbour('<', 'DESC');
  const after = neighbour('>', 'ASC');
  const column = (sql: string) => Int32Array.from(database.prepare<unknown[], number>(sql).pluck().all());
  return {
    laws: () => one<LawRecord>('SELECT name, title, kind FROM laws ORDER BY number').all(),
    repeals: () => one<RepealRecord>('SELECT law, by, since FROM repeals ORDER BY law').all(),
    headingOfArticle: () => column('SELECT heading FROM articles ORDER BY number'),
    lawOfHeading: () => column('SELECT law FROM headings ORDER BY number'),
    models: () =>
      readModels((name) => {
        const bytes = model.get(name);
        if (bytes === undefined) throw new Error(`statutes.db has no ${name}`);
        return bytes;
      }),
    postings: (field, token) => list.get(placeOf(field, token)) ?? null,
    article: (wanted) => article.get(wanted) ?? null,
    text: (wanted) => text.get(wanted) ?? '',
    chapter: (wanted) => chapter.get(wanted) ?? '',
    articlesOf: (law, limit) => articlesOf.all(law, limit),
    neighbours: (wanted) => ({ before: before.get(wanted) ?? null, after: after.get(wanted) ?? null }),
    find: (law, ordinal, sub) => number.get(law, ordinal, sub) ?? null,
    close: () => void database.close(),
  };
}
