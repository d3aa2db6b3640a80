import { describe, expect, it } from 'vitest';

import {
  rareDocument,
  recordingLog,
  sampleDocument,
  slipSignature,
  until,
} from '../../tests/contract/devices.samples.ts';
import { MemoryLink } from '../link/index.ts';
import {
  printersOfAFile,
  profileOf,
  quickTiming,
  sharedArtist,
} from '../../tests/contract/receipt-printer.samples.ts';
import { ReceiptPrinter } from './index.ts';
import type { PrinterProfile } from './index.ts';
import { SimulatedPrinter } from './simulator.ts';

const { open } = printersOfAFile();

describe('the mouth of a presenter', () => {
  const presenting = async (presenter: PrinterProfile['presenter'], retract = 300, slowness = 1) => {
    const name = presenter === 'fs-p' ? 'custom-vkp80iii' : 'generic-80mm';
    const profile = { ...profileOf(name), presenter };
    const device = new SimulatedPrinter({ holdsSlips: presenter === 'dle-eot-5' });
    const link = new MemoryLink(device);
    const options = { baudRate: 115_200, profile, log: recordingLog(), artist: sharedArtist };
    const slowestMmPerSecond = quickTiming.slowestMmPerSecond / slowness;
    const printer = new ReceiptPrinter({
      ...options,
      link,
      // A machine with other work answers late; here nothing is ever silent.
      timing: { ...quickTiming, retract, slowestMmPerSecond, answers: [300, 300] },
    });
    open.push(printer);
    await until('ready', () => printer.status().state === 'ready');
    const places: string[] = [];
    printer.onSlipPlace((place) => places.push(place));
    expect(await printer.print(sampleDocument)).toEqual({ kind: 'printed' });
    return { device, printer, places };
  };

  it.each(['fs-p', 'gs-e'] as const)('sees the slip taken: %s', async (presenter) => {
    const { device, printer, places } = await presenting(presenter);
    expect(printer.slipPlace()).toBe('offered');
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    expect(places).toEqual(['offered', 'taken']);
    expect(device.takeSlips()).toHaveLength(1);
  });

  it('reminds, and takes an untaken slip back', async () => {
    const { device, printer, places } = await presenting('gs-e');
    await until('back', () => printer.slipPlace() === 'retracted');
    expect(places).toEqual(['offered', 'untaken', 'retracted']);
    expect([device.mouth.retracted, device.takeSlips().length]).toEqual([1, 0]);
  });

  it('takes it back soon after the visit has ended, but not out of a hand that reaches for it', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    const swallowed = device.mouth.retracted;
    await printer.takeSlipBack();
    expect(device.mouth.holdsSlip).toBe(true);
    expect(await until('back', () => printer.slipPlace() === 'retracted')).toBeGreaterThan(20);
    expect(device.mouth.retracted).toBe(swallowed + 1);
  });

  it('gives a slip of a visit that has ended to nobody else', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    void printer.takeSlipBack();
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    const slips = device.takeSlips().map((slip) => slipSignature(slip).join());
    expect(slips).toHaveLength(1);
    expect(slips[0]).toContain('普通的一行');
  });

  it('counts the time of a printer that takes back by itself from the last byte', async () => {
    const { device, printer } = await presenting('fs-p', 300, 2);
    // The motor ran for a while after the last byte: the printer began to count before we knew that it had printed.
    await new Promise((resolve) => setTimeout(resolve, 250));
    device.mouth.retract();
    await until('back', () => printer.slipPlace() !== 'offered' && printer.slipPlace() !== 'untaken');
    expect(printer.slipPlace()).toBe('retracted');
  });

  it.each(['gs-e', 'fs-p'] as const)('follows half a slip that it pushed out: %s', async (presenter) => {
    const { device, printer } = await presenting(presenter, 200);
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    device.set({ paperOutAt: 400 });
    expect(await printer.print(sampleDocument)).toMatchObject({ kind: 'interrupted' });
    device.set({ paperOut: false });
    await until('offered', () => printer.slipPlace() === 'offered');
    expect(device.mouth.holdsSlip).toBe(true);
    if (presenter === 'gs-e') await until('back', () => printer.slipPlace() === 'retracted');
  });

  it('knows a slip that the printer took back by itself', async () => {
    const { device, printer } = await presenting('fs-p');
    await until('untaken', () => printer.slipPlace() === 'untaken');
    await new Promise((resolve) => setTimeout(resolve, 250));
    device.mouth.retract();
    await until('back', () => printer.slipPlace() === 'retracted');
  });

  it('goes on reminding where the model cannot take it back', async () => {
    const { device, printer, places } = await presenting('dle-eot-5', 200);
    await until('untaken', () => printer.slipPlace() === 'untaken');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await printer.takeSlipBack();
    expect(printer.slipPlace()).toBe('untaken');
    device.mouth.eject();
    await until('taken', () => printer.slipPlace() === 'taken');
    expect(places).toEqual(['offered', 'untaken', 'taken']);
  });

  it('makes room for the next slip of the same person', async () => {
    const { device, printer } = await presenting('gs-e', 60_000);
    expect(await printer.print(rareDocument)).toEqual({ kind: 'printed' });
    expect(device.slips()).toHaveLength(1);
    expect(device.takeSlips()).toHaveLength(2);
  });
});
