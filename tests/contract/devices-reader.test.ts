import { expect } from 'vitest';

import { until } from './devices.samples.ts';
import type { Station } from './devices.stations.ts';
import { onEveryStation } from './devices.suite.ts';

type Reading = Pick<Station, 'cardReader' | 'wordOf'>;

/** How a reading must end that gives the card; of a real card the person is nobody's business. */
const expected = {
  jia: expect.stringMatching(/^read( 测试甲 530000199001010011)?$/) as string,
  yi: expect.stringMatching(/^read( 测试乙 53000019851231002X)?$/) as string,
};

const ready = async ({ cardReader }: Pick<Station, 'cardReader'>, limitMs = 5000): Promise<number> =>
  until('reader ready', () => cardReader.status().state === 'ready', limitMs);

/** Readings as words; `act` moves the cards, and the reading waits for it. */
async function readWords(
  { cardReader, wordOf }: Reading,
  act: (word: string) => Promise<void> | void = () => undefined,
  timeoutMs = 8000,
): Promise<string[]> {
  const words: string[] = [];
  const { signal } = new AbortController();
  for await (const reading of cardReader.read({ signal, timeoutMs })) {
    words.push(wordOf(reading));
    await act(words.at(-1)!);
  }
  return words;
}

onEveryStation(
  'reader',
  {
    ready: async (station) => {
      await station.hands.removeCard?.();
      await ready(station, 10_000);
      // As the core does after each reading: a card that was seen must be seen to go.
      const { signal } = new AbortController();
      await station.cardReader.lifted({ signal, timeoutMs: 5000 });
    },
  },
  (check) => {
    check('knows the reader by its security module', [], ({ cardReader }) => {
      expect(cardReader.samId()).toMatch(/^\d\d\.\d\d-\d{8}-\d{10}-\d{10}$/);
      return Promise.resolve();
    });

    check('waits for a card as long as it may, and no longer', [], async (station) => {
      const started = performance.now();
      const words = await readWords(station, undefined, 1500);
      expect(words).toEqual(['waiting', 'failed timed_out']);
      expect(performance.now() - started).toBeLessThan(3500);
    });

    check('stops when nobody waits any more', [], async ({ cardReader }) => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 400);
      const started = performance.now();
      for await (const { kind } of cardReader.read({ signal: stop.signal, timeoutMs: 8000 }))
        expect(kind).toBe('waiting');
      expect(performance.now() - started).toBeLessThan(2000);
    });

    check(
      'reads cards one after the other and never mixes them',
      ['placeCard', 'removeCard'],
      async (station) => {
        for (const name of ['jia', 'yi', 'jia'] as const) {
          const words = await readWords(
            station,
            async (word) => {
              if (word === 'waiting') await station.hands.placeCard(name);
            },
            60_000,
          );
          expect(words).toEqual(['waiting', 'reading', expected[name]]);
          await station.hands.removeCard();
        }
      },
    );

    check('gives the fields of a placed card', ['placeCard'], async (station) => {
      await station.hands.placeCard('yi');
      expect((await readWords(station)).at(-1)).toEqual(expected.yi);
    });

    check('notices when the card is lifted', ['placeCard', 'removeCard'], async (station) => {
      await station.hands.placeCard('jia');
      expect((await readWords(station)).at(-1)).toEqual(expected.jia);
      const { signal } = new AbortController();
      expect(await station.cardReader.lifted({ signal, timeoutMs: 500 })).toBe('still_there');
      const lifted = station.cardReader.lifted({ signal, timeoutMs: 60_000 });
      await station.hands.removeCard();
      expect(await lifted).toBe('lifted');
    });

    check('gives the address that was added to a card', ['placeCardWithAddress'], async (station) => {
      await station.hands.placeCardWithAddress('jia', '云南省测试市样本区新址路9号');
      const { signal } = new AbortController();
      for await (const reading of station.cardReader.read({ signal, timeoutMs: 8000 }))
        if (reading.kind === 'read')
          expect(reading.card.address.reveal()).toBe('云南省测试市样本区新址路9号');
    });

    check('reads every kind of card', ['placeRareCard', 'removeCard'], async (station) => {
      for (const [card, word] of [
        ['hongkong', 'read 测试丙 81000020000229002X'],
        ['foreign2017', 'read 测试戊 CAN530190010118'],
        ['foreign2023', 'read 测试丁 953840198008080013'],
      ] as const) {
        await station.hands.placeRareCard(card);
        expect((await readWords(station)).at(-1)).toBe(word);
        await station.hands.removeCard();
      }
    });

    check('refuses a card of another kind', ['placeRareCard', 'removeCard'], async (station) => {
      for (const card of ['unknown', 'other'] as const) {
        await station.hands.placeRareCard(card);
        expect((await readWords(station)).at(-1)).toBe('failed unsupported_card');
        expect(station.cardReader.cardLies()).toBe(true);
        const { signal } = new AbortController();
        expect(await station.cardReader.lifted({ signal, timeoutMs: 500 })).toBe('still_there');
        await station.hands.removeCard();
        expect(await station.cardReader.lifted({ signal, timeoutMs: 5000 })).toBe('lifted');
      }
    });

    check(
      'says when a card is pulled in the middle and reads the next one',
      ['placeCard', 'pullAt'],
      async (station) => {
        await station.hands.placeCard('jia');
        await station.hands.pullAt(9);
        const words = await readWords(station, async (word) => {
          if (word === 'retry pulled_early') await station.hands.placeCard('yi');
        });
        expect(words).toEqual([
          ...['waiting', 'reading', 'retry pulled_early', 'waiting', 'reading'],
          expected.yi,
        ]);
      },
    );

    for (const [what, begin, value, end] of [
      ['late answers', 'delay', 60, 0],
      ['single bytes', 'fragments', 1, 0],
      ['noise', 'garbage', true, false],
    ] as const)
      check(`reads through ${what}`, [begin, 'placeCard'], async ({ hands, ...station }) => {
        const set = (to: number | boolean): Promise<void> => hands[begin]('reader', to as never);
        await set(value);
        await hands.placeCard('jia');
        expect((await readWords(station)).at(-1)).toEqual(expected.jia);
        await set(end);
      });

    check(
      'asks again after an answer with a turned bit or a wrong check byte',
      ['badChecksum', 'flip', 'placeCard', 'removeCard'],
      async (station) => {
        await station.hands.badChecksum();
        await station.hands.placeCard('yi');
        expect((await readWords(station)).at(-1)).toEqual(expected.yi);
        await station.hands.removeCard();
        await station.hands.flip('reader', 9);
        await station.hands.placeCard('jia');
        expect((await readWords(station)).at(-1)).toEqual(expected.jia);
      },
    );

    check('says when the reader falls silent, and heals', ['silence', 'speak'], async (station) => {
      const words = await readWords(station, async (word) => {
        if (word === 'waiting') await station.hands.silence('reader');
      });
      expect(words).toEqual(['waiting', 'failed reader_silent']);
      expect(station.cardReader.status()).toEqual({ state: 'fault', fault: 'silent' });
      await station.hands.speak('reader');
      await ready(station, 15_000);
    });

    check(
      'says when the reader is unplugged, and is back within five seconds',
      ['unplug', 'replug', 'placeCard'],
      async (station) => {
        const words = await readWords(station, async (word) => {
          if (word === 'waiting') await station.hands.unplug('reader');
        });
        expect(words.at(-1)).toBe('failed reader_absent');
        expect(station.cardReader.status()).toEqual({ state: 'absent' });
        await station.hands.replug('reader');
        expect(await ready(station)).toBeLessThan(5000);
        await station.hands.placeCard('yi');
        expect((await readWords(station)).at(-1)).toEqual(expected.yi);
      },
    );
  },
);
