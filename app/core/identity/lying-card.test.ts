import { expect, test, vi } from 'vitest';

import { LyingCard } from './lying-card.ts';

type Outcome = 'lifted' | 'still_there' | 'unknown';

function setUp() {
  const lifting = Promise.withResolvers<Outcome>();
  const signals: AbortSignal[] = [];
  const lifted = vi.fn(({ signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return lifting.promise;
  });
  const told: boolean[] = [];
  const remind = vi.fn();
  const card = new LyingCard({ reader: { lifted }, tell: (lies) => told.push(lies), remind });
  return { card, told, remind, signals, lift: lifting.resolve };
}

test('a card that is lifted in time is no matter', async () => {
  const { card, told, remind, lift } = setUp();
  card.follow();
  lift('lifted');
  await vi.waitFor(() => expect(told).toEqual([true, false]));
  card.visitEnded();
  expect(remind).not.toHaveBeenCalled();
});

test('who goes without the card is called back', () => {
  const { card, told, remind } = setUp();
  card.follow();
  card.visitEnded();
  expect([told, remind.mock.calls.length]).toEqual([[true], 1]);
});

test('a card that nobody lifts stays known; a reader that is gone knows of none', async () => {
  for (const [outcome, expected] of [
    ['still_there', [true]],
    ['unknown', [true, false]],
  ] as const) {
    const { card, told, lift } = setUp();
    card.follow();
    lift(outcome);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(told).toEqual(expected);
  }
});

test('the next reading gets the reader at once', () => {
  const { card, told, signals } = setUp();
  card.follow();
  card.release();
  expect([told, signals.map(({ aborted }) => aborted)]).toEqual([[true, false], [true]]);
});
