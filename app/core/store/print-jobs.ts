import type { Database } from './database.ts';

export type PrintJobState = 'queued' | 'printing' | 'printed' | 'held' | 'abandoned';

/** Writes where a print job stands; the first call makes the row. */
export function savePrintJob(
  database: Database,
  job: { id: string; session: string; slip: string; state: PrintJobState; atMs: number },
): void {
  database
    .prepare(
      `INSERT INTO print_job (id, session, slip, state, changed_ms) VALUES ($id, $session, $slip, $state, $atMs)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, changed_ms = excluded.changed_ms`,
    )
    .run(job);
}

/**
 * Jobs that a stopped core left behind: what is on paper is unknown, so they are given up and never printed by
 * themselves. Returns them as they stood.
 */
export function abandonUnfinishedJobs(
  database: Database,
  atMs: number,
): { id: string; session: string; slip: string; state: PrintJobState }[] {
  const left = database
    .prepare(`SELECT id, session, slip, state FROM print_job WHERE state IN ('queued', 'printing', 'held')`)
    .all() as { id: string; session: string; slip: string; state: PrintJobState }[];
  const abandon = database.prepare(`UPDATE print_job SET state = 'abandoned', changed_ms = ? WHERE id = ?`);
  for (const { id } of left) abandon.run(atMs, id);
  return left;
}

/** Forgets jobs that ended long ago; the events about them stay. */
export function forgetOldJobs(database: Database, beforeMs: number): void {
  database
    .prepare(`DELETE FROM print_job WHERE changed_ms < ? AND state IN ('printed', 'abandoned')`)
    .run(beforeMs);
}
