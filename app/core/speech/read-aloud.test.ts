import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { soundOfWav } from '../../../hardware/speaker/index.ts';
import { SimulatedSpeaker } from '../../../hardware/speaker/simulator.ts';
import type { Reading, ReadingProgress } from '../../contract/speech.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { Sessions } from '../session/index.ts';
import { speechOf, voicesOf } from './index.ts';
import { promptOf, recordedVoice } from './prompts.ts';
import { readAloud } from './read-aloud.ts';
import type { SpeechPort, Utterance } from './voice.ts';

/** Silence of so many milliseconds. */
function wav(ms: number): Buffer {
  const file = Buffer.alloc(44 + 16 * ms);
  file.write('RIFF', 0, 'latin1');
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(16 * ms, 40);
  return file;
}

let folder: string;
let journal: Journal;
let sessions: Sessions;
let speaker: SimulatedSpeaker;
let said: Utterance[];
/** Milliseconds of sound for each sentence. */
let lengthMs: number;
const voice: SpeechPort = {
  say: (utterance) => {
    said.push(utterance);
    return Promise.resolve(utterance.words === '坏' ? null : wav(lengthMs));
  },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'speech-'));
  journal = new Journal(join(folder, 'journal.db'), {
    now: () => 0,
    newStream: () => 'a',
    bootId: 'b',
    maxBytes: 1 << 20,
  });
  sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  speaker = new SimulatedSpeaker();
  said = [];
  lengthMs = 100;
});
afterEach(() => {
  sessions.endSession('shutdown');
  journal.close();
  rmSync(folder, { recursive: true });
});

const dependencies = () => ({ sessions, speaker, voices: [voice], soundOf: soundOfWav });

async function read(
  change: Partial<Reading>,
  { each, signal }: { each?: (progress: ReadingProgress) => void; signal?: AbortSignal } = {},
): Promise<ReadingProgress[]> {
  const { id: sessionId } = sessions.begin('zh-CN');
  const all: ReadingProgress[] = [];
  const reading: Reading = {
    ...{ sessionId, language: 'zh-CN', pace: 1, headphones: false, sentences: [] },
    ...change,
  };
  for await (const progress of readAloud(dependencies(), reading, signal)) {
    all.push(progress);
    each?.(progress);
  }
  return all;
}

