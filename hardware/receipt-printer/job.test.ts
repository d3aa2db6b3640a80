import { describe, expect, it } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import { sampleDocument, until } from '../../tests/contract/devices.samples.ts';
import { plainLines, printersOfAFile } from '../../tests/contract/receipt-printer.samples.ts';
import { encodeReceipt } from './encoder.ts';
import { SimulatedPrinter } from './simulator.ts';

const { setUp } = printersOfAFile();

describe('the verdict on a slip', () => {
  it('says interrupted wherever in the job the paper ends, printed only when all is on paper', async () => {
    const { device, printer, profile } = await setUp();
    // The first job begins with a clean-up.
    await printer.print(plainLines);
    const total = Buffer.concat(
      encodeReceipt(layoutReceipt(sampleDocument, profile.columns), profile),
    ).length;
    for (let at = 0; at <= total + 20; at += 173) {
      device.takeSlips();
      device.set({ paperOutAt: at });
      const outcome = await printer.print(sampleDocument);
      if (at >= total + 3) expect(outcome).toEqual({ kind: 'printed' });
      else expect([at, outcome]).toEqual([at, { kind: 'interrupted', reason: 'paper_out' }]);
      device.set({ paperOut: false, paperOutAt: undefined });
      await until('ready again', () => printer.status().state === 'ready');
    }
  }, 30_000);

  it('does not claim a slip that was not cut', async () => {
    const { device, printer } = await setUp();
    await printer.print(plainLines);
    device.set({ jamAtCut: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'cutter_jam' });
  });

  it('falls silent in mid-job: interrupted', async () => {
    const { device, printer } = await setUp();
    const outcome = await printer.print(sampleDocument, {
      onProgress: (share) => share > 0.5 && device.set({ silent: true }),
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it.each(['generic-80mm', 'custom-vkp80iii'])(
    'claims no slip of which a deaf printer may have missed a part: %s',
    async (name) => {
      const { device, printer } = await setUp(name);
      // The first job begins with a clean-up.
      await printer.print(plainLines);
      const receive = device.receive.bind(device);
      let deaf: 'soon' | 'once more' | 'no longer' = 'soon';
      device.receive = (bytes) => {
        if (deaf === 'no longer') return receive(bytes);
        if (deaf === 'soon' && bytes.length < 100) return receive(bytes);
        // The first part of the slip is lost, and the question after it; the question asked again is answered.
        deaf = deaf === 'soon' ? 'once more' : 'no longer';
        return [];
      };
      expect(await printer.print(plainLines)).toEqual({ kind: 'interrupted', reason: 'offline' });
      expect(deaf).toBe('no longer');
      await until('ready again', () => printer.status().state === 'ready');
      expect(await printer.print(plainLines)).toEqual({ kind: 'printed' });
    },
  );

  it('claims no slip after an answer that nobody asked for', async () => {
    const { device, printer } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) => {
      const replies = receive(bytes);
      return bytes.length < 100 ? replies : [...replies, { bytes: Uint8Array.of(0), delayMs: 0 }];
    };
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'offline' });
  });

  it('waits for the motor of a printer that tells of it, however soon its slip should be printed', async () => {
    const device = new SimulatedPrinter({ columns: 48, mmPerSecond: 400 });
    const { printer } = await setUp('custom-vkp80iii', device);
    const started = performance.now();
    const lengthMm = 30;
    expect(await printer.print({ title: 'Test', blocks: [{ kind: 'text', text: 'line' }] })).toEqual({
      kind: 'printed',
    });
    expect(performance.now() - started).toBeGreaterThan((lengthMm / 400) * 1000);
  });

  it('claims no slip while the motor of the printer does not stop', async () => {
    const device = new SimulatedPrinter({ columns: 48, mmPerSecond: 10 });
    const { printer } = await setUp('custom-vkp80iii', device);
    expect((await printer.print(sampleDocument)).kind).not.toBe('printed');
  });

  it('cancels what has not been sent', async () => {
    const { device, printer } = await setUp();
    const stop = new AbortController();
    const outcome = await printer.print(sampleDocument, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
    expect(device.slips()).toMatchObject([{ cut: true }]);
    expect(await printer.print(sampleDocument, { signal: AbortSignal.abort() })).toEqual({
      kind: 'not_started',
      reason: 'cancelled',
    });
  });

  it('does not take a stray byte of a dying line for the end of the job', async () => {
    const { device, printer } = await setUp();
    const receive = device.receive.bind(device);
    device.receive = (bytes) => {
      if (bytes[0] !== 0x1d || bytes[1] !== 0x72) return receive(bytes);
      device.set({ silent: true });
      return [{ bytes: Uint8Array.of(0), delayMs: 0 }];
    };
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'offline' });
  });
});
