import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { openDock } from './dock.ts';
import type { Dock } from './dock.ts';

let folder: string;
let simulators: Server;
let dock: Dock;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dock-'));
  writeFileSync(join(folder, 'dock.js'), 'parts');
  dock = openDock(folder, folder);
  // Says back what it was asked, in two pieces.
  simulators = createServer((socket) => {
    socket.on('data', (line) => {
      const said = `${JSON.stringify({ ok: true, value: String(line).trim() })}\n`;
      socket.write(said.slice(0, 9));
      setTimeout(() => socket.write(said.slice(9)), 5);
    });
  });
  await new Promise<void>((resolve) => simulators.listen(join(folder, 'control.sock'), resolve));
});
afterAll(() => {
  simulators.close();
  rmSync(folder, { recursive: true });
});

test('stands on the page and serves its own parts only', async () => {
  expect(dock.into('<html><head></head><body></body></html>')).toContain('src="dock/dock.js"');
  expect(await dock.answer('/dock/dock.js')).toMatchObject({ status: 200, body: 'parts' });
  expect(await dock.answer('/dock/dock.css')).toMatchObject({ status: 404 });
  expect(await dock.answer('/dock/control.sock')).toMatchObject({ status: 404 });
  expect(await dock.answer('/dock/../secret')).toBeUndefined();
  expect(dock.answer('/index.html')).toBeUndefined();
});

test('hands a command on and gives the answer as it comes', async () => {
  const { body } = (await dock.answer('/dock/do?command=cover&argument=open'))!;
  expect(JSON.parse(body)).toEqual({ ok: true, value: '{"command":"cover","argument":"open"}' });
});

test('says when no simulators run', async () => {
  const alone = openDock(join(folder, 'nowhere'), folder);
  expect(await alone.answer('/dock/do?command=status')).toMatchObject({ status: 503 });
});
