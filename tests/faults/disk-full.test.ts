import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { Journal } from '../../app/core/journal/index.ts';

const SESSION = '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11';
const small = mkdtempSync(join(tmpdir(), 'small-disk-'));
const mounted = mountSmallDisk();

function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('SKIPPED: the disk-full test mounts a small tmpfs and needs root.');
    return false;
  }
}

afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', small]);
  rmSync(small, { recursive: true, force: true });
});

test.skipIf(!mounted)(
  'a full disk is said, nothing written is lost, and writing goes on when there is room',
  () => {
    const path = join(small, 'journal.db');
    const journal = new Journal(path, {
      now: () => 1,
      newStream: () => '1'.repeat(32),
      bootId: 'b',
      maxBytes: 1e9,
    });
    const give = () =>
      journal.record({ type: 'rating.given', payload: { session: SESSION, score: 5, reasons: [] } });
    writeFileSync(join(small, 'ballast'), Buffer.alloc(1_500_000));
    let written = 0;
    while (give().ok) written += 1;
    expect(written).toBeGreaterThan(100);
    expect(journal.status().state).toBe('disk_full');
    expect(give()).toEqual({ ok: false, failure: 'disk_full' });
    // Reading goes on, and does not make it look as if there were room.
    expect(journal.outbox(10)?.rows).toHaveLength(10);
    expect(journal.status().state).toBe('disk_full');
    rmSync(join(small, 'ballast'));
    expect(journal.probe()).toBe(true);
    expect(journal.status().state).toBe('ok');
    expect(give().ok).toBe(true);
    const rows = journal.outbox(1e6)?.rows ?? [];
    expect(rows.filter(({ type }) => type === 'rating.given')).toHaveLength(written + 1);
    expect(rows.find(({ type }) => type === 'journal.dropped')?.payload).toEqual({ count: 2 });
    journal.close();
  },
);

test.skipIf(!mounted)('a disk that is full from the start does not keep the core from starting', () => {
  const folder = join(small, 'second');
  writeFileSync(join(small, 'ballast'), Buffer.alloc(100));
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${join(small, 'ballast')}`, 'bs=4k'], { stdio: 'ignore' });
  } catch {
    // dd ends when nothing fits any more: that is the point.
  }
  const journal = new Journal(join(folder, 'journal.db'), {
    now: () => 1,
    newStream: () => '2'.repeat(32),
    bootId: 'b',
    maxBytes: 1e9,
  });
  expect(['disk_full', 'unavailable']).toContain(journal.status().state);
  rmSync(join(small, 'ballast'));
  expect(journal.probe()).toBe(true);
  journal.close();
});
