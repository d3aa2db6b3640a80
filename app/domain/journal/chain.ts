import { createHash } from 'node:crypto';

/** The parts of a journal row that its hash covers; see app/contract/sync.ts. */
interface HashedRow {
  seq: number;
  wallMs: number;
  bootId: string;
  type: string;
  payload: Readonly<Record<string, unknown>>;
  prevHash: string;
}

export interface ChainedRow extends HashedRow {
  hash: string;
}

/** Rows that no longer exist on the kiosk: `seq` of the row equals `to`, and the next row joins at `head`. */
interface Gap {
  from: number;
  to: number;
  head: string;
}

/** Type of the row that stands for rows which were trimmed or damaged. */
export const GAP_TYPE = 'journal.gap';

/** JSON with sorted keys and no spaces, so that both sides hash the same bytes. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The hash before the first row; binds a chain to its stream. */
export function genesisHash(stream: string): string {
  return createHash('sha256').update(`stream:${stream}`).digest('hex');
}

/** sha256(prevHash bytes ‖ canonical JSON of the row without `hash`), in hex. */
export function rowHash(row: HashedRow): string {
  const { seq, wallMs, bootId, type, payload, prevHash } = row;
  return createHash('sha256')
    .update(Buffer.from(prevHash, 'hex'))
    .update(canonicalJson({ seq, wallMs, bootId, type, payload, prevHash }))
    .digest('hex');
}

/** The gap a row stands for, or null for an ordinary row. A gap that contradicts its row is no gap. */
export function gapOf(row: HashedRow): Gap | null {
  if (row.type !== GAP_TYPE) return null;
  const { from, to, head } = row.payload;
  if (!Number.isInteger(from) || to !== row.seq || typeof head !== 'string' || !/^[0-9a-f]{64}$/.test(head))
    return null;
  return (from as number) >= 1 && (from as number) <= row.seq
    ? { from: from as number, to: row.seq, head }
    : null;
}

/** First sequence number a row covers: its own, or the beginning of its gap. */
export const firstSeq = (row: HashedRow): number => gapOf(row)?.from ?? row.seq;

/** What the next row must name as `prevHash`. */
export const headAfter = (row: ChainedRow): string => gapOf(row)?.head ?? row.hash;

/**
 * Checks that rows follow `after` without a hole and that each hash is right.
 * Returns the first sequence number that is wrong, or null.
 */
export function firstBrokenSeq(
  rows: readonly ChainedRow[],
  after: { seq: number; head: string },
): number | null {
  let { seq, head } = after;
  for (const row of rows) {
    if (firstSeq(row) !== seq + 1 || row.prevHash !== head || row.hash !== rowHash(row)) return row.seq;
    seq = row.seq;
    head = headAfter(row);
  }
  return null;
}
