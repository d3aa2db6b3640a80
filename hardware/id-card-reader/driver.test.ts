import { afterEach, describe, expect, it } from 'vitest';

import { recordingLog, until } from '../../tests/contract/devices.samples.ts';
import { MemoryLink } from '../link/index.ts';
import { samReply } from './frame.ts';
import { IdCardReader } from './index.ts';
import type { CardReading } from './port.ts';
import { SimulatedCardReader } from './simulator.ts';
import { syntheticAddress, syntheticCards } from './synthetic-card.ts';
import type { CardReaderTiming } from './timing.ts';

const timing: CardReaderTiming = {
  ...{ find: 10, keepAlive: 100, settle: 10, probeRound: 20, idleRound: 2000, patience: 0.06 },
};

const open: IdCardReader[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

async function setUp({ ready = true } = {}) {
  const device = new SimulatedCardReader();
  const link = new MemoryLink(device);
  const log = recordingLog();
  const reader = new IdCardReader({ link, log, today: () => '2026-06-01', timing });
  open.push(reader);
  if (ready) await until('ready', () => reader.status().state === 'ready');
  return { device, link, log, reader };
}

/** Readings as words; `each` may move the cards. */
async function readWords(
  reader: IdCardReader,
  each: (word: string) => void = () => undefined,
  { timeoutMs = 3000, signal = new AbortController().signal } = {},
): Promise<string[]> {
  const words: string[] = [];
  for await (const reading of reader.read({ signal, timeoutMs })) {
    words.push(wordOf(reading));
    each(words.at(-1)!);
  }
  return words;
}

function wordOf(reading: CardReading): string {
  if (reading.kind === 'read') return `read ${reading.card.name.reveal()} ${reading.card.number.reveal()}`;
  return 'reason' in reading ? `${reading.kind} ${reading.reason}` : reading.kind;
}

const jia = 'read 测试甲 530000199001010011';
const yi = 'read 测试乙 53000019851231002X';

describe('reading a card', () => {
  it('waits, reads, ends', async () => {
    const { device, reader } = await setUp();
    setTimeout(() => device.place(syntheticCards.jia), 60);
    expect(await readWords(reader)).toEqual(['waiting', 'reading', jia]);
  });

  it('reads through noise, doubled answers, fragments and delays', async () => {
    const { device, link, reader } = await setUp();
    device.set({ noise: true, doubled: true });
    link.inject({ kind: 'fragment', bytes: 1 }, { kind: 'delay', ms: 3 });
    device.place(syntheticCards.yi);
    expect(await readWords(reader)).toEqual(['waiting', 'reading', yi]);
  });

  it('reads again when the answer was damaged on the wire', async () => {
    const { device, reader } = await setUp();
    device.set({ badChecksum: true });
    device.place(syntheticCards.jia);
    expect(await readWords(reader)).toEqual(['waiting', 'reading', jia]);
  });

  it('starts over when the answer to "select" is damaged', async () => {
    const { device, link, reader } = await setUp();
    device.place(syntheticCards.yi);
    let damaged = false;
    const words = await readWords(reader, (word) => {
      if (word === 'reading' && !damaged) link.inject({ kind: 'flip', at: 8 });
      damaged = true;
    });
    expect(words.at(-1)).toBe(yi);
  });

  it('says when the card is pulled, and takes the next one', async () => {
    for (const block of [1, 2, 15]) {
      const { device, reader } = await setUp();
      device.set({ pullAtBlock: block });
      device.place(syntheticCards.jia);
      const words = await readWords(
        reader,
        (word) => word === 'retry pulled_early' && device.place(syntheticCards.yi),
      );
      expect(words).toEqual(['waiting', 'reading', 'retry pulled_early', 'waiting', 'reading', yi]);
    }
  });

  it('asks to lift a card that cannot be read', async () => {
    const { device, reader } = await setUp();
    device.set({ damagedCard: true });
    device.place(syntheticCards.jia);
    const words = await readWords(reader, (word) => {
      if (word !== 'retry unreadable') return;
      device.remove();
      setTimeout(() => {
        device.set({ damagedCard: false });
        device.place(syntheticCards.yi);
      }, 60);
    });
    expect(words).toEqual(['waiting', 'reading', 'retry unreadable', 'waiting', 'reading', yi]);
  });

  it('asks to lift a card whose fields contradict each other, and does not say that it was pulled', async () => {
    const { device, reader } = await setUp();
    const text = Buffer.from(syntheticCards.jia);
    text.write('19900102', 36, 'utf16le');
    device.place(text);
    const words = await readWords(reader, (word) => {
      if (word !== 'retry unreadable') return;
      setTimeout(() => device.remove(), 40);
      setTimeout(() => device.place(syntheticCards.yi), 120);
    });
    expect(words).toEqual(['waiting', 'reading', 'retry unreadable', 'waiting', 'reading', yi]);
  });

  it('asks to lift a card of an unknown kind before the next reading', async () => {
    const { device, reader } = await setUp();
    device.place(syntheticCards.unknown);
    expect((await readWords(reader)).at(-1)).toBe('failed unsupported_card');
    const words = await readWords(reader, (word) => {
      if (word === 'retry unreadable') device.remove();
      if (word === 'waiting') setTimeout(() => device.place(syntheticCards.yi), 60);
    });
    expect(words).toEqual(['waiting', 'retry unreadable', 'waiting', 'reading', yi]);
  });

  it('remembers a card that lies there when the screen went away in the middle', async () => {
    const { device, link, reader } = await setUp();
    const gone = new AbortController();
    device.place(syntheticCards.jia);
    const write = link.write.bind(link);
    link.write = (bytes) => {
      if (bytes[7] === 0x30 && bytes[8] === 0x03) gone.abort();
      return write(bytes);
    };
    await readWords(reader, undefined, { signal: gone.signal });
    link.write = write;
    const { signal } = new AbortController();
    expect(await reader.lifted({ signal, timeoutMs: 60 })).toBe('still_there');
    const words = await readWords(reader, (word) => word === 'retry unreadable' && device.remove(), {
      timeoutMs: 300,
    });
    expect(words).toEqual(['waiting', 'retry unreadable', 'waiting', 'failed timed_out']);
  });

  it('lets go by what may still come of one card before it reads the next', async () => {
    const { device, reader } = await setUp();
    device.place(syntheticCards.jia);
    const receive = device.receive.bind(device);
    const asked: string[] = [];
    device.receive = (bytes) => {
      const command = Buffer.from(bytes.subarray(7, 9)).toString('hex');
      asked.push(command);
      if (command !== '3001' || asked.filter((each) => each === '3001').length > 2) return receive(bytes);
      device.remove();
      device.place(syntheticCards.yi);
      return [];
    };
    expect((await readWords(reader)).at(-1)).toBe(yi);
    const unanswered = asked.lastIndexOf('3001', asked.lastIndexOf('3001') - 1);
    expect(asked[unanswered + 1]).toBe('12ff');
  });

  it.each([
    ['hongkong', 'read 测试丙 81000020000229002X'],
    ['foreign2017', 'read 测试戊 CAN530190010118'],
    ['foreign2023', 'read 测试丁 953840198008080013'],
  ] as const)('reads the card kind %s', async (kind, expected) => {
    const { device, reader } = await setUp();
    device.place(syntheticCards[kind]);
    expect((await readWords(reader)).at(-1)).toBe(expected);
  });

  it('refuses a card kind that it does not know', async () => {
    const { device, reader } = await setUp();
    device.place(syntheticCards.unknown);
    expect((await readWords(reader)).at(-1)).toBe('failed unsupported_card');
    device.remove();
    device.place('other');
    expect(await readWords(reader)).toEqual(['waiting', 'failed unsupported_card']);
  });

  it('takes the address that was added last', async () => {
    const { device, reader } = await setUp();
    device.place(syntheticCards.jia, [
      syntheticAddress('样本区旧址路1号'),
      syntheticAddress('样本区新址路9号'),
    ]);
    for await (const reading of reader.read({ signal: new AbortController().signal, timeoutMs: 3000 }))
      if (reading.kind === 'read') expect(reading.card.address.reveal()).toBe('样本区新址路9号');
    expect(device.heard.get('3003')).toBe(1);
  });

  it('keeps the printed address when the card is lifted before the added one is told', async () => {
    const { device, link, reader } = await setUp();
    device.place(syntheticCards.jia, [syntheticAddress('样本区新址路9号')]);
    const write = link.write.bind(link);
    link.write = (bytes) => {
      if (bytes[7] === 0x30 && bytes[8] === 0x03) device.remove();
      return write(bytes);
    };
    for await (const reading of reader.read({ signal: new AbortController().signal, timeoutMs: 3000 }))
      if (reading.kind === 'read') expect(reading.card.address.reveal()).toBe('云南省测试市样本区虚构路1号');
  });

  it('notices when the card is lifted, and when it is forgotten', async () => {
    const { device, link, reader } = await setUp();
    device.place(syntheticCards.jia, [syntheticAddress('样本区新址路9号')]);
    await readWords(reader);
    const { signal } = new AbortController();
    expect(await reader.lifted({ signal, timeoutMs: 60 })).toBe('still_there');
    setTimeout(() => device.remove(), 40);
    expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('lifted');
    expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('lifted');
    device.place(syntheticCards.yi);
    await readWords(reader);
    setTimeout(() => link.unplug(), 30);
    expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('unknown');
  });

  it('gives no card to a screen that has gone', async () => {
    const { device, link, reader } = await setUp();
    const gone = new AbortController();
    device.place(syntheticCards.jia);
    const write = link.write.bind(link);
    link.write = (bytes) => {
      if (bytes[7] === 0x30 && bytes[8] === 0x03) gone.abort();
      return write(bytes);
    };
    expect(await readWords(reader, undefined, { signal: gone.signal })).toEqual(['waiting', 'reading']);
  });

  it('knows the reader by its security module', async () => {
    const { reader } = await setUp();
    expect(reader.samId()).toBe('05.01-20240101-0001234567-3000000001');
  });

  it('does not give the card left by one person to the next', async () => {
    const { device, reader } = await setUp();
    device.place(syntheticCards.jia);
    expect((await readWords(reader)).at(-1)).toBe(jia);
    const words = await readWords(reader, (word) => {
      if (word === 'retry unreadable') device.remove();
      if (word === 'waiting') setTimeout(() => device.place(syntheticCards.yi), 40);
    });
    expect(words).toEqual(['waiting', 'retry unreadable', 'waiting', 'reading', yi]);
  });

  it('does not take an answer that was meant for the person before', async () => {
    const { device, link, reader } = await setUp();
    device.place(syntheticCards.jia);
    const left = new AbortController();
    await readWords(
      reader,
      (word) => {
        if (word !== 'reading') return;
        link.faults.replace({ kind: 'delay', ms: 45 });
        const write = link.write.bind(link);
        link.write = (bytes) => {
          if (bytes[7] === 0x30 && bytes[8] === 0x01) {
            link.write = write;
            setTimeout(() => left.abort(), 5);
          }
          return write(bytes);
        };
      },
      { signal: left.signal },
    );
    link.faults.replace({ kind: 'delay', ms: 0 });
    device.remove();
    device.place(syntheticCards.yi);
    expect((await readWords(reader)).at(-1)).toBe(yi);
  });

  it('never mixes two cards, however the answers are cut', async () => {
    for (const at of [0, 6, 13, 200, 700, 1290]) {
      const { device, link, reader } = await setUp();
      device.place(syntheticCards.jia);
      let swapped = false;
      const reading = readWords(reader, (word) => {
        if (word !== 'reading' || swapped) return;
        swapped = true;
        link.inject({ kind: 'drop', at });
        setTimeout(() => {
          device.remove();
          device.place(syntheticCards.yi);
        }, 15);
      });
      expect([jia, yi]).toContain((await reading).at(-1));
    }
  });

  it('ends in time, when told to stop, and speaks to the reader only while reading', async () => {
    const { device, reader } = await setUp();
    expect(await readWords(reader, undefined, { timeoutMs: 60 })).toEqual(['waiting', 'failed timed_out']);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect(await readWords(reader, undefined, { signal: stop.signal })).toEqual(['waiting']);
    const finds = device.heard.get('2001');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(device.heard.get('2001')).toBe(finds);
    expect(device.heard.get('11ff')).toBeGreaterThan(1);
  });
});

describe('broken readers', () => {
  it('tells a silent reader and heals', async () => {
    const { device, reader } = await setUp();
    const words = await readWords(reader, (word) => word === 'waiting' && device.set({ silent: true }));
    expect(words).toEqual(['waiting', 'failed reader_silent']);
    expect(reader.status()).toEqual({ state: 'fault', fault: 'silent' });
    expect(await readWords(reader)).toEqual(['failed reader_silent']);
    device.set({ silent: false });
    await until('ready again', () => reader.status().state === 'ready');
  });

  it('notices silence when nobody reads', async () => {
    const { device, reader } = await setUp();
    device.set({ silent: true });
    await until('silent', () => reader.status().state === 'fault');
  });

  it('tells a reader that refuses work', async () => {
    const { device, reader } = await setUp();
    device.set({ unauthorised: true });
    expect(await readWords(reader)).toEqual(['waiting', 'failed reader_silent']);
    expect(reader.status()).toEqual({ state: 'fault', fault: 'unauthorised' });
  });

  it('tells a reader that answers with what no table lists', async () => {
    const { device, log, reader } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) =>
      bytes[7] === 0x20
        ? [{ bytes: samReply({ status: 0x5a, data: new Uint8Array() }), delayMs: 0 }]
        : receive(bytes);
    expect(await readWords(reader)).toEqual(['waiting', 'failed reader_silent']);
    expect(log.lines.join()).toContain('"state":"fault","fault":"unauthorised"');
    expect(log.lines.join()).toContain('"command":"find","status":90');
    device.receive = receive;
    await until('ready again', () => reader.status().state === 'ready');
  });

  it('tells an unplugged reader at once and heals', async () => {
    const { device, link, reader } = await setUp();
    const words = await readWords(
      reader,
      (word) => word === 'waiting' && setTimeout(() => link.unplug(), 20),
    );
    expect(words).toEqual(['waiting', 'failed reader_absent']);
    expect(reader.status()).toEqual({ state: 'absent' });
    expect(await readWords(reader)).toEqual(['failed reader_absent']);
    link.replug();
    await until('ready again', () => reader.status().state === 'ready');
    device.place(syntheticCards.jia);
    expect((await readWords(reader)).at(-1)).toBe(jia);
  });

  it('asks a reader that it knows at its own speed first, so that it is soon back', async () => {
    const { device, link, reader } = await setUp();
    device.set({ silent: true });
    await until('silent', () => reader.status().state === 'fault');
    const speeds: (number | undefined)[] = [];
    const reopen = link.reopen.bind(link);
    link.reopen = (baudRate) => {
      speeds.push(baudRate);
      reopen(baudRate);
    };
    await until('all speeds', () => speeds.length === 5);
    expect(speeds.at(-1)).toBe(115_200);
    device.set({ silent: false });
    await until('ready again', () => reader.status().state === 'ready');
  });

  it('disturbs a port where nobody answers ever less', async () => {
    const device = new SimulatedCardReader();
    device.set({ silent: true });
    const link = new MemoryLink(device);
    let last = performance.now();
    const write = link.write.bind(link);
    link.write = (bytes) => {
      last = performance.now();
      return write(bytes);
    };
    open.push(new IdCardReader({ link, log: recordingLog(), today: () => '2026-06-01', timing }));
    await until('rest', () => performance.now() - last > 1000, 20_000);
    link.unplug();
    link.replug();
    await until('asked at once', () => performance.now() - last < 500, 500);
  }, 30_000);

  it('finds a reader that was set to another speed', async () => {
    const device = new SimulatedCardReader();
    const link = new MemoryLink(device);
    link.inject({ kind: 'speed', baudRate: 19_200 });
    const reader = new IdCardReader({ link, log: recordingLog(), today: () => '2026-06-01', timing });
    open.push(reader);
    await until('ready', () => reader.status().state === 'ready');
  });

  it('logs command, status and length, never what is on a card', async () => {
    const { device, log, reader } = await setUp();
    device.place(syntheticCards.jia);
    await readWords(reader);
    const text = log.lines.join('\n');
    expect(text).toContain('"command":"read","status":144,"length":1284');
    expect(text).not.toMatch(/测试|5300001990|31003900/);
  });
});
