import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readSettings, readSettingsStrictly, writeSettings } from '../../app/core/device/index.ts';
import { readinessOf } from '../../hardware/probe/index.ts';
import { modelsFolder } from '../../models/speech/index.ts';
import { SimulatorControl } from '../../tools/sim/control.ts';
import english from '../../locales/en/technician.json' with { type: 'json' };
import chinese from '../../locales/zh-CN/technician.json' with { type: 'json' };
import { slipSignature, until } from './devices.samples.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tool = (name: string): string => join(root, 'tools', name);

let dir: string;
let simulator: ChildProcess;
let control: SimulatorControl;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kiosk-sim-'));
  simulator = spawn(process.execPath, [tool('sim.ts'), '--dir', dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  simulator.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  await until('simulators', () => said.includes('type help'), 10_000);
  control = await SimulatorControl.connect(dir);
});
afterAll(async () => {
  control.close();
  const ended = new Promise((resolve) => simulator.once('exit', resolve));
  simulator.kill('SIGTERM');
  await ended;
  rmSync(dir, { recursive: true, force: true });
});

/** What the tool says and how it ends. */
function device(...given: string[]): Promise<{ code: number; said: string }> {
  return deviceWithHands(given);
}

/** The same with somebody at the terminal, who does or types what `react` says to each line. */
function deviceWithHands(
  given: string[],
  react: (line: string, type: (answer: string) => void) => void = () => undefined,
): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [tool('device.ts'), ...given], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: out + err });
    });
    const type = (answer: string) => child.stdin?.write(`${answer}\n`);
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => react(line, type));
  });
}

const ports = (): string[] => ['--port', join(dir, 'printer'), '--port', join(dir, 'card-reader')];
const queue = (): string => join(dir, 'queue-counter');
const papers = (): string => `socket:${join(dir, 'cups.sock')}`;
const home = (): string => join(dir, 'home');

