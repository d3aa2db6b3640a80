import { describe, expect, it } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import {
  rareDocument,
  sampleDocument,
  slipLines,
  slipSignature,
  until,
} from '../../tests/contract/devices.samples.ts';
import {
  plainLines,
  printersOfAFile,
  profileOf,
  quickTiming,
} from '../../tests/contract/receipt-printer.samples.ts';
import { encodeReceipt } from './encoder.ts';
import { findLineArtist, printerProfileNames } from './index.ts';
import { SimulatedPrinter } from './simulator.ts';

const { setUp } = printersOfAFile();

describe('printing', () => {
  it.each(printerProfileNames)('prints what the layout shows: %s', async (name) => {
    const { profile, device, printer } = await setUp(name);
    const shares: number[] = [];
    expect(await printer.print(sampleDocument, { onProgress: (share) => shares.push(share) })).toEqual({
      kind: 'printed',
    });
    const [slip] = device.takeSlips();
    expect(slipSignature(slip)).toEqual(
      slipLines(
        printer.layout(sampleDocument),
        profile.columns,
        (text) => profile.fontRom === 'ascii' && /\P{ASCII}/u.test(text),
      ),
    );
    expect(slip?.cut).toBe(profile.cut !== 'tear-bar');
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('draws lines with characters that the font of the printer lacks', async () => {
    const { profile, device, printer } = await setUp('generic-58mm');
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(slipSignature(device.slips()[0])).toEqual(
      slipLines(printer.layout(rareDocument), profile.columns, (text) => text !== '普通的一行'),
    );
  });

  it('prints 〓 where nothing can be drawn', () => {
    const bytes = Buffer.concat(encodeReceipt(layoutReceipt(rareDocument, 48), profileOf('generic-80mm')));
    const device = new SimulatedPrinter();
    device.receive(bytes);
    expect(slipSignature(device.slips()[0]).join()).toContain('〓先生与〓女士');
  });

  it('draws different pictures for different characters and a mark for unknown ones', () => {
    const draw = findLineArtist()!;
    const style = { scale: 1, bold: false } as const;
    const rows = (text: string): string => Buffer.from(draw(text, style)!.rows).toString('hex');
    expect(rows('喆')).not.toBe(rows('堃'));
    expect(rows('🙂')).toBe(rows('〓'));
  });
});

describe('broken things', () => {
  it.each([
    ['paperOut', 'paper_out'],
    ['coverOpen', 'cover_open'],
    ['cutterJam', 'cutter_jam'],
    ['overheated', 'overheated'],
  ] as const)('sends nothing with %s and heals', async (trouble, reason) => {
    const { device, printer } = await setUp();
    device.set({ [trouble]: true });
    const before = device.workedOff;
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason });
    expect(printer.status()).toEqual({ state: 'fault', fault: reason });
    device.set({ [trouble]: false });
    expect(device.workedOff).toBe(before);
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('notices trouble when idle, and paper that ends soon does not stop it', async () => {
    const { device, printer } = await setUp();
    device.set({ nearEnd: true });
    await until('paper low', () => {
      const status = printer.status();
      return status.state === 'ready' && status.paperLow;
    });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    device.set({ coverOpen: true });
    await until('cover', () => printer.status().state === 'fault');
  });

  it('notices the unplugged cable anywhere in a job and heals', async () => {
    for (const at of [0, 40, 700, 4000]) {
      const { link, printer, device } = await setUp();
      // The first job begins with a clean-up.
      await printer.print(plainLines);
      link.unplug(at + 12);
      const outcome = await printer.print(sampleDocument);
      expect(outcome).toMatchObject(
        at === 0 ? { reason: 'absent' } : { kind: 'interrupted', reason: 'absent' },
      );
      expect(printer.status()).toEqual({ state: 'absent' });
      device.powerCycle();
      link.replug();
      await until('ready again', () => printer.status().state === 'ready');
      expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    }
  });

  it('is not misled by flow control and broken bytes between the answers', async () => {
    const { device, printer } = await setUp();
    device.set({ noise: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    device.set({ coverOpen: true });
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'cover_open' });
  });

  it.each(['generic-80mm', 'custom-vkp80iii'])('reads slow answers right: %s', async (name) => {
    // Later than the first limit, and sooner than the last on a busy machine too.
    const timing = { ...quickTiming, answers: [30, 60, 2000] };
    const { device, printer } = await setUp(name, undefined, timing);
    device.set({ answerDelayMs: 40 });
    device.set({ coverOpen: true });
    await until('cover', () => {
      const status = printer.status();
      return status.state === 'fault' && status.fault === 'cover_open';
    });
    device.set({ coverOpen: false });
    await until('ready again', () => printer.status().state === 'ready');
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
  });

  it('logs no text of a slip', async () => {
    const { printer, log } = await setUp();
    await printer.print(sampleDocument);
    expect(log.lines.join()).toContain('job ended');
    expect(log.lines.join()).not.toMatch(/\p{Script=Han}/u);
  });
});