describe('reading aloud', () => {
  test('says sentence after sentence in spoken words, and leaves out what has none', async () => {
    expect(await read({ sentences: ['赔45,312.50元。', '——', '打12348'], pace: 1.5 })).toEqual([
      { state: 'speaking', sentence: 0 },
      { state: 'speaking', sentence: 2 },
      { state: 'done' },
    ]);
    expect(said).toEqual([
      { words: '赔四万五千三百一十二元五角。', language: 'zh-CN', pace: 1.5 },
      { words: '打幺二三四八', language: 'zh-CN', pace: 1.5 },
    ]);
    expect(speaker.heard).toHaveLength(2);
  });

  test('on an English screen, content stays Chinese', async () => {
    await read({ language: 'en', sentences: ['Call 12348.', '可以要。'] });
    expect(said.map(({ words, language }) => [words, language])).toEqual([
      ['Call 1 2 3 4 8.', 'en'],
      ['可以要。', 'zh-CN'],
    ]);
  });

  test('never says an identity or mobile number, whatever it is given', async () => {
    await read({ sentences: ['号码11010519491231002X', '138 0000 1234'] });
    expect(said.map(({ words }) => words)).toEqual(['号码']);
  });

  test('says them digit by digit once the listener has said that headphones are in', async () => {
    await read({ sentences: ['号码11010519491231002X', '138 0000 1234'], headphones: true });
    expect(said.map(({ words }) => words)).toEqual([
      '号码幺幺零幺零五幺九四九幺二三幺零零二艾克斯',
      '幺三八，零零零零，幺二三四',
    ]);
  });

  test('reads the poster and the farewell without a visit, and is silent when the stream is closed', async () => {
    const away = new AbortController();
    expect(await read({ sessionId: null, sentences: ['再见。'] })).toEqual([
      { state: 'speaking', sentence: 0 },
      { state: 'done' },
    ]);
    lengthMs = 600_000;
    const closed = await read(
      { sessionId: null, sentences: ['一。', '二。'] },
      { each: () => away.abort(), signal: away.signal },
    );
    expect(closed.filter(({ state }) => state === 'speaking')).toHaveLength(1);
  });

  test('falls silent at once when the visit ends or the stream is closed', async () => {
    lengthMs = 600_000;
    const ended = await read(
      { sentences: ['一。', '二。'] },
      { each: () => sessions.endSession('quick_exit') },
    );
    expect(ended.filter(({ state }) => state === 'speaking')).toHaveLength(1);
    const away = new AbortController();
    const closed = await read(
      { sentences: ['一。', '二。'] },
      { each: () => away.abort(), signal: away.signal },
    );
    expect(closed.filter(({ state }) => state === 'speaking')).toHaveLength(1);
    expect(speaker.heard).toEqual([]);
  });

  test('gives way to a newer reading', async () => {
    lengthMs = 600_000;
    let newer: Promise<unknown> | undefined;
    const { id: sessionId } = sessions.begin('zh-CN');
    const older: ReadingProgress[] = [];
    const reading = { sessionId, language: 'zh-CN', pace: 1, headphones: false } as const;
    for await (const progress of readAloud(dependencies(), { ...reading, sentences: ['一。'] }, undefined)) {
      older.push(progress);
      lengthMs = 50;
      const second = readAloud(dependencies(), { ...reading, sentences: ['二。'] }, undefined);
      newer ??= second.next().then(() => second.next());
      // The older one plays only after this loop asks for more, so let it begin first.
      await Promise.resolve();
    }
    expect(older.at(-1)?.state === 'stopped' || older.at(-1)?.state === 'done').toBe(true);
    expect(await newer).toMatchObject({ value: { state: expect.stringMatching(/done|stopped/) as string } });
  });

  test('says that it cannot go on: no voice for it, no loudspeaker, no visit', async () => {
    const broken = { state: 'stopped', reason: 'broken' };
    expect(await read({ sentences: ['好。', '坏'] })).toEqual([{ state: 'speaking', sentence: 0 }, broken]);
    speaker.set('no_device');
    expect(await read({ sentences: ['好。'] })).toEqual([{ state: 'speaking', sentence: 0 }, broken]);
    expect(await read({ sessionId: 'gone', sentences: ['好。'] })).toEqual([
      { state: 'stopped', reason: 'no_session' },
    ]);
  });
});

test('a recorded sentence is taken from the pack at its own pace only', async () => {
  const utterance: Utterance = { words: '可以要。', language: 'zh-CN', pace: 1 };
  const file = promptOf(utterance);
  mkdirSync(join(folder, 'prompts'));
  writeFileSync(join(folder, file), 'sound');
  const { signal } = new AbortController();
  const recorded = recordedVoice({ directory: folder, files: new Set([file]) });
  expect(await recorded.say(utterance, signal)).toEqual(Buffer.from('sound'));
  expect(await recorded.say({ ...utterance, pace: 2 }, signal)).toBeNull();
  expect(await recorded.say({ ...utterance, words: '不可以。' }, signal)).toBeNull();
  const unlisted = recordedVoice({ directory: folder, files: new Set() });
  expect(await unlisted.say(utterance, signal)).toBeNull();
});

test('it is offered only with a voice and a loudspeaker, and the reason is told', () => {
  const prompts = { directory: folder, files: new Set<string>() };
  expect(voicesOf({ prompts, model: null, synthesiser: null })).toHaveLength(0);
  expect(voicesOf({ prompts, model: null, synthesiser: '/usr/bin/espeak-ng' })).toHaveLength(2);
  expect(voicesOf({ prompts: null, model: voice, synthesiser: '/usr/bin/espeak-ng' })[0]).toBe(voice);
  expect(voicesOf({ prompts: null, model: voice, synthesiser: null })).toEqual([voice]);
  expect(speechOf(true, { state: 'ready' })).toEqual({ state: 'ready' });
  expect(speechOf(false, { state: 'ready' })).toEqual({ state: 'absent', reason: 'no_voice' });
  expect(speechOf(true, { state: 'absent' })).toEqual({ state: 'absent', reason: 'no_device' });
  expect(speechOf(true, { state: 'fault', fault: 'no_player' })).toEqual({
    state: 'absent',
    reason: 'no_player',
  });
});
