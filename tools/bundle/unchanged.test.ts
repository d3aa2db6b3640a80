import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { fingerprint, stampOf } from './unchanged.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kiosk-build-'));
  mkdirSync(join(root, 'page', 'parts'), { recursive: true });
  writeFileSync(join(root, 'page', 'parts', 'door.ts'), 'one');
  writeFileSync(join(root, 'lock.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

const now = (): string => fingerprint(root, ['page', 'lock.json', 'missing']);

test('stays while nothing changes, whatever tests do', () => {
  const before = now();
  writeFileSync(join(root, 'page', 'parts', 'door.test.ts'), 'new test');
  expect(now()).toBe(before);
});

test.each<[string, () => void]>([
  ['a changed file', () => writeFileSync(join(root, 'page', 'parts', 'door.ts'), 'two')],
  ['a new file', () => writeFileSync(join(root, 'page', 'window.ts'), '')],
  ['a removed file', () => rmSync(join(root, 'page', 'parts', 'door.ts'))],
  ['a changed single file', () => writeFileSync(join(root, 'lock.json'), '{"a":1}')],
])('%s shows', (_what, change) => {
  const before = now();
  change();
  expect(now()).not.toBe(before);
});

test('a stamp matches only what was written', () => {
  const stamp = stampOf(join(root, 'build', 'stamps', 'page'));
  expect(stamp.matches('x')).toBe(false);
  stamp.write('x');
  expect(stamp.matches('x')).toBe(true);
  expect(stamp.matches('y')).toBe(false);
});
