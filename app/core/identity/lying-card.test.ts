import { expect, test, vi } from 'vitest';

import { LyingCard } from './lying-card.ts';

type Outcome = 'lifted' | 'still_there' | 'unknown';

function setUp({ lies = true } = {}) {
  const lifting = Promise.withResolvers<Outcome>();
  const signals: AbortSignal[] = [];
  const lifted = vi.fn(({ signal }: { signal: AbortSignal }) => {
    signals.push(signal);
    return lifting.promise;
  });
  const told: boolean[] = [];
  const remind = vi.fn();
  const cardLies = vi.fn(() => lies);
  const card = new LyingCard({ reader: { lifted, cardLies }, tell: (each) => told.push(each), remind });
  return { card, told, remind, signals, cardLies, lift: lifting.resolve };
}

test('a card that is lifted in time is no matter', async () => {
  const { card, told, remind, cardLies, lift } = setUp();
  card.readingBegins()();
  lift('lifted');
  await vi.waitFor(() => expect(told).toEqual([true, false]));
  cardLies.mockReturnValue(false);
  card.visitEnded();
  expect(remind).not.toHaveBeenCalled();
});

test('who goes without the card is called back', () => {
  const { card, told, remind } = setUp();
  card.readingBegins()();
  card.visitEnded();
  expect([told, remind.mock.calls.length]).toEqual([[true], 1]);
});

test('a card that nobody lifts stays known; a reader that is gone knows of none', async () => {
  for (const [outcome, expected] of [
    ['still_there', [true]],
    ['unknown', [true, false]],
  ] as const) {
    const { card, told, lift } = setUp();
    card.readingBegins()();
    lift(outcome);
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(told).toEqual(expected);
  }
});

test('the next reading gets the reader at once', () => {
  const { card, told, signals } = setUp();
  card.readingBegins()();
  card.readingBegins();
  expect([told, signals.map(({ aborted }) => aborted)]).toEqual([[true, false], [true]]);
});

test('who goes in the middle of a reading is called back as well', () => {
  const { card, told, remind } = setUp();
  card.readingBegins();
  card.visitEnded();
  expect([told, remind.mock.calls.length]).toEqual([[], 1]);
});

test('a reading that ends late says nothing while the next one has the reader', () => {
  const { card, told } = setUp();
  const first = card.readingBegins();
  const second = card.readingBegins();
  first();
  expect(told).toEqual([]);
  second();
  expect(told).toEqual([true]);
});

test('an empty reader is not followed', () => {
  const { card, told, remind } = setUp({ lies: false });
  card.readingBegins()();
  card.visitEnded();
  expect([told, remind.mock.calls.length]).toEqual([[], 0]);
});
