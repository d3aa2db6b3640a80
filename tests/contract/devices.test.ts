import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import type { CardReading } from '../../hardware/id-card-reader/port.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import type { PrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
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

function shipped(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

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
    await until('printer ready', () => station.printer.status().state === 'ready', 10_000);
    await until('reader ready', () => station.cardReader.status().state === 'ready');
  });

  it('prints what the preview shows, drawn characters too', async () => {
    for (const document of [sampleDocument, rareDocument]) {
      expect(await station.printer.print(document)).toEqual({ kind: 'printed' });
      const slips = await station.hands.takeSlips();
      expect(slips).toMatchObject([{ cut: true }]);
      expect(slipSignature(slips[0])).toEqual(
        slipLines(station.printer.layout(document), columns, (text) => /[𠮷㛃喆]/u.test(text)),
      );
    }
  });

  it('begins within 300 ms and sends a slip of 30 cm as fast as the line', { retry: 3 }, async () => {
    const line = { kind: 'text', text: '一次性伤残补助金按九个月工资计发，共四万五千元' } as const;
    const long = { title: '测试', blocks: Array.from({ length: 68 }, () => line) };
    const { lengthMm } = station.printer.layout(long);
    expect([lengthMm >= 280, lengthMm <= 300]).toEqual([true, true]);
    const pieces = encodeReceipt(layoutReceipt(long, columns), shipped('generic-80mm'));
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const started = performance.now();
    const taken: { share: number; ms: number }[] = [];
    const onProgress = (share: number) => taken.push({ share, ms: performance.now() - started });
    expect(await station.printer.print(long, { onProgress })).toEqual({ kind: 'printed' });
    const [first, last] = [taken[0]!, taken.at(-1)!];
    // The first piece was on its way for 44 ms before it was taken.
    expect(first.ms).toBeLessThan(344);
    const lineMs = ((bytes * (1 - first.share) * 10) / 115_200) * 1000;
    // 1.1 on an idle machine; the pseudo-terminal of a busy one is slower than a line.
    expect(last.ms - first.ms).toBeLessThan(lineMs * 3);
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
      slipLines(station.printer.layout(rareDocument), columns, (text) => /[𠮷㛃喆]/u.test(text)),
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
    for (const card of ['unknown', 'other'] as const) {
      await station.hands.placeCard(card);
      expect((await readWords(station)).at(-1)).toBe('failed unsupported_card');
      await station.hands.removeCard();
    }
  });

  it.each([
    ['hongkong', 'read 测试丙 81000020000229002X'],
    ['foreign2017', 'read 测试戊 CAN530190010118'],
    ['foreign2023', 'read 测试丁 953840198008080013'],
  ] as const)('reads the card kind %s', async (card, expected) => {
    await station.hands.placeCard(card);
    expect((await readWords(station)).at(-1)).toBe(expected);
  });

  it('gives the address that was added to a card, and notices when the card is lifted', async () => {
    await station.hands.placeCard('jia', '云南省测试市样本区新址路9号');
    const { signal } = new AbortController();
    for await (const reading of station.cardReader.read({ signal, timeoutMs: 8000 }))
      if (reading.kind === 'read') expect(reading.card.address.reveal()).toBe('云南省测试市样本区新址路9号');
    expect(await station.cardReader.lifted({ signal, timeoutMs: 500 })).toBe('still_there');
    const lifted = station.cardReader.lifted({ signal, timeoutMs: 8000 });
    await station.hands.removeCard();
    expect(await lifted).toBe('lifted');
  });

  it('gives the fields of a placed card within two seconds', async () => {
    await station.hands.placeCard('yi');
    const started = performance.now();
    expect((await readWords(station)).at(-1)).toBe(yi);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('knows the reader by its security module', () => {
    expect(station.cardReader.samId()).toBe('05.01-20240101-0001234567-3000000001');
  });

  const lineTroubles = [
    { what: 'late answers', begin: 'delay', value: 60, end: 0 },
    { what: 'single bytes', begin: 'fragments', value: 1, end: 0 },
    { what: 'noise', begin: 'garbage', value: true, end: false },
  ] as const;

  it.each(lineTroubles)('reads and prints through $what', async ({ begin, value, end }) => {
    const set = async (to: number | boolean): Promise<void> => {
      for (const device of ['reader', 'printer'] as const) await station.hands[begin](device, to as never);
    };
    await set(value);
    await station.hands.placeCard('jia');
    expect((await readWords(station)).at(-1)).toBe(jia);
    expect(await station.printer.print(rareDocument)).toEqual({ kind: 'printed' });
    await set(end);
  });

  it('asks again after an answer with a turned bit or a wrong check byte', async () => {
    await station.hands.badChecksum();
    await station.hands.placeCard('yi');
    expect((await readWords(station)).at(-1)).toBe(yi);
    await station.hands.removeCard();
    await station.hands.flip('reader', 9);
    await station.hands.placeCard('jia');
    expect((await readWords(station)).at(-1)).toBe(jia);
    await station.hands.flip('printer', 0);
    expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('prints on the last metres of paper and says that they are', async () => {
    await station.hands.paperLow();
    expect(await station.printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    expect(station.printer.status()).toEqual({ state: 'ready', paperLow: true });
    await station.hands.paperOk();
  });

  it('starts nothing with an open cover', async () => {
    await station.hands.cover('open');
    expect(await station.printer.print(sampleDocument)).toEqual({
      kind: 'not_started',
      reason: 'cover_open',
    });
    await station.hands.cover('closed');
  });

  it('does not claim a slip that the cutter keeps', async () => {
    await station.hands.cutter('jam');
    expect(await station.printer.print(sampleDocument)).toEqual({
      kind: 'interrupted',
      reason: 'cutter_jam',
    });
    expect(station.printer.status()).toEqual({ state: 'fault', fault: 'cutter_jam' });
    await station.hands.cutter('ok');
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
    const { signal } = new AbortController();
    for await (const each of devices.microphone.record({ signal, timeoutMs: 100 }))
      expect(each).toEqual({ kind: 'failed', reason: 'absent' });
    const sound = { samples: new Int16Array(10), samplesPerSecond: 16_000 };
    await devices.speaker.close();
    expect(await devices.speaker.play(sound)).toEqual({ kind: 'failed', reason: 'absent' });
    expect(await devices.documentPrinter.status()).toEqual({ state: 'absent' });
    expect(devices.printer.slipPlace()).toBe('none');
    expect(await devices.cardReader.lifted({ signal, timeoutMs: 100 })).toBe('unknown');
    await devices.close();
  });

  it('takes a new printer model from one file, and names the key that is wrong in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'profile-'));
    const file = join(folder, 'new-model.json');
    const model = shipped('custom-vkp80iii');
    writeFileSync(file, JSON.stringify({ ...model, name: 'KPM216', cut: 'gs-v-66', presenter: 'gs-e' }));
    const printer = { path: '/nowhere', profile: file, baudRate: 9600 };
    const devices = openDevices({ printer }, testEdges());
    expect(devices.printer.layout(sampleDocument).widthMm).toBe(80);
    await devices.close();
    writeFileSync(file, JSON.stringify({ ...model, papper: 80 }));
    expect(() => openDevices({ printer }, testEdges())).toThrow('papper');
    rmSync(folder, { recursive: true });
  });

  it('prints a name of 200 characters on several lines, and none that commands the printer', () => {
    const profile = shipped('generic-58mm');
    const name = `张\x1B@\x10\x04\x01${'很'.repeat(200)}`;
    const lines = layoutReceipt({ title: '测试', blocks: [{ kind: 'text', text: name }] }, profile.columns);
    const device = new SimulatedPrinter({ columns: profile.columns });
    device.receive(Buffer.concat(encodeReceipt(lines, profile)));
    const printed = slipSignature(device.slips()[0]);
    expect(printed).toHaveLength(13);
    expect(printed.join('').match(/[张很@]/g)).toHaveLength(202);
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

const noHands = 'needs a hand at the device; the simulators have one';

/** The cases of above that a device can do without a hand at it; the others need somebody to open covers and lift cards. */
describe('real devices', () => {
  const named = { printer: process.env['TEST_PRINTER'], cardReader: process.env['TEST_CARD_READER'] };
  const missing = {
    printer: 'TEST_PRINTER names no printer (path,profile,speed)',
    cardReader: 'TEST_CARD_READER names no card reader (path)',
  };
  const [path = '', profile = 'generic-80mm', baudRate = '115200'] = named.printer?.split(',') ?? [];
  const devices = openDevices(
    {
      ...(named.printer === undefined ? {} : { printer: { path, profile, baudRate: Number(baudRate) } }),
      ...(named.cardReader === undefined ? {} : { cardReader: { path: named.cardReader } }),
    },
    testEdges(new Date().toISOString().slice(0, 10)),
  );
  afterAll(async () => {
    await devices.close();
  });

  it('TEST_PRINTER prints two slips, drawn characters too', async (context) => {
    if (named.printer === undefined) return context.skip(missing.printer);
    await until('ready', () => devices.printer.status().state === 'ready', 10_000);
    for (const document of [sampleDocument, rareDocument])
      expect(await devices.printer.print(document)).toEqual({ kind: 'printed' });
  }, 60_000);

  it('TEST_PRINTER stays ready when nobody prints', async (context) => {
    if (named.printer === undefined) return context.skip(missing.printer);
    const seen = new Set<string>();
    const off = devices.printer.onStatus(({ state }) => seen.add(state));
    await sleep(12_000);
    off();
    expect([...seen]).toEqual([]);
  }, 60_000);

  it('TEST_CARD_READER answers, tells its number and waits for a card', async (context) => {
    if (named.cardReader === undefined) return context.skip(missing.cardReader);
    await until('ready', () => devices.cardReader.status().state === 'ready', 10_000);
    expect(devices.cardReader.samId()).toMatch(/^\d\d\.\d\d-\d{8}-\d{10}-\d{10}$/);
    const words = await readWords(devices);
    expect(words[0]).toBe('waiting');
  }, 60_000);

  for (const what of ['paper, cover and cutter', 'cables', 'cards pulled and swapped'])
    it(what, (context) => context.skip(noHands));
});
