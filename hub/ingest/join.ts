import type { JournalRow } from '../../app/contract/sync.ts';
import { firstBrokenSeq, firstSeq, headAfter } from '../../app/domain/journal/index.ts';

/** What the hub holds of one stream. */
interface Known {
  cursor: number;
  head: string;
  /** Chain head after a row that is stored; undefined inside a gap and beyond the cursor. */
  headAt: (seq: number) => string | undefined;
}

type Joined =
  /** Only what is new, in order; empty when the batch was here before. */
  | { kind: 'take'; rows: JournalRow[] }
  | { kind: 'conflict'; conflict: 'gap' | 'fork' }
  /** The batch contradicts itself. */
  | { kind: 'broken'; seq: number };

/** Decides how a batch meets what is stored. Says `fork` when both sides tell different histories. */
export function joinBatch(rows: readonly JournalRow[], known: Known): Joined {
  const [first] = rows;
  if (first === undefined) return { kind: 'take', rows: [] };
  const before = firstSeq(first) - 1;
  const broken = firstBrokenSeq(rows, { seq: before, head: first.prevHash });
  if (broken !== null) return { kind: 'broken', seq: broken };
  if (before > known.cursor) return { kind: 'conflict', conflict: 'gap' };
  const contradicts = (seq: number, head: string) => (known.headAt(seq) ?? head) !== head;
  const overlap = rows.filter((row) => row.seq <= known.cursor);
  const forked =
    contradicts(before, first.prevHash) || overlap.some((row) => contradicts(row.seq, headAfter(row)));
  if (forked) return { kind: 'conflict', conflict: 'fork' };
  return { kind: 'take', rows: rows.filter((row) => row.seq > known.cursor) };
}
