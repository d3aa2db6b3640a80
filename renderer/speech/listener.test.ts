import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { Hearing } from '../../app/contract/listen.ts';
import { ENOUGH_FAILURES, Listener, type Heard } from './listener.ts';

const consultation = { decision: 'refused', reason: 'empty' } as const;
const heard: Hearing = { state: 'heard', text: '工资', alternatives: [], repaired: [], choice: null };

let script: readonly Hearing[];
let letGo: ReturnType<typeof vi.fn<(when: 'now' | 'silence') => void>>;
let closed: number;
let listener: Listener;
let took: Heard[];

beforeEach(() => {
  script = [];
  letGo = vi.fn<(when: 'now' | 'silence') => void>();
  closed = 0;
  took = [];
  listener = new Listener({
    letGo,
    open: async function* (_, signal) {
      if (signal.aborted) closed += 1;
      else signal.addEventListener('abort', () => (closed += 1));
      for (const hearing of script) yield await Promise.resolve(hearing);
    },
  });
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
async function listen(events: readonly Hearing[], choices: readonly string[] = []): Promise<void> {
  script = events;
  listener.start(choices, (result) => took.push(result));
  await settle();
}

describe('a listener', () => {
  test('shows the words as they grow, and gives what was understood once', async () => {
    const seen: string[] = [];
    listener.subscribe(() => seen.push(`${listener.current().phase} ${listener.current().text}`));
    await listen([
      { state: 'listening' },
      { state: 'level', level: 0.5, noisy: true },
      { state: 'partial', text: '工' },
      { state: 'recognising' },
      heard,
      { state: 'understood', consultation },
    ]);
    expect(seen).toEqual([
      'opening ',
      'listening ',
      'listening ',
      'listening 工',
      'recognising 工',
      'recognising 工资',
      'off ',
    ]);
    expect(took).toMatchObject([{ text: '工资', consultation }]);
    expect(listener.current()).toMatchObject({ trouble: null, failures: 0 });
  });

  test('a choice needs no answer; a question without one was cut off', async () => {
    await listen([{ state: 'listening' }, { ...heard, choice: 2 }], ['一', '二', '三']);
    expect(took).toMatchObject([{ choice: 2, consultation: null }]);
    await listen([{ state: 'listening' }, heard]);
    expect(took).toHaveLength(1);
    expect(listener.current().trouble).toBe('lost');
  });

  test('a hand that lets go before the microphone is open is remembered', async () => {
    script = [{ state: 'listening' }];
    listener.start([], () => undefined);
    listener.letGo('silence');
    expect(letGo).not.toHaveBeenCalled();
    await settle();
    expect(letGo.mock.calls).toEqual([['silence']]);
  });

  test('counts tries that came to nothing, and forgets them with the first that does not, and with the visit', async () => {
    for (let turn = 1; turn <= ENOUGH_FAILURES; turn += 1) {
      await listen([{ state: 'listening' }, { state: 'trouble', reason: 'silence' }]);
      expect(listener.current()).toMatchObject({ phase: 'off', trouble: 'silence', failures: turn });
    }
    await listen([{ state: 'listening' }, heard, { state: 'understood', consultation }]);
    expect(listener.current().failures).toBe(0);
    await listen([{ state: 'trouble', reason: 'broken' }]);
    listener.reset();
    expect(listener.current()).toMatchObject({ trouble: null, failures: 0 });
  });

  test('cancelled is off at once, and nothing of it comes back', async () => {
    script = [{ state: 'listening' }, heard, { state: 'understood', consultation }];
    listener.start([], (result) => took.push(result));
    listener.cancel();
    expect(listener.current().phase).toBe('off');
    await settle();
    expect(took).toEqual([]);
    expect(listener.current()).toMatchObject({ phase: 'off', trouble: null, text: '' });
    expect(closed).toBe(1);
  });

  test('a second start while it listens is no second listener; a core that is away is told', async () => {
    const open = vi.fn(() => Promise.reject(new Error('away')));
    const lost = new Listener({ letGo, open });
    lost.start([], () => undefined);
    lost.start([], () => undefined);
    await settle();
    expect(open).toHaveBeenCalledOnce();
    expect(lost.current()).toMatchObject({ phase: 'off', trouble: 'lost', failures: 1 });
  });
  test('a core that hangs is waited for some forty seconds, not for ever', async () => {
    vi.useFakeTimers();
    const hanging = new Listener({
      letGo,
      open: async function* () {
        yield await Promise.resolve<Hearing>({ state: 'recognising' });
        await new Promise(() => undefined);
      },
    });
    hanging.start([], () => undefined);
    await vi.advanceTimersByTimeAsync(39_000);
    expect(hanging.current().phase).toBe('recognising');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(hanging.current()).toMatchObject({ phase: 'off', trouble: 'lost', failures: 1 });
    vi.useRealTimers();
  });
});
