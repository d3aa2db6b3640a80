import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import { failure, success, type Result } from '../../domain/result.ts';
import { errorCode } from './database.ts';

interface HomeLock {
  release(): void;
}

/** A connection that nobody refers to is closed by the garbage collector, and its lock would go with it. */
const held = new Set<Sqlite.Database>();

/**
 * Makes this process the only core on a data folder. The lock is a file lock held by SQLite, so the kernel drops it
 * with the process, however that ends. `cannot_lock`: the folder cannot be written, so nobody can hold it.
 */
export function lockHome(home: string): Result<HomeLock, 'taken' | 'cannot_lock'> {
  let database: Sqlite.Database | undefined;
  try {
    mkdirSync(home, { recursive: true });
    database = new Sqlite(join(home, 'core.lock'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const holder = database;
    held.add(holder);
    return success({
      release: () => {
        held.delete(holder);
        holder.close();
      },
    });
  } catch (error) {
    database?.close();
    return failure(errorCode(error).startsWith('SQLITE_BUSY') ? 'taken' : 'cannot_lock');
  }
}