describe('npm run device', () => {
  it('finds printer, reader, queue counter and A4 printer by asking, and says what is at the other ports', async () => {
    const named = [...ports(), '--port', queue(), '--port', '/nowhere', '--queue', papers()];
    const { code, said } = await device('probe', '--json', ...named);
    expect(code).toBe(0);
    const maker = '';
    expect(JSON.parse(said)).toEqual([
      {
        ...{ kind: 'printer', path: join(dir, 'printer'), baudRate: 115_200, states: '12 12 12 12', maker },
        told: {
          ...{ firmware: '1.00', maker: 'SIMULATED', model: 'SIMULATED 80', serial: '0001' },
          ...{ font: 'CHINA.GB2312', 'GS I 1': '20', 'GS I 2': '03', 'GS I 3': '01' },
        },
      },
      {
        ...{ kind: 'card_reader', path: join(dir, 'card-reader'), baudRate: 115_200, maker },
        speeds: [115_200, 9600, 19_200, 38_400, 57_600],
        samId: '05.01-20240101-0001234567-3000000001',
      },
      { kind: 'queue_counter', path: queue(), baudRate: 115_200, hall: 'SIMULATED HALL', maker },
      { kind: 'missing', path: '/nowhere', maker },
      { kind: 'document_printer', queue: papers(), state: 'ready' },
    ]);
    expect(await device('probe', '--port', '/nowhere')).toEqual({ code: 1, said: '/nowhere  missing\n' });
    expect(await device('probe', '--queue', 'socket:/nowhere')).toEqual({
      code: 1,
      said: 'socket:/nowhere  A4 printer  absent\n',
    });
  }, 60_000);

  it('finds nothing at a silent port, and asks at every speed', async () => {
    await control.silence('reader');
    const { code, said } = await device('probe', '--port', join(dir, 'card-reader'));
    await control.speak('reader');
    expect([code, said]).toEqual([1, `${join(dir, 'card-reader')}  silent\n`]);
  });

  it('writes what it found, tests it, and shows a card masked', async () => {
    const wrong = await device('profile', '--home', home(), '--printer-profile', 'axe', ...ports());
    expect(wrong).toMatchObject({ code: 2, said: expect.stringContaining('no printer profile "axe"') });
    const all = [...ports(), '--port', queue(), '--queue', papers()];
    expect((await device('profile', '--home', home(), ...all)).code).toBe(0);
    expect(readSettings(home())).toMatchObject({
      source: 'own',
      settings: {
        documentPrinter: { queue: papers() },
        queueCounter: { path: queue(), baudRate: 115_200 },
        printer: { path: join(dir, 'printer'), profile: 'generic-80mm', baudRate: 115_200 },
        cardReader: { path: join(dir, 'card-reader') },
      },
    });
    await control.takeSlips();
    await control.placeCard('jia');
    const { code, said } = await device('test', '--home', home(), '--card');
    expect(code).toBe(0);
    expect(said).toContain('read resident 测** 530***********0011');
    expect(said).not.toMatch(/测试甲|530000199001010011/);
    expect(said).toContain('可以使用');
    const page = await control.takeSlips();
    for (const text of ['测试页', chinese.test_page.font_gb2312, chinese.test_page.font_gbk])
      expect(slipSignature(page.at(-1)).join()).toContain(text);
    expect(slipSignature(page.at(-1))).toContain('picture');
    expect(await control.send('documents')).toHaveLength(1);
    expect(said).toMatch(/readMs \d+, card resident/);
  }, 60_000);

  it('says when the A4 page does not come out, and leaves the machine ready', async () => {
    await control.send('a4', 'holds');
    const { code, said } = await device('test', '--home', home());
    await control.send('a4', 'ready');
    expect([code, said]).toEqual([0, expect.stringContaining('A03 A4 测试页没有打出来')]);
    expect(said).toContain('page interrupted (held)');
  }, 60_000);

  it('has cover and paper moved, and says what the printer does not tell', async () => {
    const moves: Readonly<Record<string, [command: string, argument?: string]>> = {
      [chinese.hands.open_cover]: ['cover', 'open'],
      [chinese.hands.close_cover]: ['cover', 'closed'],
      [chinese.hands.take_paper]: ['paper-out'],
      [chinese.hands.put_paper]: ['paper-ok'],
    };
    const { code, said } = await deviceWithHands(['test', '--home', home(), '--check', '--hands'], (line) => {
      const move = moves[line];
      if (move) void control.send(...move);
    });
    expect([code, said]).toEqual([0, expect.not.stringMatching(/P1[01]/)]);
  }, 60_000);

  it('tries every way to code and to cut, and writes what came out well as a profile', async () => {
    const slips: number[] = [];
    const { code, said } = await deviceWithHands(
      ['profile', '--home', join(dir, 'tried'), '--try', ...ports()],
      (line, type) => {
        if (line === chinese.try.font) type('2');
        if (line === chinese.try.codes) type('3 1');
        if (line === chinese.try.cuts) type('4');
        if (line.startsWith('请') || line === chinese.try.cuts)
          void control.takeSlips().then(({ length }) => slips.push(length));
      },
    );
    expect(code).toBe(0);
    const profile = join(dir, 'tried', 'printer-profile.json');
    expect(said).toContain(profile);
    expect(readSettingsStrictly(join(dir, 'tried')).printer).toEqual({
      ...{ path: join(dir, 'printer'), baudRate: 115_200, profile },
    });
    expect(JSON.parse(readFileSync(profile, 'utf8'))).toMatchObject({
      ...{ name: 'SIMULATED 80', fontRom: 'gbk', qr: 'masung', cut: 'esc-m', dots: 576 },
    });
    // Four codes and five cuts, each on a slip of its own; ours are printed again with what was written.
    expect(slips.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(9);
    expect((await device('test', '--home', join(dir, 'tried'))).code).toBe(0);
  }, 120_000);

  it('keeps the profile of the printer that is set, and leaves a file alone that it cannot read', async () => {
    const before = readSettingsStrictly(home());
    const printer = { ...before.printer!, profile: 'snbc-bt-t080' };
    writeSettings(home(), { ...before, printer });
    expect((await device('profile', '--home', home(), ...ports())).code).toBe(0);
    expect(readSettingsStrictly(home()).printer).toEqual(printer);
    const file = join(home(), 'device.json');
    writeFileSync(file, '{ "v": 1,');
    for (const command of ['profile', 'test'])
      expect(await device(command, '--home', home(), ...ports())).toMatchObject({
        code: 2,
        said: expect.stringContaining('device.json cannot be read'),
      });
    expect(readFileSync(file, 'utf8')).toBe('{ "v": 1,');
    writeSettings(home(), { ...before, printer });
  }, 60_000);

  it('is not ready when the test page fails, and prints nothing when only asked to look', async () => {
    await control.takeSlips();
    await control.paperOutAt(300);
    const failed = await device('test', '--home', home());
    expect([failed.code, failed.said]).toEqual([1, expect.stringContaining('P09 测试页没有打出来')]);
    await control.paperOk();
    // The printer goes on with what it had taken of the page.
    do await sleep(500);
    while ((await control.takeSlips()).length > 0);
    expect((await device('test', '--home', home(), '--check')).code).toBe(0);
    expect(await control.takeSlips()).toEqual([]);
  }, 60_000);

  it('names the fault and what to do, in both languages and as JSON', async () => {
    await control.removeCard();
    await control.paperOut();
    const { code, said } = await device('test', '--home', home(), '--check');
    expect(code).toBe(1);
    expect(said).toContain('P02 没有纸');
    expect(said).toContain('换一卷纸');
    const json = await device('test', '--home', home(), '--check', '--json', '--language', 'en');
    await control.paperOk();
    const report = JSON.parse(json.said) as { ready: boolean; checks: { faults: object[] }[] };
    expect(report.ready).toBe(false);
    expect(report.checks[0]?.faults).toContainEqual({
      code: 'P02',
      what: 'No paper',
      fix: english.fault.P02.fix,
    });
  }, 60_000);

  it('says whether a model of speech is there and whole, where there is a microphone for it', async () => {
    const before = readSettingsStrictly(home());
    const microphone = { device: `socket:${join(dir, 'microphone.sock')}` };
    const faults = async () => {
      const { code, said } = await device('test', '--home', home(), '--check');
      return [code, ...said.matchAll(/^ {2}(M\d\d)/gm)].map((found) =>
        Array.isArray(found) ? found[1] : found,
      );
    };
    const model = join(modelsFolder(home()), 'test-voice');
    cpSync(join(root, 'models/speech/test'), model, { recursive: true });
    writeSettings(home(), { ...before, microphone });
    // A voice made for tests listens to nobody.
    expect(await faults()).toEqual([0, 'M08']);
    writeSettings(home(), { ...before, microphone, testModels: true });
    expect(await faults()).toEqual([0]);
    const tokens = readFileSync(join(model, 'tokens.txt'));
    writeFileSync(join(model, 'tokens.txt'), tokens.fill(0x20, 0, 1));
    expect(await faults()).toEqual([0, 'M09']);
    rmSync(model, { recursive: true });
    writeSettings(home(), before);
  }, 60_000);

  it('explains itself and refuses what it does not know', async () => {
    expect((await device('--help')).said).toContain('probe|test|profile');
    expect(await device('explode')).toMatchObject({ code: 2 });
  });
});

describe('fault codes', () => {
  it('have words in both languages and a line in docs/field', () => {
    expect(Object.keys(english.fault)).toEqual(Object.keys(chinese.fault));
    const folder = join(root, 'docs/field');
    const pages = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    for (const [code, { what, fix }] of Object.entries(chinese.fault))
      expect(pages.filter((page) => page.includes(`| ${code} | ${what} | ${fix} |`))).toHaveLength(1);
  });

  it('of optional devices and warnings leave the machine ready', () => {
    const check = (device: 'printer' | 'speaker', ...codes: ('P02' | 'P07' | 'P09' | 'S03')[]) =>
      readinessOf([{ device, codes, facts: {} }]).ready;
    expect([check('printer', 'P07'), check('speaker', 'S03')]).toEqual([true, true]);
    expect([check('printer', 'P02'), check('printer', 'P09')]).toEqual([false, false]);
  });
});
