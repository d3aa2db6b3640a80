import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { ReadingProgress } from '../../app/contract/speech.ts';
import { Reader, type Parts, type Passage } from './reader.ts';

const passages = (...texts: string[]): Passage[] => texts.map((text) => ({ text, place: null }));
const partsOf = (...parts: Passage[][]): Parts =>
  async function* () {
    await Promise.resolve();
    yield* parts;
  };

let spoken: { sentences: readonly string[]; pace: number }[];
/** Lets the sentence that sounds come to its end. */
let next: () => void;
let fails: boolean;
let reader: Reader;

async function* speak(
  sentences: readonly string[],
  pace: number,
  signal: AbortSignal,
): AsyncGenerator<ReadingProgress> {
  spoken.push({ sentences, pace });
  for (const sentence of sentences.keys()) {
    yield { state: 'speaking', sentence };
    await new Promise<void>((resolve) => {
      next = resolve;
      signal.addEventListener('abort', () => resolve());
    });
    if (signal.aborted) return;
    if (fails) {
      yield { state: 'stopped', reason: 'broken' };
      return;
    }
  }
  yield { state: 'done' };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const heard = () => spoken.map(({ sentences }) => sentences.join(' '));

beforeEach(() => {
  spoken = [];
  fails = false;
  reader = new Reader({ speak, highlight: () => undefined });
});

describe('a reader', () => {
  test('reads part after part, skips empty ones, and is silent after the last', async () => {
    reader.start(partsOf(passages('a', 'b'), [], passages('c')));
    for (let sentence = 0; sentence < 3; sentence += 1) {
      await settle();
      expect(reader.current().phase).toBe('reading');
      next();
    }
    await settle();
    expect(heard()).toEqual(['a b', 'c']);
    expect(reader.current()).toEqual({ phase: 'silent', pace: 1, failed: false });
  });

  test('goes on with the sentence at which it was paused', async () => {
    reader.start(partsOf(passages('a', 'b', 'c')));
    await settle();
    next();
    await settle();
    reader.pause();
    await settle();
    expect(reader.current().phase).toBe('paused');
    reader.resume();
    await settle();
    expect(heard()).toEqual(['a b c', 'b c']);
  });

  test('a new pace is heard at once, and in a pause it waits', async () => {
    reader.start(partsOf(passages('a', 'b')));
    await settle();
    reader.changePace();
    await settle();
    reader.pause();
    reader.changePace();
    await settle();
    expect(spoken.map(({ pace }) => pace)).toEqual([1, 1.25]);
    reader.resume();
    await settle();
    expect(spoken.at(-1)).toEqual({ sentences: ['a', 'b'], pace: 1.5 });
  });

  test('goes through all paces and comes back to the plain one; a new visitor begins with it', () => {
    const paces = Array.from({ length: 5 }, () => {
      reader.changePace();
      return reader.current().pace;
    });
    expect(paces).toEqual([1.25, 1.5, 2, 0.75, 1]);
    reader.changePace();
    reader.reset();
    expect(reader.current().pace).toBe(1);
  });

  test('again begins with the first part, whatever came of the reading before', async () => {
    const parts = vi.fn(partsOf(passages('a'), passages('b')));
    reader.start(parts);
    await settle();
    next();
    await settle();
    reader.again();
    await settle();
    expect(heard()).toEqual(['a', 'b', 'a']);
    expect(parts).toHaveBeenCalledTimes(2);
  });

  test('stopped is silent and stays so; nothing of the old reading comes back', async () => {
    const failed = vi.fn();
    reader.start(partsOf(passages('a', 'b')), failed);
    await settle();
    reader.stop();
    reader.resume();
    reader.again();
    await settle();
    expect(failed).not.toHaveBeenCalled();
    expect(heard()).toEqual(['a b']);
    expect(reader.current()).toEqual({ phase: 'silent', pace: 1, failed: false });
  });

  test('says that it failed until the next try or touch', async () => {
    fails = true;
    reader.start(partsOf(passages('a')));
    await settle();
    next();
    await settle();
    expect(reader.current().failed).toBe(true);
    reader.stop();
    expect(reader.current().failed).toBe(false);
    const lost = new Reader({
      speak: () => Promise.reject(new Error('the link is lost')),
      highlight: () => undefined,
    });
    const failed = vi.fn();
    lost.start(partsOf(passages('a')), failed);
    await settle();
    expect(lost.current()).toMatchObject({ phase: 'silent', failed: true });
    expect(failed).toHaveBeenCalledOnce();
  });
});
