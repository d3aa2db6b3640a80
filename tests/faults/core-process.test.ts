import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Contract } from '../../app/contract/index.ts';
import type { FromCore, ToCore } from '../../app/contract/relay.ts';
import { until } from '../contract/devices.samples.ts';
import { inspectJournal } from './inspect.ts';

const ENTRY = fileURLToPath(new URL('../../app/core/main.ts', import.meta.url));

let home: string;
let children: CoreChild[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'core-'));
  children = [];
});
afterEach(() => {
  for (const { child } of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

/** A core as the supervisor runs it, with one screen connected. */
class CoreChild {
  readonly child: ChildProcess;
  readonly heard: FromCore[] = [];
  stderr = '';
  exit: number | string | null = null;
  readonly #messages: ((event: { data: unknown }) => void)[] = [];

  constructor() {
    this.child = spawn(process.execPath, [ENTRY], {
      env: { ...process.env, KIOSK_HOME: home, KIOSK_PACK: join(home, 'no-pack') },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    this.child.stderr?.on('data', (bytes: Buffer) => (this.stderr += bytes.toString()));
    this.child.on('exit', (code, signal) => (this.exit = code ?? signal));
    this.child.on('message', (message: FromCore) => {
      this.heard.push(message);
      if (message.kind === 'message') for (const listener of this.#messages) listener({ data: message.data });
    });
    children.push(this);
  }

  say(message: ToCore): void {
    this.child.send(message);
  }

  get ready(): boolean {
    return this.heard.some(({ kind }) => kind === 'ready');
  }

  connect(): ContractRouterClient<Contract> {
    this.say({ kind: 'connect', port: 1 });
    const port = {
      postMessage: (data: unknown) => this.say({ kind: 'message', port: 1, data }),
      on: (event: string, listener: (event?: { data: unknown }) => void) => {
        if (event === 'message') this.#messages.push(listener);
      },
    };
    return createORPCClient(new RPCLink({ port }));
  }
}

async function start(): Promise<CoreChild> {
  const core = new CoreChild();
  await until('ready', () => core.ready || core.exit !== null, 18_000);
  return core;
}

test('serves a screen over the relay, answers the heart-beat, stops in order', async () => {
  const core = await start();
  const client = core.connect();
  expect((await client.kiosk.ping()).uptimeMs).toBeGreaterThan(0);
  const { sessionId } = await client.session.begin({ language: 'zh-CN' });
  // No content pack in this folder: said, not guessed.
  expect(await client.consult.ask({ sessionId, question: '工资' })).toMatchObject({
    decision: 'handover',
    reason: 'content_unavailable',
  });
  expect(await client.consult.shelves()).toEqual({ shelves: [], popular: [], publicity: [] });
  for await (const state of await client.kiosk.watch()) {
    expect(state).toMatchObject({
      printer: { state: 'absent' },
      content: { source: 'none' },
      journal: { state: 'ok', hub: 'not_configured' },
    });
    break;
  }
  core.say({ kind: 'ping', at: 42 });
  await until('pong', () => core.heard.some((message) => message.kind === 'pong' && message.at === 42));
  core.say({ kind: 'stop' });
  await until('stopped', () => core.exit !== null, 15_000);
  expect(core.exit).toBe(0);
});

test('a second core on the same folder is refused with its own exit code and a clear line', async () => {
  const first = await start();
  const second = await start();
  expect(second.exit).toBe(3);
  await until('told why', () => second.stderr.includes('Another core already runs'));
  expect(first.exit).toBeNull();
  // A killed holder leaves no lock behind.
  first.child.kill('SIGKILL');
  await until('killed', () => first.exit !== null, 15_000);
  expect((await start()).ready).toBe(true);
});

test('killed in the middle of a visit: the next core lets the visit go on', async () => {
  const first = await start();
  const { sessionId } = await first.connect().session.begin({ language: 'zh-CN' });
  first.child.kill('SIGKILL');
  await until('killed', () => first.exit !== null, 15_000);
  const began = performance.now();
  const second = await start();
  console.info(`core ready again after ${Math.round(performance.now() - began)} ms`);
  const client = second.connect();
  expect(await client.session.resume({ sessionId, language: 'zh-CN' })).toEqual({ sessionId });
});

const KILLS = Number(process.env['KILLS'] ?? 4);

/**
 * Visits one after the other until the core is gone; counts those whose end it acknowledged. The kill comes soon after the
 * first visit begins, or ends.
 */
async function visitUntilKilled(core: CoreChild, killAfter: 'begin' | 'end'): Promise<number> {
  const killSoon = () => setTimeout(() => core.child.kill('SIGKILL'), 20 + Math.random() * 250);
  const client = core.connect();
  let ended = 0;
  const visits = async () => {
    for (;;) {
      const { sessionId } = await client.session.begin({ language: 'zh-CN' });
      await client.consult.ask({ sessionId, question: '工资' });
      await client.session.end({ sessionId, reason: 'finished' });
      ended += 1;
      if (killAfter === 'end' && ended === 1) killSoon();
    }
  };
  const gone = new Promise<void>((resolve) => core.child.once('exit', () => resolve()));
  if (killAfter === 'begin') killSoon();
  // Calls to a core that is gone are never answered.
  await Promise.race([gone, visits()]);
  return ended;
}

test(`${KILLS} kills of the whole core during visits: every event of those that ended is there`, async () => {
  let ended = 0;
  for (let kill = 0; kill < KILLS; kill += 1)
    ended += await visitUntilKilled(await start(), kill % 2 === 0 ? 'begin' : 'end');
  const { rows, intact, state } = inspectJournal(join(home, 'journal.db'));
  console.info(`${KILLS} kills of the core, ${ended} visits ended, ${rows.length} events kept`);
  expect({ intact, state }).toEqual({ intact: true, state: 'ok' });
  expect(ended).toBeGreaterThan(0);
  for (const event of ['session.began', 'consult.asked', 'session.ended']) {
    const kept = rows.filter(({ type }) => type === event).length;
    expect(kept, event).toBeGreaterThanOrEqual(ended);
    // At most the one under way when each kill came is more than was said.
    expect(kept - ended, event).toBeLessThanOrEqual(KILLS);
  }
}, 600_000);

test('a core whose parent is gone ends by itself', async () => {
  const core = await start();
  core.child.disconnect();
  await until('ended', () => core.exit !== null, 15_000);
  expect(core.exit).toBe(0);
});
