import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  canonicalJson,
  firstBrokenSeq,
  GAP_TYPE,
  gapOf,
  genesisHash,
  headAfter,
  rowHash,
  type ChainedRow,
} from './index.ts';

const STREAM = '0123456789abcdef0123456789abcdef';

function chain(count: number): ChainedRow[] {
  const rows: ChainedRow[] = [];
  for (let seq = 1; seq <= count; seq += 1) {
    const row = {
      seq,
      wallMs: seq,
      bootId: 'b',
      type: 'rating.given',
      payload: { score: seq },
      prevHash: rows.at(-1)?.hash ?? genesisHash(STREAM),
    };
    rows.push({ ...row, hash: rowHash(row) });
  }
  return rows;
}
const start = { seq: 0, head: genesisHash(STREAM) };

describe('canonical JSON', () => {
  test('does not depend on the order of members, and reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
    expect(canonicalJson({ b: [1, { d: null, c: '您' }], a: undefined })).toBe(
      '{"b":[1,{"c":"您","d":null}]}',
    );
  });
});

describe('a chain', () => {
  test('of honest rows holds', () => {
    expect(firstBrokenSeq(chain(20), start)).toBeNull();
    expect(firstBrokenSeq([], start)).toBeNull();
  });

  test('shows every edit, deletion and swap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 18 }),
        fc.constantFrom('edit', 'delete', 'swap', 'seq', 'time'),
        (index, how) => {
          const rows = chain(20);
          const row = rows[index]!;
          if (how === 'edit') rows[index] = { ...row, payload: { score: 99 } };
          if (how === 'seq') rows[index] = { ...row, seq: row.seq + 1 };
          if (how === 'time') rows[index] = { ...row, wallMs: 0 };
          if (how === 'delete') rows.splice(index, 1);
          if (how === 'swap') rows.splice(index, 2, rows[index + 1]!, row);
          expect(firstBrokenSeq(rows, start)).not.toBeNull();
        },
      ),
    );
  });

  test('of another stream does not join', () => {
    expect(firstBrokenSeq(chain(3), { seq: 0, head: genesisHash('f'.repeat(32)) })).toBe(1);
  });

  test('is spanned by a gap row, which cannot stand for anything else', () => {
    const rows = chain(10);
    const gap = {
      seq: 6,
      wallMs: 7,
      bootId: 'b',
      type: GAP_TYPE,
      payload: { from: 3, to: 6, head: rows[5]!.hash },
      prevHash: rows[1]!.hash,
    };
    const spanned = [...rows.slice(0, 2), { ...gap, hash: rowHash(gap) }, ...rows.slice(6)];
    expect(firstBrokenSeq(spanned, start)).toBeNull();
    expect(headAfter(spanned[2]!)).toBe(rows[5]!.hash);
    for (const payload of [
      { from: 4, to: 6, head: rows[5]!.hash },
      { from: 3, to: 5, head: rows[5]!.hash },
      { from: 3, to: 6, head: 'x' },
      { from: 7, to: 6, head: rows[5]!.hash },
    ]) {
      const wrong = { ...gap, payload };
      expect(
        firstBrokenSeq([...rows.slice(0, 2), { ...wrong, hash: rowHash(wrong) }, ...rows.slice(6)], start),
      ).not.toBeNull();
    }
    expect(gapOf(rows[0]!)).toBeNull();
  });
});
