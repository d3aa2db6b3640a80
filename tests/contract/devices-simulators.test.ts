import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { encodeReceipt } from '../../hardware/receipt-printer/encoder.ts';
import { findLineArtist, printLayout, shippedPrinterProfile } from '../../hardware/receipt-printer/index.ts';
import { openDevices } from '../../hardware/registry.ts';
import { runCommand } from '../../tools/sim/commands.ts';
import { SimulatorControl } from '../../tools/sim/control.ts';
import { SimulatedStation } from '../../tools/sim/station.ts';
import { rareDocument, testEdges, until } from './devices.samples.ts';

const run = promisify(execFile);
const tool = (name: string): string => fileURLToPath(new URL(`../../tools/${name}`, import.meta.url));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kiosk-sim-'));
});
const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
  }
  rmSync(dir, { recursive: true, force: true });
});

async function startSimulators(...options: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [tool('sim.ts'), '--dir', dir, ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  await until('started', () => said.includes('type help') || child.exitCode !== null, 10_000);
  return child;
}

describe('npm run sim', () => {
  it('explains itself', async () => {
    const { stdout } = await run(process.execPath, [tool('sim.ts'), '--help']);
    for (const word of [
      '--dir',
      '--keep-slips',
      '--flow',
      'place-card',
      'pull-at',
      'bad-checksum',
      'delay',
      'fragments',
      'garbage',
      'flip',
      'silence',
      'unplug',
      'replug',
      'paper-low',
      'paper-out-at',
      'cover',
      'cutter',
      'say',
      'microphone live|muted|dead',
      'heard',
      'a4',
      'control.sock',
    ]) {
      expect(stdout).toContain(word);
    }
    await expect(run(process.execPath, [tool('sim.ts'), '--paper', '70'])).rejects.toMatchObject({ code: 1 });
  });

  it('says in one line what is missing', async () => {
    const failed = run(process.execPath, [tool('sim.ts'), '--dir', dir], { env: { PATH: dir } });
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^sim: .*socat or python3.*\n$/),
    });
  });

  it('leaves nothing behind on SIGTERM, and runs once per folder', async () => {
    const child = await startSimulators();
    expect(readdirSync(dir).sort()).toEqual([
      'card-reader',
      'control.sock',
      'cups.sock',
      'microphone.sock',
      'printer',
      'queue-counter',
      'speaker.sock',
    ]);
    const second = await startSimulators();
    expect(second.exitCode).toBe(1);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('starts again after it was killed', async () => {
    const child = await startSimulators();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    await startSimulators();
    const control = await SimulatorControl.connect(dir);
    expect(await control.send('status')).toMatchObject({
      printer: { plugged: true },
      reader: { card: false },
    });
    control.close();
  });

  it('refuses wrong commands with a reason', async () => {
    await startSimulators();
    const control = await SimulatorControl.connect(dir);
    await expect(control.send('explode')).rejects.toThrow('no such command');
    await expect(control.send('place-card', 'nobody')).rejects.toThrow('jia');
    await expect(control.send('paper-out-at', '-3')).rejects.toThrow('whole number');
    await expect(control.send('unplug', 'keyboard')).rejects.toThrow('printer, reader, counter');
    control.close();
  });

  it('keeps pictures of slips only when told to', async () => {
    await startSimulators('--keep-slips', '--paper', '58');
    const printer = { path: join(dir, 'printer'), profile: 'generic-58mm', baudRate: 115_200 };
    const devices = openDevices({ printer }, testEdges());
    await until('ready', () => devices.printer.status().state === 'ready');
    expect(await devices.printer.print(rareDocument)).toEqual({ kind: 'printed' });
    // A tear-bar printer finishes a slip when the next one begins.
    expect(await devices.printer.print(rareDocument)).toEqual({ kind: 'printed' });
    await devices.close();
    const kept = join(dir, 'slips', 'slip-001.png');
    await until('picture', () => existsSync(kept));
  });

  it('reads a card on a machine whose clock has stopped as on any other', async () => {
    await startSimulators();
    const control = await SimulatorControl.connect(dir);
    const seen: string[] = [];
    for (const day of ['1989-12-31', '2026-06-01']) {
      const devices = openDevices({ cardReader: { path: join(dir, 'card-reader') } }, testEdges(day));
      await until('ready', () => devices.cardReader.status().state === 'ready');
      await control.placeCard('jia');
      for await (const { kind } of devices.cardReader.read({
        signal: new AbortController().signal,
        timeoutMs: 8000,
      })) {
        if (kind === 'waiting' || kind === 'reading') continue;
        seen.push(kind);
        break;
      }
      await control.removeCard();
      await devices.close();
    }
    control.close();
    expect(seen).toEqual(['read', 'read']);
  });
});

