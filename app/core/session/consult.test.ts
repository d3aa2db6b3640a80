import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Guide } from '../../contract/guide.ts';
import { failure } from '../../domain/result.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { askInVisit, noteUnsolved, Sessions, type AnswerSource } from './index.ts';

let home: string;
let journal: Journal;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'unsolved-'));
  journal = new Journal(join(home, 'journal.db'), {
    now: () => 1,
    newStream: () => '1'.repeat(32),
    bootId: 'b',
    maxBytes: 1e9,
  });
});
afterEach(() => {
  journal.close();
  rmSync(home, { recursive: true });
});

const answers: AnswerSource = {
  trace: () =>
    Promise.resolve({
      consultation: { decision: 'choose', candidates: [], guides: [], urgent: null },
      trace: { topic: 'labour' },
    }),
  open: () => null,
  guides: { open: (id) => ({ id, topic: 'legal-aid' }) as Guide },
};

test('what did not help is called recorded only when it stands in the journal', () => {
  const sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  const { id: sessionId } = sessions.begin('zh-CN');
  const note = (id: string) => noteUnsolved({ sessions, journal, answers }, { sessionId, kind: 'guide', id });
  expect(note('legal-aid.civil')).toBe(true);
  expect(journal.outbox(100)?.rows.at(-1)?.type).toBe('consult.unsolved');
  vi.spyOn(journal, 'record').mockReturnValue(failure('disk_full'));
  expect(note('legal-aid.civil')).toBe(false);
});

test('the topic of a question stands in the journal also where no answer was chosen yet', async () => {
  const sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  const { id: sessionId } = sessions.begin('zh-CN');
  await askInVisit({ sessions, journal, answers }, { sessionId, question: '工资' });
  const row = journal.outbox(100)?.rows.at(-1);
  expect(JSON.stringify(row)).toContain('labour');
  expect(row?.type).toBe('consult.asked');
});
