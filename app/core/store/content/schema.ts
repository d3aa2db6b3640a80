/** Raised with every change of the tables; a pack built for another version is not opened. */
export const CONTENT_SCHEMA_VERSION = 5;

/** Lists that are only ever read whole stand as JSON in one column. */
export const CONTENT_SCHEMA = `
CREATE TABLE topics (code TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, class TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE places (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, region TEXT NOT NULL, address TEXT, phone TEXT, hours TEXT,
  free INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL REFERENCES topics, title TEXT NOT NULL, tile TEXT,
  plain TEXT NOT NULL, discreet INTEGER NOT NULL, reviewed_on TEXT NOT NULL, max_age_days INTEGER NOT NULL,
  audience TEXT NOT NULL, risks TEXT NOT NULL, regions TEXT NOT NULL, valid_from TEXT, valid_to TEXT
) STRICT;
CREATE TABLE shelf_parts (position INTEGER PRIMARY KEY, topic TEXT NOT NULL, title TEXT NOT NULL, answers TEXT NOT NULL) STRICT;
CREATE TABLE steps (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, action TEXT NOT NULL, venue TEXT, place TEXT REFERENCES places, deadline TEXT,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE dependencies (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, fact TEXT NOT NULL, leads_to TEXT,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE citations (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, law TEXT NOT NULL, article TEXT NOT NULL,
  version TEXT NOT NULL, gist TEXT NOT NULL, PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE actions (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, name TEXT,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE utterances (number INTEGER PRIMARY KEY, answer INTEGER REFERENCES answers, text TEXT NOT NULL) STRICT;
CREATE TABLE families (code TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE guides (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, family TEXT NOT NULL REFERENCES families, topic TEXT NOT NULL REFERENCES topics,
  title TEXT NOT NULL, regions TEXT NOT NULL, valid_from TEXT, valid_to TEXT, page TEXT NOT NULL, search_tokens TEXT NOT NULL
) STRICT;
CREATE TABLE guide_phrasings (number INTEGER PRIMARY KEY, guide INTEGER NOT NULL REFERENCES guides, text TEXT NOT NULL) STRICT;
CREATE TABLE popular (position INTEGER PRIMARY KEY, answer TEXT NOT NULL UNIQUE REFERENCES answers (id)) STRICT;
CREATE TABLE publicity (position INTEGER PRIMARY KEY, card TEXT NOT NULL) STRICT;
CREATE TABLE synonyms (colloquial TEXT NOT NULL, legal TEXT NOT NULL, PRIMARY KEY (colloquial, legal)) STRICT, WITHOUT ROWID;
CREATE TABLE urgent_words (kind TEXT NOT NULL, position INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE urgent_numbers (kind TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE urgent_answers (kind TEXT NOT NULL, answer TEXT NOT NULL REFERENCES answers (id), least REAL NOT NULL, PRIMARY KEY (kind, answer)) STRICT, WITHOUT ROWID;
CREATE TABLE syllables (syllable TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE pinyin_search USING fts5(tokens, content='');
PRAGMA user_version = ${CONTENT_SCHEMA_VERSION};
`;
