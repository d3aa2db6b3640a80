import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { inspectJournal } from './inspect.ts';

const KILLS = Number(process.env['KILLS'] ?? 15);
const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = () => join(folder, 'journal.db');

/** Lets the writer write for a while, kills it, and returns the last number it acknowledged. */
function writeAndKill(mode: 'honest' | 'early'): Promise<number> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [WRITER, path(), mode], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    writer.stdout.on('data', (bytes: Buffer) => {
      if (said === '') setTimeout(() => writer.kill('SIGKILL'), 20 + Math.random() * 250);
      said += bytes.toString();
    });
    writer.on('error', reject);
    // What stands after the last line break was cut off while it was said.
    writer.on('close', () => resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))));
  });
}

const inspect = () => {
  const { rows, intact, state } = inspectJournal(path());
  return { last: rows.at(-1)!.seq, intact, state };
};

test(`${KILLS} kills while writing: no acknowledged event is lost, file and chain are whole`, async () => {
  let total = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const acknowledged = await writeAndKill('honest');
    const found = inspect();
    expect(found).toMatchObject({ intact: true, state: 'ok' });
    expect(found.last).toBeGreaterThanOrEqual(acknowledged);
    // At most the one event that was under way when the kill came is more than was said.
    expect(found.last - acknowledged).toBeLessThanOrEqual(1);
    total = found.last;
  }
  console.info(`${KILLS} kills, ${total} events, 0 lost`);
}, 600_000);

test('the same check notices a writer that acknowledges before it commits', async () => {
  let lost = 0;
  for (let kill = 0; kill < 4 && lost === 0; kill += 1) {
    const acknowledged = await writeAndKill('early');
    lost = Math.max(0, acknowledged - inspect().last);
  }
  expect(lost).toBeGreaterThan(0);
}, 60_000);
