import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { layoutReceipt } from '../../app/domain/receipt/layout.ts';
import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import type { PrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { SimulatedPrinter } from '../../hardware/receipt-printer/simulator.ts';
import { openDevices } from '../../hardware/registry.ts';
import { sampleDocument, slipSignature, testEdges } from './devices.samples.ts';

function shipped(name: string): PrinterProfile {
  const profile = shippedPrinterProfile(name);
  if (!profile.ok) throw new Error(profile.failure);
  return profile.value;
}

describe('a machine without devices', () => {
  it('says so', async () => {
    const devices = openDevices({}, testEdges());
    expect(devices.printer.status()).toEqual({ state: 'absent' });
    expect(devices.printer.layout(sampleDocument).lines.length).toBeGreaterThan(10);
    expect(await devices.printer.print(sampleDocument)).toEqual({ kind: 'not_started', reason: 'absent' });
    expect(devices.cardReader.status()).toEqual({ state: 'absent' });
    const { signal } = new AbortController();
    for await (const each of devices.cardReader.read({ signal, timeoutMs: 100 }))
      expect(each).toEqual({ kind: 'failed', reason: 'reader_absent' });
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
