import { Journal } from '../../app/core/journal/index.ts';
import type { JournalRow } from '../../app/contract/sync.ts';
import { firstBrokenSeq, genesisHash } from '../../app/domain/journal/index.ts';

/** What is found in a journal whose writer was killed; `intact` is the file and the chain of its rows. */
export interface Findings {
  rows: readonly JournalRow[];
  intact: boolean;
  state: string;
}

/** Opens the journal at `path` as the next core would, looks at all of it, and closes it. */
export function inspectJournal(path: string): Findings {
  const journal = new Journal(path, {
    now: () => 1,
    newStream: () => '0'.repeat(32),
    bootId: 'check',
    maxBytes: 1e9,
  });
  try {
    const { stream, rows } = journal.outbox(10_000_000)!;
    const check = journal.read((database) => database.pragma('integrity_check', { simple: true }));
    const intact =
      check.ok &&
      check.value === 'ok' &&
      firstBrokenSeq(rows, { seq: 0, head: genesisHash(stream.id) }) === null;
    return { rows, intact, state: journal.status().state };
  } finally {
    journal.close();
  }
}
