import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { SerialPort } from 'serialport';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { until } from '../../tests/contract/devices.samples.ts';
import { PseudoTerminal } from '../../tools/sim/pty.ts';
import { SerialLink } from './serial.ts';
import type { SerialFlow } from './link.ts';

/** What is promised of a pulled plug. */
const NOTICED_WITHIN_MS = 3_000;

let dir: string;
let path: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'serial-link-'));
  path = join(dir, 'device');
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const links: SerialLink[] = [];
const terminals: PseudoTerminal[] = [];
afterEach(async () => {
  await Promise.all(links.splice(0).map((link) => link.close()));
  await Promise.all(terminals.splice(0).map((terminal) => terminal.close()));
});

async function plug(
  receive: (bytes: Uint8Array) => void = () => undefined,
  baudRate = 115_200,
): Promise<PseudoTerminal> {
  const terminal = await PseudoTerminal.open(path, { baudRate, receive });
  terminals.push(terminal);
  return terminal;
}

function openLink(
  options: { reopenDelaysMs?: readonly number[]; baudRate?: number; flow?: SerialFlow } = {},
): SerialLink {
  const link = new SerialLink({ path, baudRate: 115_200, reopenDelaysMs: [50], ...options });
  links.push(link);
  return link;
}

describe('serial link', () => {
  it('carries all byte values both ways', async () => {
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    const terminal = await plug((bytes) => terminal.send([bytes], 0));
    const link = openLink();
    const came: number[] = [];
    link.onBytes((bytes) => came.push(...bytes));
    await until('open', () => link.state === 'open');
    expect(await link.write(every)).toEqual({ ok: true, value: undefined });
    await until('echo', () => came.length === 256);
    expect(came).toEqual([...every]);
  });

  it('notices the pulled plug within what is promised, tells it once and comes back', async () => {
    const terminal = await plug();
    const link = openLink();
    const states: string[] = [];
    link.onState((state) => states.push(state));
    await until('open', () => link.state === 'open');
    await terminal.close();
    await until('lost', () => link.state === 'lost', NOTICED_WITHIN_MS);
    await plug();
    await until('open again', () => link.state === 'open');
    expect(states).toEqual(['open', 'lost', 'open']);
  });

  it('never lets a write land in a later connection', async () => {
    const first = await plug();
    const link = openLink({ reopenDelaysMs: [300] });
    await until('open', () => link.state === 'open');
    await first.close();
    await until('lost', () => link.state === 'lost');
    expect(await link.write(Buffer.from('stale'))).toEqual({ ok: false, failure: 'not_open' });
    const came: number[] = [];
    await plug((bytes) => came.push(...bytes));
    await until('open again', () => link.state === 'open');
    await link.write(Buffer.from('fresh'));
    await until('fresh bytes', () => came.length >= 5);
    expect(Buffer.from(came).toString()).toBe('fresh');
  });

  it('waits longer after each failed attempt and tries at once when the device node comes back', async () => {
    const link = openLink({ reopenDelaysMs: [20, 40, 60_000] });
    await sleep(400);
    expect(link.state).toBe('lost');
    await plug();
    expect(await until('open', () => link.state === 'open')).toBeLessThan(2000);
  });

  it('tries again and again soon after the device node came back, and does not wait as long as before', async () => {
    const link = openLink({ reopenDelaysMs: [20, 60_000] });
    await sleep(200);
    const opening = vi.spyOn(SerialPort.prototype, 'open');
    try {
      // A node that cannot be opened yet, as before udev has set its rights.
      writeFileSync(path, '');
      await until('quick attempts', () => opening.mock.calls.length >= 4, 4000);
    } finally {
      opening.mockRestore();
    }
    rmSync(path);
    await plug();
    expect(await until('open', () => link.state === 'open')).toBeLessThan(2500);
  });

  it('notices within three seconds that the device node has gone, though nobody writes', async () => {
    await plug();
    const link = openLink({ reopenDelaysMs: [60_000] });
    await until('open', () => link.state === 'open');
    const away = `${path}.away`;
    renameSync(path, away);
    expect(await until('lost', () => link.state === 'lost')).toBeLessThan(3000);
    renameSync(away, path);
    await until('open again', () => link.state === 'open');
  });

  it.each([
    ['none', {}],
    ['rtscts', { rtscts: true }],
    ['xonxoff', { xon: true, xoff: true }],
  ] as const)('tells serialport which flow control the device wants: %s', async (flow, expected) => {
    await plug();
    const opening = vi.spyOn(SerialPort.prototype, 'open');
    try {
      const link = openLink({ flow });
      await until('open', () => link.state === 'open');
      const { rtscts, xon, xoff } = (opening.mock.contexts[0] as SerialPort).settings;
      expect({ rtscts, xon, xoff }).toEqual({
        rtscts: undefined,
        xon: undefined,
        xoff: undefined,
        ...expected,
      });
    } finally {
      opening.mockRestore();
    }
  });

  it('waits no longer when the clock of the machine is set back', async () => {
    const link = openLink({ reopenDelaysMs: [1500] });
    await until('lost', () => link.state === 'lost');
    const hourAgo = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    const tries = vi.spyOn(SerialPort.prototype, 'open');
    try {
      expect(await until('another try', () => tries.mock.calls.length > 0, 4000)).toBeLessThan(3000);
    } finally {
      tries.mockRestore();
      hourAgo.mockRestore();
    }
    expect(link.state).toBe('lost');
  });

  it('gives up a write that the device does not take', async () => {
    await PseudoTerminal.open(path, { baudRate: 1, receive: () => undefined }).then((terminal) =>
      terminals.push(terminal),
    );
    const link = openLink({ baudRate: 4_000_000 });
    await until('open', () => link.state === 'open');
    expect(await link.write(new Uint8Array(400_000))).toEqual({ ok: false, failure: 'timed_out' });
    expect(link.state).not.toBe('closed');
  });

  it('makes a new connection when told to', async () => {
    await plug();
    const link = openLink({ reopenDelaysMs: [60_000] });
    await until('open', () => link.state === 'open');
    const states: string[] = [];
    link.onState((state) => states.push(state));
    link.reopen(9600);
    await until('open again', () => link.state === 'open');
    expect(states).toEqual(['lost', 'open']);
  });

  it('stays closed', async () => {
    await plug();
    const link = openLink();
    await until('open', () => link.state === 'open');
    await link.close();
    link.reopen();
    await sleep(100);
    expect(link.state).toBe('closed');
    expect(await link.write(Uint8Array.of(1))).toEqual({ ok: false, failure: 'not_open' });
  });

  it('does not spin on a device that vanishes just after opening', async () => {
    const link = openLink({ reopenDelaysMs: [10] });
    for (let round = 0; round < 8; round += 1) {
      const terminal = await plug();
      await until('open', () => link.state === 'open');
      await terminal.close();
      // The driver's first question is what ends a connection that died unseen.
      await link.write(Uint8Array.of(0x10, 0x04, 0x01));
      await until('lost', () => link.state === 'lost');
    }
    const before = process.cpuUsage();
    await sleep(500);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(250);
  });
});
