import { afterEach, describe, expect, it } from 'vitest';

import { jia, readWords, readyReader, yi } from '../../tests/contract/card-reader.samples.ts';
import type { IdCardReader } from './index.ts';
import { syntheticAddress, syntheticCards } from './synthetic-card.ts';

const open: IdCardReader[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

async function setUp() {
  const opened = await readyReader();
  open.push(opened.reader);
  return opened;
}

describe('reading a card', () => {
  it('reads through noise, doubled answers, fragments and delays at once', async () => {
    const { device, link, reader } = await setUp();
    device.set({ noise: true, doubled: true });
    link.inject({ kind: 'fragment', bytes: 1 }, { kind: 'delay', ms: 3 });
    device.place(syntheticCards.yi);
    expect(await readWords(reader)).toEqual(['waiting', 'reading', yi]);
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
    // Whether the card before was read nobody knows: the one that lies there now may be the same.
    const words = await readWords(reader, (word) => {
      if (word !== 'retry unreadable') return;
      device.remove();
      setTimeout(() => device.place(syntheticCards.yi), 60);
    });
    expect(words).toEqual(['waiting', 'retry unreadable', 'waiting', 'reading', yi]);
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

  it.each<[what: string, card: Uint8Array | 'other', damaged: boolean, end: string]>([
    ['of an unknown kind', syntheticCards.unknown, false, 'failed unsupported_card'],
    ['that is no identity card', 'other', false, 'failed unsupported_card'],
    ['that cannot be read', syntheticCards.jia, true, 'failed timed_out'],
  ])('knows of a card %s until it is lifted, and reads none before', async (_, card, damagedCard, end) => {
    const { device, reader } = await setUp();
    expect(reader.cardLies()).toBe(false);
    device.set({ damagedCard });
    device.place(card);
    let during: boolean | undefined;
    const each = (word: string) => {
      if (word !== 'waiting') during = reader.cardLies();
    };
    expect((await readWords(reader, each, { timeoutMs: 400 })).at(-1)).toBe(end);
    expect([during, reader.cardLies()]).toEqual([true, true]);
    const { signal } = new AbortController();
    expect(await reader.lifted({ signal, timeoutMs: 60 })).toBe('still_there');
    device.set({ damagedCard: false });
    expect((await readWords(reader, undefined, { timeoutMs: 200 })).join()).toBe(
      'waiting,retry unreadable,failed timed_out',
    );
    setTimeout(() => device.remove(), 40);
    expect(await reader.lifted({ signal, timeoutMs: 3000 })).toBe('lifted');
    expect(reader.cardLies()).toBe(false);
  });

  it('knows of no card when nobody placed one, or the reader was pulled out', async () => {
    const { device, link, reader } = await setUp();
    await readWords(reader, undefined, { timeoutMs: 60 });
    expect(reader.cardLies()).toBe(false);
    device.place('other');
    await readWords(reader);
    link.unplug();
    expect(reader.cardLies()).toBe(false);
  });
});
