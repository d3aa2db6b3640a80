import type { Migration } from './database.ts';

/** The journal's schema, step by step. Shipped steps stay as they are. */
export const JOURNAL_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE stream (
        id TEXT PRIMARY KEY,
        position INTEGER NOT NULL UNIQUE,
        created_ms INTEGER NOT NULL,
        cursor INTEGER NOT NULL DEFAULT 0,
        incarnation TEXT,
        stopped TEXT
      ) STRICT;
      CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL,
        wall_ms INTEGER NOT NULL,
        boot_id TEXT NOT NULL,
        type TEXT NOT NULL,
        payload TEXT NOT NULL,
        prev_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        UNIQUE (stream, seq)
      ) STRICT;
      CREATE TABLE acknowledgement (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        at_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE print_job (
        id TEXT PRIMARY KEY,
        session TEXT NOT NULL,
        slip TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('queued', 'printing', 'printed', 'held', 'abandoned')),
        changed_ms INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE intake (
        request_id TEXT PRIMARY KEY,
        receipt_number TEXT NOT NULL UNIQUE,
        session TEXT NOT NULL,
        stream TEXT NOT NULL,
        seq INTEGER NOT NULL
      ) STRICT;
    `,
  },
];
