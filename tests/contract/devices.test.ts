import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { CardReading } from '../../hardware/id-card-reader/port.ts';
import { openDevices } from '../../hardware/registry.ts';
import {
  rareDocument,
  sampleDocument,
  slipLines,
  slipSignature,
  testEdges,
  until,
} from './devices.samples.ts';
import { memoryStation, terminalStation } from './devices.stations.ts';
import type { Station } from './devices.stations.ts';

const columns = 48;
const jia = 'read 测试甲 530000199001010011';
const yi = 'read 测试乙 53000019851231002X';

function wordOf(reading: CardReading): string {
  if (reading.kind === 'read') return `read ${reading.card.name.reveal()} ${reading.card.number.reveal()}`;
  return 'reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind;
}

/** Readings as words; `act` moves the cards, and the reading waits for it. */
async function readWords(
  station: Pick<Station, 'cardReader'>,
  act: (word: string) => Promise<void> | void = () => undefined,
): Promise<string[]> {
  const words: string[] = [];
  for await (const reading of station.cardReader.read({
    signal: new AbortController().signal,
    timeoutMs: 8000,
  })) {
    words.push(wordOf(reading));
    await act(words.at(-1)!);
  }
  return words;
}

const kinds = [
  { kind: 'memory', open: memoryStation, paperStep: 97 },
  { kind: 'pseudo-terminal', open: terminalStation, paperStep: 1900 },
];

describe.each(kinds)('devices on $kind', ({ open, paperStep }) => {
  let station: Station;
  beforeAll(async () => {
    station = await open();
  });
  afterAll(async () => {
    await station.close();
  });
  beforeEach(async () => {
    await station.hands.removeCard();
    await station.hands.takeSlips();
    await until('printer ready', () => station.printer.status().state === 'ready');
    await until('reader ready', () => station.cardReader.status().state === 'ready');
  });

  it('prints what the preview shows, drawn characters too', async () => {
    for (const document of [sampleDocument, rareDocument]) {
      expect(await station.printer.print(document)).toEqual({ kind: 'printed' });
      const slips = await station.hands.takeSlips();
      expect(slips).toMatchObject([{ cut: true }]);
      expect(slipSignature(slips[0])).toEqual(
        slipLines(station.printer.layout(document), columns, (text) => /[𠮷㛃]/u.test(text)),
      );
    }
  });

  it('starts nothing without paper', async () => {
    await station.hands.paperOut();
    expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'paper_out' });
    expect(station.printer.status()).toEqual({ state: 'fault', fault: 'paper_out' });
    expect(await station.hands.takeSlips()).toEqual([]);
    await station.hands.paperOk();
  });

  it('never claims a slip on which the paper ended', async () => {
    const whole = slipLines(station.printer.layout(sampleDocument), columns, () => false);
    for (let at = 0; ; at += paperStep) {
      await station.hands.paperOutAt(at);
      const outcome = await station.printer.print(sampleDocument);
      const ended = outcome.kind !== 'printed';
      if (ended) expect(outcome).toEqual({ kind: 'interrupted', reason: 'paper_out' });
      const slips = await station.hands.takeSlips();
      if (!ended) expect(slipSignature(slips.at(-1))).toEqual(whole);
      await station.hands.paperOk();
      await until('ready', () => station.printer.status().state === 'ready', 8000);
      if (!ended) break;
      expect(at).toBeLessThan(50_000);
    }
  }, 60_000);

  it('prints after new paper without mixing two slips', async () => {
    await station.hands.paperOutAt(1200);
    expect(await station.printer.print(sampleDocument)).toMatchObject({ kind: 'interrupted' });
    await station.hands.paperOk();
    await until('ready', () => station.printer.status().state === 'ready', 8000);
    expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
    const slips = await station.hands.takeSlips();
    expect(slipSignature(slips.at(-1))).toEqual(
      slipLines(station.printer.layout(rareDocument), columns, (text) => /[𠮷㛃]/u.test(text)),
    );
  });

  it('notices the unplugged printer in mid-job, and is back within five seconds', async () => {
    let pulled: Promise<void> | undefined;
    const outcome = await station.printer.print(sampleDocument, {
      onProgress: () => {
        pulled ??= station.hands.unplug('printer');
      },
    });
    await pulled;
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
    expect(station.printer.status()).toEqual({ state: 'absent' });
    expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'absent' });
    await sleep(500);
    await station.hands.replug('printer');
    expect(await until('ready', () => station.printer.status().state === 'ready')).toBeLessThan(5000);
    expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
  });

  it('notices the unplugged or silent printer when idle within three seconds', async () => {
    await station.hands.unplug('printer');
    expect(await until('absent', () => station.printer.status().state === 'absent')).toBeLessThan(3000);
    await station.hands.replug('printer');
    await until('ready', () => station.printer.status().state === 'ready');
    await station.hands.silence('printer');
    expect(await until('offline', () => station.printer.status().state === 'fault')).toBeLessThan(3000);
    await station.hands.speak('printer');
    await until('ready', () => station.printer.status().state === 'ready');
  });

  it('reads cards one after the other and never mixes them', async () => {
    for (const [name, expected] of [
      ['jia', jia],
      ['yi', yi],
      ['jia', jia],
    ] as const) {
      const words = await readWords(station, async (word) => {
        if (word === 'waiting') await station.hands.placeCard(name);
      });
      expect(words).toEqual(['waiting', 'reading', expected]);
      await station.hands.removeCard();
    }
  });

  it('says when a card is pulled in the middle and reads the next one', async () => {
    await station.hands.placeCard('jia');
    await station.hands.pullAt(9);
    const words = await readWords(station, async (word) => {
      if (word === 'retry pulled_early') await station.hands.placeCard('yi');
    });
    expect(words).toEqual(['waiting', 'reading', 'retry pulled_early', 'waiting', 'reading', yi]);
  });

  it('refuses a card of another kind', async () => {
    await station.hands.placeCard('unknown');
    expect((await readWords(station)).at(-1)).toBe('failed unsupported_card');
  });

  it('says when the reader falls silent, and heals', async () => {
    const words = await readWords(station, async (word) => {
      if (word === 'waiting') await station.hands.silence('reader');
    });
    expect(words).toEqual(['waiting', 'failed reader_silent']);
    expect(station.cardReader.status()).toEqual({ state: 'fault', fault: 'silent' });
    await station.hands.speak('reader');
    await until('ready', () => station.cardReader.status().state === 'ready', 15_000);
  });

  it('says when the reader is unplugged, and is back within five seconds', async () => {
    const words = await readWords(station, async (word) => {
      if (word === 'waiting') await station.hands.unplug('reader');
    });
    expect(words.at(-1)).toBe('failed reader_absent');
    expect(station.cardReader.status()).toEqual({ state: 'absent' });
    await station.hands.replug('reader');
    expect(await until('ready', () => station.cardReader.status().state === 'ready')).toBeLessThan(5000);
    await station.hands.placeCard('yi');
    expect((await readWords(station)).at(-1)).toBe(yi);
  });
});

