import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import type { MicrophonePort, MicrophoneStatus } from '../../../hardware/microphone/port.ts';
import type { Hearing, Listening, ListeningStatus } from '../../contract/listen.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import { Sessions } from '../session/index.ts';
import { listeningOf, listenInVisit, noHearing, stopListening, watchListening } from './index.ts';
import type { HearingPort, HearingRequest, HearingStep, RecogniserStatus } from './port.ts';

/** Hears what it is told; counts open microphones, and keeps one open until the speaker lets go or nobody wants it. */
class FakeHearing implements HearingPort {
  open = 0;
  most = 0;
  requests: HearingRequest[] = [];
  result: HearingStep = { state: 'heard', text: '工资', alternatives: [], repaired: [] };
  #status: RecogniserStatus = { state: 'ready' };
  readonly #listeners = new Set<() => void>();

  status = () => this.#status;
  set(status: RecogniserStatus) {
    this.#status = status;
    this.#listeners.forEach((listener) => listener());
  }
  onStatus = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  close = () => Promise.resolve();
  async *hear(request: HearingRequest): AsyncGenerator<HearingStep> {
    this.requests.push(request);
    this.open += 1;
    this.most = Math.max(this.most, this.open);
    try {
      yield { state: 'listening' };
      yield { state: 'partial', text: '工' };
      const { finished, cancelled } = request;
      await new Promise<void>((resolve) => {
        const end = () => resolve();
        if (finished.aborted || cancelled.aborted) end();
        finished.addEventListener('abort', end);
        cancelled.addEventListener('abort', end);
      });
      if (cancelled.aborted) return;
      yield { state: 'recognising' };
      yield this.result;
    } finally {
      // Closing takes a moment.
      await new Promise((resolve) => setTimeout(resolve, 5));
      this.open -= 1;
    }
  }
}

let folder: string;
let journal: Journal;
let sessions: Sessions;
let hearing: FakeHearing;
const refused = { decision: 'refused', reason: 'empty' } as const;
const ask = vi.fn((question: string) => Promise.resolve({ ...refused, question }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'listen-'));
  journal = new Journal(join(folder, 'journal.db'), {
    now: () => 0,
    newStream: () => 'a',
    bootId: 'b',
    maxBytes: 1 << 20,
  });
  sessions = new Sessions({ journal, clock: systemClock, random: systemRandomness });
  hearing = new FakeHearing();
  ask.mockClear();
});
afterEach(() => {
  sessions.endSession('shutdown');
  journal.close();
  rmSync(folder, { recursive: true });
});

const listen = (change: Partial<Listening> = {}, closed?: AbortSignal) => {
  const answers = {
    trace: async (question: string) => ({
      consultation: await ask(question),
      trace: { topic: null, subject: null },
    }),
    open: () => null,
    openWithNear: () => Promise.resolve(null),
    guides: { open: () => null },
  };
  const request: Listening = { sessionId: visit().id, language: 'zh-CN', choices: [], ...change };
  return listenInVisit({ sessions, journal, answers, hearing }, request, closed);
};
let current: ReturnType<Sessions['begin']> | undefined;
const visit = () => (current = current && sessions.find(current.id) ? current : sessions.begin('zh-CN'));

async function all(stream: AsyncIterable<Hearing>, each: (hearing: Hearing) => void = () => undefined) {
  const heard: Hearing[] = [];
  for await (const step of stream) {
    heard.push(step);
    each(step);
  }
  return heard;
}
const letGo = (when: 'now' | 'silence') => stopListening(sessions, { sessionId: visit().id, when });
const whenOpen =
  (act: () => void) =>
  ({ state }: Hearing) => {
    if (state === 'partial') act();
  };

