/** Raised with every change of the tables; a pack built for another version is not opened. */
export const CONTENT_SCHEMA_VERSION = 1;

export const CONTENT_SCHEMA = `
CREATE TABLE topics (code TEXT PRIMARY KEY, position INTEGER NOT NULL, title TEXT NOT NULL, class TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE answers (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, topic TEXT NOT NULL REFERENCES topics, title TEXT NOT NULL, tile TEXT,
  plain TEXT NOT NULL, discreet INTEGER NOT NULL, reviewed_on TEXT NOT NULL, max_age_days INTEGER NOT NULL, search_tokens TEXT NOT NULL
) STRICT;
CREATE TABLE steps (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, action TEXT NOT NULL, place TEXT, deadline TEXT,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE dependencies (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, fact TEXT NOT NULL,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE citations (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, law TEXT NOT NULL, article TEXT NOT NULL,
  version TEXT NOT NULL, gist TEXT NOT NULL, PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE actions (answer INTEGER NOT NULL REFERENCES answers, position INTEGER NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, name TEXT,
  PRIMARY KEY (answer, position)) STRICT, WITHOUT ROWID;
CREATE TABLE utterances (number INTEGER PRIMARY KEY, answer INTEGER REFERENCES answers, text TEXT NOT NULL) STRICT;
CREATE TABLE synonyms (colloquial TEXT NOT NULL, legal TEXT NOT NULL, PRIMARY KEY (colloquial, legal)) STRICT, WITHOUT ROWID;
CREATE TABLE urgent_words (kind TEXT NOT NULL, position INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE urgent_numbers (kind TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
  PRIMARY KEY (kind, position)) STRICT, WITHOUT ROWID;
CREATE TABLE syllables (syllable TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE utterance_search USING fts5(tokens, content='');
CREATE VIRTUAL TABLE answer_search USING fts5(tokens, content='');
CREATE VIRTUAL TABLE pinyin_search USING fts5(tokens, content='');
CREATE VIRTUAL TABLE utterance_terms USING fts5vocab(utterance_search, row);
PRAGMA user_version = ${CONTENT_SCHEMA_VERSION};
`;
