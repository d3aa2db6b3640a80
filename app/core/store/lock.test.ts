import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { lockHome } from './lock.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(home, { recursive: true }));

test('one holder at a time; a released folder is free again', () => {
  const first = lockHome(home);
  expect(lockHome(home)).toEqual({ ok: false, failure: 'taken' });
  if (first.ok) first.value.release();
  const second = lockHome(home);
  expect(second.ok).toBe(true);
  if (second.ok) second.value.release();
});

test('a lock that nobody refers to any more still holds', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  expect(lockHome(home).ok).toBe(true);
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(lockHome(home)).toEqual({ ok: false, failure: 'taken' });
});

test('a folder that cannot be written is told apart', () => {
  writeFileSync(join(home, 'file'), '');
  expect(lockHome(join(home, 'file'))).toEqual({ ok: false, failure: 'cannot_lock' });
});