describe('commands', () => {
  it.each([
    ['cover', 'open', { printer: { coverOpen: true } }],
    ['cutter', 'jam', { printer: { jamAtCut: true } }],
    ['cutter', 'ok', { printer: { jamAtCut: false, cutterJam: false } }],
    ['paper-low', '', { printer: { nearEnd: true } }],
    ['paper-out-at', '300', { printer: { paperOutAt: 300 } }],
    ['garbage', 'counter on', { counter: { noise: true } }],
    ['silence', 'reader', { reader: { silent: true } }],
    ['bad-checksum', 'reader', { reader: { badChecksum: true } }],
    ['damaged-card', 'on', { reader: { damagedCard: true } }],
    ['pull-at', '9', { reader: { pullAtBlock: 9 } }],
    ['place-card', 'yi', { reader: { card: true } }],
    ['hall', 'full', { counter: { refusal: 'full' } }],
    ['a4', 'holds', { a4: { trouble: 'holds' } }],
    ['microphone', 'muted', { microphone: { state: 'muted' } }],
  ])('%s %s does what it says', async (name, argument, expected) => {
    const station = new SimulatedStation({ dir, baudRate: 115_200, columns: 48, keepSlips: false });
    expect(await runCommand(station, name, argument)).toBeNull();
    expect(await runCommand(station, 'status', '')).toMatchObject(expected);
  });

  it.each([
    ['delay printer 40', { delayMs: 40, pieces: [Uint8Array.of(1, 2)] }],
    ['fragments printer 1', { delayMs: 0, pieces: [Uint8Array.of(1), Uint8Array.of(2)] }],
    ['flip printer 1', { delayMs: 0, pieces: [Uint8Array.of(1, 0x12)] }],
  ])('%s hurts the line', async (command, expected) => {
    const station = new SimulatedStation({ dir, baudRate: 115_200, columns: 48, keepSlips: false });
    const [name = '', ...argument] = command.split(' ');
    await runCommand(station, name, argument.join(' '));
    expect(station.lines.printer.pass(Uint8Array.of(1, 2))).toEqual(expected);
  });
});

describe('print-picture', () => {
  it('draws what a printer makes of bytes', async () => {
    const profile = shippedPrinterProfile('generic-80mm');
    if (!profile.ok) throw new Error(profile.failure);
    const bytes = encodeReceipt(
      printLayout(rareDocument, profile.value).lines,
      profile.value,
      findLineArtist(),
    );
    writeFileSync(join(dir, 'slip.bin'), Buffer.concat(bytes));
    await run(process.execPath, [tool('print-picture.ts'), join(dir, 'slip.bin'), join(dir, 'slip.png')]);
    const picture = PNG.sync.read(readFileSync(join(dir, 'slip.png')));
    expect([picture.width, picture.height]).toEqual([48 * 12 + 56, 3 * 32 + 56]);
    expect(picture.data.filter((value, at) => at % 4 === 0 && value < 80).length).toBeGreaterThan(1000);
    writeFileSync(join(dir, 'empty.bin'), '');
    await expect(
      run(process.execPath, [tool('print-picture.ts'), join(dir, 'empty.bin'), join(dir, 'slip.png')]),
    ).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('print nothing') });
  });
});
