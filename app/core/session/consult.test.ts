import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Answer } from '../../contract/consult.ts';
import type { Guide } from '../../contract/guide.ts';
import { failure } from '../../domain/result.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { askInVisit, noteUnsolved, openInVisit, Sessions, type AnswerSource } from './index.ts';

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

const wages = {
  words: '单位拖欠工资怎么办',
  title: '单位拖欠工资怎么办',
  topic: 'labour',
  answer: 'labour.wage-arrears',
};
const answers: AnswerSource = {
  trace: (_, subject) =>
    Promise.resolve({
      consultation: {
        ...{ decision: 'choose', candidates: [], guides: [], urgent: null },
        ...{ need: null, about: subject?.title ?? null, repealed: [] },
      },
      trace: { topic: 'labour', subject },
    }),
  open: () => null,
  openWithNear: (id) =>
    Promise.resolve({ answer: { id } as Answer, related: [], guides: [], subject: { ...wages, answer: id } }),
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

test('"none of these" is noted without a topic or an entry', () => {
  const sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  const { id: sessionId } = sessions.begin('zh-CN');
  expect(noteUnsolved({ sessions, journal, answers }, { sessionId, kind: 'choice' })).toBe(true);
  expect(journal.outbox(100)?.rows.at(-1)).toMatchObject({ type: 'consult.unsolved' });
  expect(JSON.stringify(journal.outbox(100)?.rows.at(-1))).toContain('"topic":null');
});

test('what was spoken of lights the next question of the same visit, unless it is meant afresh, and no other visit', async () => {
  const sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  const parts = { sessions, journal, answers };
  const asked = async (sessionId: string, afresh = false) => {
    const consultation = await askInVisit(parts, { sessionId, question: '那多久', afresh });
    return consultation.decision === 'choose' ? consultation.about : null;
  };
  const { id: first } = sessions.begin('zh-CN');
  expect(await asked(first)).toBeNull();
  await openInVisit(parts, { sessionId: first, answerId: 'labour.wage-arrears' });
  expect(await asked(first)).toBe(wages.title);
  expect(await asked(first, true)).toBeNull();
  expect(await asked(first)).toBe(wages.title);
  const { id: second } = sessions.begin('zh-CN');
  expect(await asked(second)).toBeNull();
  expect(await asked(first)).toBeNull();
});
