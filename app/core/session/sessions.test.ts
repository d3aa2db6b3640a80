import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { FORGOTTEN_AFTER_MS } from '../../domain/session/index.ts';
import { systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { Sessions } from './index.ts';

let home: string;
let journal: Journal;
beforeEach(() => {
  vi.useFakeTimers();
  home = mkdtempSync(join(tmpdir(), 'sessions-'));
  journal = new Journal(join(home, 'journal.db'), {
    now: () => 1,
    newStream: () => '1'.repeat(32),
    bootId: 'b',
    maxBytes: 1e9,
  });
});
afterEach(() => {
  vi.useRealTimers();
  journal.close();
  rmSync(home, { recursive: true });
});

const open = () =>
  new Sessions({
    journal,
    clock: { now: () => Date.now(), monotonic: () => Date.now() },
    random: systemRandomness,
  });
const ended = () =>
  (journal.outbox(100)?.rows ?? [])
    .filter(({ type }) => type === 'session.ended')
    .map(({ payload }) => payload['reason']);

test('ending wipes all that belongs to the visit, in one act', () => {
  const sessions = open();
  const visit = sessions.begin('zh-CN');
  visit.belongings.set('print', { secret: true });
  const farewell = vi.fn();
  visit.farewells.add(farewell);
  sessions.end(visit.id, 'quick_exit');
  expect(visit.belongings.size).toBe(0);
  expect(visit.signal.aborted).toBe(true);
  expect(farewell).toHaveBeenCalledOnce();
  expect(sessions.find(visit.id)).toBeNull();
  sessions.end(visit.id, 'finished');
  expect(ended()).toEqual(['quick_exit']);
});

test('a new visitor replaces a visit that was left open', () => {
  const sessions = open();
  const first = sessions.begin('zh-CN');
  const second = sessions.begin('en');
  expect(sessions.find(first.id)).toBeNull();
  expect(sessions.find(second.id)).toBe(second);
  expect(ended()).toEqual(['replaced']);
});

test('a visit whose screen is gone is wiped; each call puts that off', () => {
  const sessions = open();
  const visit = sessions.begin('zh-CN');
  vi.advanceTimersByTime(FORGOTTEN_AFTER_MS - 1);
  expect(sessions.find(visit.id)).toBe(visit);
  vi.advanceTimersByTime(FORGOTTEN_AFTER_MS - 1);
  expect(ended()).toEqual([]);
  vi.advanceTimersByTime(2);
  expect(ended()).toEqual(['idle']);
});

test('resuming a visit that is going on changes nothing', () => {
  const sessions = open();
  const visit = sessions.begin('zh-CN');
  visit.served = true;
  expect(sessions.resume(visit.id, 'zh-CN')).toBe(visit);
});
