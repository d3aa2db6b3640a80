import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Sqlite from 'better-sqlite3';

export type Database = Sqlite.Database;

/** One numbered step forward. Steps are never edited once shipped; a new one is added. */
export interface Migration {
  version: number;
  sql: string;
}

/** Why nothing could be written: expected on a machine in the field, and it may pass. */
export type StorageFailure = 'disk_full' | 'unavailable';

/** SQLite before this version could corrupt a WAL when two connections met at a reset. */
const OLDEST_SAFE_VERSION = '3.51.3';

/**
 * Opens a database that must not lose an acknowledged row: WAL and `synchronous=FULL`, both checked again after the
 * first write, because SQLite as shipped falls back to NORMAL when it reopens a WAL file.
 * Throws for a damaged file, a schema newer than this program, or a medium that cannot be written.
 */
export function openDatabase(path: string, migrations: readonly Migration[]): Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Sqlite(path);
  try {
    assertSafeVersion(database);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    database.pragma('journal_size_limit = 4194304');
    migrate(database, migrations);
    assertDurable(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Throws unless a commit on this connection survives a power cut. */
export function assertDurable(database: Database): void {
  const mode: unknown = database.pragma('journal_mode', { simple: true });
  const synchronous: unknown = database.pragma('synchronous', { simple: true });
  if (mode !== 'wal' || synchronous !== 2)
    throw new Error(`journal is not durable: ${String(mode)}, synchronous ${String(synchronous)}`);
}

/** What a thrown error says about the medium; null when it is something else (damage, or a bug). */
export function storageFailure(error: unknown): StorageFailure | null {
  const code = errorCode(error);
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE' || code === 'ENOSPC') return 'disk_full';
  if (
    /^SQLITE_(IOERR|READONLY|CANTOPEN|BUSY|PERM)/.test(code) ||
    /^(EROFS|EIO|EACCES|ENOENT|EPERM|ENOTDIR|EEXIST)$/.test(code)
  )
    return 'unavailable';
  return null;
}

export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function assertSafeVersion(database: Database): void {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get());
  if (version.localeCompare(OLDEST_SAFE_VERSION, 'en', { numeric: true }) < 0)
    throw new Error(`SQLite ${version} is older than ${OLDEST_SAFE_VERSION}`);
}

/** A schema version further ahead than this is a flipped bit in the header, not a newer program. */
const MOST_VERSIONS_AHEAD = 100;

function migrate(database: Database, migrations: readonly Migration[]): void {
  const latest = migrations.at(-1)?.version ?? 0;
  const present = Number(database.pragma('user_version', { simple: true }));
  if (present > latest + MOST_VERSIONS_AHEAD)
    throw new Sqlite.SqliteError(`schema ${present} was never written`, 'SQLITE_CORRUPT');
  if (present > latest) throw new Error(`schema ${present} is newer than this program (${latest})`);
  // The version is written even when nothing is new: it is the first write that the durability check needs.
  database
    .transaction(() => {
      for (const { version, sql } of migrations) if (version > present) database.exec(sql);
      database.pragma(`user_version = ${latest}`);
    })
    .immediate();
}
