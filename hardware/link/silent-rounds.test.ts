import { expect, it } from 'vitest';

import { SilentRounds } from './silent-rounds.ts';

const reopenings = (silence: SilentRounds, rounds: number): number[] =>
  Array.from({ length: rounds }, (_, at) => at + 1).filter(() => silence.missed());

it('makes a new connection ever more rarely, but never gives up', () => {
  const silence = new SilentRounds();
  expect(reopenings(silence, 80)).toEqual([3, 9, 21, 41, 61]);
  expect(silence.many).toBe(true);
});

it('begins anew when the device has answered', () => {
  const silence = new SilentRounds();
  reopenings(silence, 30);
  silence.answered();
  expect(silence.many).toBe(false);
  expect(reopenings(silence, 5)).toEqual([3]);
});
