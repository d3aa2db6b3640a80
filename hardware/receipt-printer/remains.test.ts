import { describe, expect, it } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import {
  rareDocument,
  sampleDocument,
  slipLines,
  slipSignature,
  until,
} from '../../tests/contract/devices.samples.ts';
import { plainLines, printersOfAFile, profileOf } from '../../tests/contract/receipt-printer.samples.ts';
import { encodeReceipt } from './encoder.ts';
import { SimulatedPrinter } from './simulator.ts';

const { setUp } = printersOfAFile();

describe('what an earlier slip left', () => {
  it('keeps the rest of an interrupted slip apart from the next one', async () => {
    const { device, printer, profile } = await setUp();
    await printer.print(plainLines);
    device.takeSlips();
    device.set({ paperOutAt: 900 });
    await printer.print(sampleDocument);
    device.set({ paperOut: false });
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips().at(-1))).toEqual(
      slipLines(printer.layout(rareDocument), profile.columns, (text) => /[𠮷喆]/u.test(text)),
    );
    expect(device.slips()).toHaveLength(2);
  });

  it('prints, feeds and cuts nothing before somebody prints', async () => {
    const device = new SimulatedPrinter();
    const receive = device.receive.bind(device);
    const came: number[] = [];
    device.receive = (bytes) => {
      came.push(...bytes);
      return receive(bytes);
    };
    await setUp('generic-80mm', device);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const said = Buffer.from(came).toString('hex');
    expect(said.replaceAll(/1004(01|02|03|04)|1d6100/g, '')).toBe('');
  });

  it('finds a printer that waits for the rest of a picture of a driver that died', async () => {
    const device = new SimulatedPrinter();
    device.receive(Buffer.from('1d7630004800f000', 'hex'));
    const { printer } = await setUp('generic-80mm', device);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('cuts off what a driver that died left behind, before the first job', async () => {
    const profile = profileOf('generic-80mm');
    const pieces = encodeReceipt(layoutReceipt(sampleDocument, profile.columns), profile);
    const device = new SimulatedPrinter({ columns: profile.columns });
    device.receive(Buffer.concat(pieces).subarray(0, 400));
    const { printer } = await setUp('generic-80mm', device);
    expect(device.slips()).toMatchObject([{ cut: false }]);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    const [left, ...printed] = device.slips();
    expect(left?.cut).toBe(true);
    expect(printed.map(slipSignature)).toEqual([
      slipLines(printer.layout(sampleDocument), profile.columns, () => false),
    ]);
  });

  it('recovers a printer that waits for the rest of a picture', async () => {
    const { device, printer, profile, link } = await setUp();
    link.unplug(4000);
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'interrupted', reason: 'absent' });
    link.replug();
    await until('ready again', () => printer.status().state === 'ready');
    device.takeSlips();
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips().at(-1))).toEqual(
      slipLines(printer.layout(sampleDocument), profile.columns, () => false),
    );
  });

  it('sends no rest of a slip to a later connection', async () => {
    const { device, printer, link } = await setUp();
    const outcome = await printer.print(sampleDocument, {
      onProgress: (share) => {
        if (share > 0.5) return;
        link.unplug();
        link.replug();
      },
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
    await until('ready again', () => printer.status().state === 'ready');
    expect(device.takeSlips()).toMatchObject([{ cut: true }]);
  });

  it('keeps a cancelled slip that could not be cut apart from the next one', async () => {
    const { device, printer, link } = await setUp();
    const stop = new AbortController();
    const outcome = await printer.print(sampleDocument, {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
        link.unplug();
      },
    });
    expect(outcome).toEqual({ kind: 'interrupted', reason: 'absent' });
    link.replug();
    await until('ready again', () => printer.status().state === 'ready');
    expect(device.slips()).toMatchObject([{ cut: true }]);
  });
});