describe('a machine without devices', () => {
  it('says so', async () => {
    const devices = openDevices({}, testEdges());
    expect(devices.printer.status()).toEqual({ state: 'absent' });
    expect(devices.printer.layout(sampleDocument).lines.length).toBeGreaterThan(10);
    expect(await devices.printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'absent' });
    expect(devices.cardReader.status()).toEqual({ state: 'absent' });
    expect(await readWords(devices)).toEqual(['failed reader_absent']);
    await devices.close();
  });

  it('refuses a wrong printer profile by name', () => {
    const printer = { path: '/nowhere', profile: 'generic-81mm', baudRate: 9600 };
    expect(() => openDevices({ printer }, testEdges())).toThrow('generic-80mm');
  });

  it('lives with paths where nothing is', async () => {
    const nowhere = {
      printer: { path: '/nowhere/p', profile: 'generic-58mm', baudRate: 9600 },
      cardReader: { path: '/nowhere/r' },
    };
    const devices = openDevices(nowhere, testEdges());
    await sleep(200);
    expect(devices.printer.status()).toEqual({ state: 'absent' });
    expect(devices.cardReader.status()).toEqual({ state: 'absent' });
    await devices.close();
  });
});

describe('real devices', () => {
  const printer = process.env['TEST_PRINTER'];
  const cardReader = process.env['TEST_CARD_READER'];

  it('TEST_PRINTER prints a slip', async (context) => {
    if (printer === undefined) return context.skip('TEST_PRINTER names no printer (path,profile,speed)');
    const [path = '', profile = 'generic-80mm', baudRate = '115200'] = printer.split(',');
    const devices = openDevices({ printer: { path, profile, baudRate: Number(baudRate) } }, testEdges());
    await until('ready', () => devices.printer.status().state === 'ready', 10_000);
    expect(await devices.printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    await devices.close();
  }, 60_000);

  it('TEST_CARD_READER answers and waits for a card', async (context) => {
    if (cardReader === undefined) return context.skip('TEST_CARD_READER names no card reader (path)');
    const devices = openDevices({ cardReader: { path: cardReader } }, testEdges());
    await until('ready', () => devices.cardReader.status().state === 'ready', 10_000);
    const words = await readWords(devices);
    expect(words[0]).toBe('waiting');
    await devices.close();
  }, 60_000);
});