describe('listening in a visit', () => {
  test('a question is heard and answered, and the journal keeps no word of it', async () => {
    const heard = await all(
      listen(),
      whenOpen(() => letGo('now')),
    );
    expect(heard.map(({ state }) => state)).toEqual([
      'listening',
      'partial',
      'recognising',
      'heard',
      'understood',
    ]);
    expect(ask).toHaveBeenCalledWith('工资');
    expect(JSON.stringify(journal.outbox(100)?.rows)).not.toContain('工资');
  });

  test('a choice is named, not asked', async () => {
    const heard = await all(
      listen({ choices: ['工伤', '劳动和工资'] }),
      whenOpen(() => letGo('now')),
    );
    expect(heard.at(-1)).toMatchObject({ state: 'heard', text: '工资', choice: 1 });
    expect(hearing.requests[0]?.expected).toEqual(['工伤', '劳动和工资']);
    expect(ask).not.toHaveBeenCalled();
  });

  test('a tap lets silence end it, a let-go button ends it at once', async () => {
    await all(
      listen(),
      whenOpen(() => {
        letGo('silence');
        expect(hearing.requests[0]?.endsBySilence.aborted).toBe(true);
        expect(hearing.requests[0]?.finished.aborted).toBe(false);
        letGo('now');
      }),
    );
    expect(hearing.requests[0]?.finished.aborted).toBe(true);
  });

  test('closing the stream or ending the visit closes the microphone without a word', async () => {
    const away = new AbortController();
    const closed = await all(
      listen({}, away.signal),
      whenOpen(() => away.abort()),
    );
    const ended = await all(
      listen(),
      whenOpen(() => sessions.endSession('quick_exit')),
    );
    for (const heard of [closed, ended])
      expect(heard.map(({ state }) => state)).toEqual(['listening', 'partial']);
    expect(hearing.open).toBe(0);
    expect(ask).not.toHaveBeenCalled();
  });

  test('a newer listener waits until the one before has closed its microphone', async () => {
    let newer: Promise<Hearing[]> | undefined;
    const older = await all(
      listen(),
      whenOpen(() => {
        newer ??= all(
          listen(),
          whenOpen(() => letGo('now')),
        );
      }),
    );
    expect(older.map(({ state }) => state)).toEqual(['listening', 'partial']);
    expect((await newer)?.at(-1)?.state).toBe('understood');
    expect(hearing.most).toBe(1);
  });

  test('says why it cannot: no visit, no model, or what the pipeline says', async () => {
    expect(await all(listen({ sessionId: 'gone' }))).toEqual([{ state: 'trouble', reason: 'no_session' }]);
    hearing.result = { state: 'trouble', reason: 'noisy' };
    const noisy = await all(
      listen(),
      whenOpen(() => letGo('now')),
    );
    expect(noisy.at(-1)).toEqual({ state: 'trouble', reason: 'noisy' });
    hearing.set({ state: 'absent', reason: 'no_model' });
    expect(await all(listen())).toEqual([{ state: 'trouble', reason: 'not_ready' }]);
    stopListening(sessions, { sessionId: 'gone', when: 'now' });
    letGo('now');
  });

  test('nobody listens longer than half a minute', async () => {
    vi.useFakeTimers();
    const heard = all(listen());
    await vi.advanceTimersByTimeAsync(30_100);
    expect((await heard).at(-1)?.state).toBe('understood');
    vi.useRealTimers();
  });

  test('a thousand starts, stops and cancels leave no microphone open', async () => {
    for (let turn = 0; turn < 1_000; turn += 1) {
      const away = new AbortController();
      const stream = listen({}, away.signal);
      await stream.next();
      if (turn % 3 === 0) away.abort();
      else if (turn % 3 === 1) letGo('now');
      if (turn % 3 === 2) await stream.return(undefined);
      else await all(stream);
    }
    expect(hearing.open).toBe(0);
    expect(hearing.most).toBe(1);
    expect(visit().belongings.size).toBe(0);
  }, 60_000);
});

describe('whether it is offered', () => {
  test('takes a model and a microphone, and says what is missing', () => {
    const ready = { state: 'ready' } as const;
    expect(listeningOf(ready, ready)).toEqual(ready);
    expect(listeningOf(ready, { state: 'busy' })).toEqual(ready);
    expect(listeningOf(noHearing.status(), ready)).toEqual({ state: 'absent', reason: 'no_model' });
    expect(listeningOf(ready, { state: 'absent' })).toEqual({ state: 'absent', reason: 'no_microphone' });
    for (const [fault, reason] of [
      ['no_recorder', 'no_recorder'],
      ['no_device', 'no_microphone'],
      ['muted', 'no_sound'],
      ['no_data', 'no_sound'],
      ['wrong_speed', 'no_sound'],
    ] as const)
      expect(listeningOf(ready, { state: 'fault', fault })).toEqual({ state: 'absent', reason });
  });

  test('a microphone that failed is offered again after a minute; a model that comes is told at once', () => {
    vi.useFakeTimers();
    let status: MicrophoneStatus = { state: 'ready' };
    let changed = () => undefined as unknown;
    const microphone = {
      status: () => status,
      onStatus: (listener: () => void) => {
        changed = listener;
        return () => undefined;
      },
    } as unknown as MicrophonePort;
    const told: ListeningStatus[] = [];
    const stop = watchListening({ hearing, microphone }, (listening) => told.push(listening));
    status = { state: 'fault', fault: 'muted' };
    changed();
    vi.advanceTimersByTime(59_000);
    expect(told.at(-1)).toEqual({ state: 'absent', reason: 'no_sound' });
    vi.advanceTimersByTime(2_000);
    expect(told.at(-1)).toEqual({ state: 'ready' });
    hearing.set({ state: 'absent', reason: 'broken_model' });
    expect(told.at(-1)).toEqual({ state: 'absent', reason: 'broken_model' });
    stop();
    vi.useRealTimers();
  });
});
