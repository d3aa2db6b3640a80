import { afterEach, describe, expect, it } from 'vitest';

import { until } from '../../tests/contract/devices.samples.ts';
import { cardReaderCodes } from '../probe/index.ts';
import { openReader, readWords, readyReader } from '../../tests/contract/card-reader.samples.ts';
import { samReply } from './frame.ts';
import type { IdCardReader } from './index.ts';
import { SimulatedCardReader } from './simulator.ts';
import { syntheticCards } from './synthetic-card.ts';

const open: IdCardReader[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

async function setUp() {
  const opened = await readyReader();
  open.push(opened.reader);
  return opened;
}

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

  it('tells a reader that answers with what no table lists, which is no fault of its security module', async () => {
    const { device, log, reader } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) =>
      bytes[7] === 0x20
        ? [{ bytes: samReply({ status: 0x5a, data: new Uint8Array() }), delayMs: 0 }]
        : receive(bytes);
    expect(await readWords(reader)).toEqual(['waiting', 'failed reader_silent']);
    expect(log.lines.join()).toContain('"state":"fault","fault":"unknown_status"');
    expect(log.lines.join()).toContain('"command":"find","status":90');
    expect(cardReaderCodes({ state: 'fault', fault: 'unknown_status' })).toEqual(['R05']);
    device.receive = receive;
    await until('ready again', () => reader.status().state === 'ready');
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
    const silent = new SimulatedCardReader();
    silent.set({ silent: true });
    const { link, reader } = openReader(silent);
    open.push(reader);
    let last = performance.now();
    const write = link.write.bind(link);
    link.write = (bytes) => {
      last = performance.now();
      return write(bytes);
    };
    await until('rest', () => performance.now() - last > 1000, 20_000);
    link.unplug();
    link.replug();
    await until('asked at once', () => performance.now() - last < 500, 500);
  }, 30_000);

  it('finds a reader that was set to another speed', async () => {
    const { link, reader } = openReader();
    open.push(reader);
    link.inject({ kind: 'speed', baudRate: 19_200 });
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
