import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import type { CoreState } from '../contract/relay.ts';
import type { Dock, Supervisor } from '../supervisor/index.ts';
import { startHost } from './host.ts';
import type { Host } from './host.ts';

let page: string;
let host: Host;
let port: number;
let cookie: string;
const printed: string[] = [];
let state: CoreState = 'up';
const stateListeners = new Set<(state: CoreState) => void>();
let cutOff = (): void => undefined;

/** Echoes what a screen posts. */
const supervisor: Supervisor = {
  state: () => state,
  onState: (listener) => {
    stateListeners.add(listener);
    return () => stateListeners.delete(listener);
  },
  connect: ({ receive, closed }) => {
    cutOff = closed;
    return state === 'up' ? { post: receive, close: () => undefined } : undefined;
  },
  stop: () => Promise.resolve(),
};

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request exactly as given: `path` is not normalised, no header is added but Host. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (incoming) => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (part: string) => (body += part));
      incoming.on('end', () => resolve({ status: incoming.statusCode!, headers: incoming.headers, body }));
    });
    outgoing.on('error', reject).end();
  });
}

/** Opens /rpc with these headers; resolves with the socket, or with the status of the refusal. */
function open(headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode!));
    socket.on('error', () => undefined);
  });
}

const origin = (): string => `http://127.0.0.1:${port}`;

beforeAll(async () => {
  page = mkdtempSync(join(tmpdir(), 'kiosk-page-'));
  writeFileSync(join(page, 'index.html'), '<title>kiosk</title>');
  writeFileSync(join(page, '.secret'), 'secret');
  host = await startHost({ page, supervisor, port: 0, onLink: (link) => printed.push(link) });
  port = Number(new URL(printed[0]!).port);
  const opened = await ask(new URL(printed[0]!).pathname);
  expect(opened.status).toBe(303);
  cookie = String(opened.headers['set-cookie']).split(';')[0]!;
});

afterAll(async () => {
  await host.close();
  rmSync(page, { recursive: true });
});

test('the link gives a cookie that scripts and other sites never see, once', async () => {
  const used = await ask(new URL(printed[0]!).pathname);
  expect(used.status).toBe(401);
  expect(printed).toHaveLength(2);
  const next = await ask(new URL(printed[1]!).pathname);
  expect(next.status).toBe(303);
  expect(next.headers['location']).toBe('/');
  expect(String(next.headers['set-cookie'])).toMatch(
    /^kiosk_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
  );
});

test('asking about a link with HEAD does not use it up', async () => {
  const path = new URL(printed.at(-1)!).pathname;
  expect((await ask(path, {}, 'HEAD')).status).toBe(401);
  expect((await ask(path)).status).toBe(303);
});

test('serves the page with its policy to whoever has the cookie', async () => {
  const answer = await ask('/', { cookie });
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('kiosk');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['permissions-policy']).toContain('microphone=()');
});

test.each<[string, Record<string, string>, number]>([
  ['without cookie', { cookie: '' }, 401],
  ['with a wrong cookie', { cookie: 'kiosk=AAAA' }, 401],
  ['with a rebound name', { host: 'evil.example' }, 421],
  ['as localhost', { host: 'localhost' }, 421],
  ['without the port in Host', { host: '127.0.0.1' }, 421],
  ['from another origin', { origin: 'https://evil.example' }, 403],
  ['from an opaque origin', { origin: 'null' }, 403],
  ['from another loopback port', { origin: 'http://127.0.0.1:1' }, 403],
  ['from a site nearby', { 'sec-fetch-site': 'same-site' }, 403],
  ['from a site far away', { 'sec-fetch-site': 'cross-site' }, 403],
])('refuses the page %s', async (_how, headers, status) => {
  const answer = await ask('/', { cookie, ...headers });
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('<title>');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
});

test.each([
  '/../etc/passwd',
  '/..%2f..%2fetc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/..\\..\\etc\\passwd',
  '/.secret',
  '//etc/passwd',
  '/%00',
  '/assets/%2e%2e%2f%2e%2e/etc/passwd',
])('has nothing at %s', async (path) => {
  const answer = await ask(path, { cookie });
  expect([400, 403, 404]).toContain(answer.status);
  expect(answer.body).not.toMatch(/root:|secret/);
});

test('a broken escape is an answer, not a crash', async () => {
  expect((await ask('/%zz', { cookie })).status).toBe(400);
  expect((await ask('/open/%zz')).status).toBe(400);
  expect((await ask('/', { cookie })).status).toBe(200);
});

test('changes nothing on other methods', async () => {
  expect((await ask('/', { cookie, origin: origin() }, 'POST')).status).toBe(404);
});

test('carries text and bytes between page and core', async () => {
  const socket = (await open({ cookie, origin: origin() })) as WebSocket;
  const heard: unknown[] = [];
  const both = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      heard.push(isBinary ? [...data] : data.toString());
      if (heard.length === 2) resolve();
    });
  });
  socket.send('问题');
  socket.send(new Uint8Array([0, 255]));
  await both;
  expect(heard).toEqual(['问题', [0, 255]]);
  const ended = new Promise<number>((resolve) => socket.once('close', resolve));
  cutOff();
  expect(await ended).toBe(1013);
});

test.each<[string, () => Record<string, string>, number]>([
  ['without cookie', () => ({ origin: origin() }), 401],
  ['without origin', () => ({ cookie }), 403],
  ['from another origin', () => ({ cookie, origin: 'https://evil.example' }), 403],
  ['from an opaque origin', () => ({ cookie, origin: 'null' }), 403],
  ['under another name', () => ({ cookie, origin: origin(), host: 'evil.example' }), 421],
])('refuses the way to the core %s', async (_how, headers, status) => {
  expect(await open(headers())).toBe(status);
});

test('opens the way to the core when it is up: a page takes an open one for that', async () => {
  state = 'restarting';
  const opening = open({ cookie, origin: origin() });
  expect(await Promise.race([opening, pause(300, 'still waiting')])).toBe('still waiting');
  state = 'up';
  for (const listener of stateListeners) listener(state);
  const socket = (await opening) as WebSocket;
  socket.send('hello');
  expect(
    await new Promise((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString()))),
  ).toBe('hello');
  socket.close();
});

test('says when the port is taken', async () => {
  await expect(startHost({ page, supervisor, port, onLink: () => undefined })).rejects.toThrow('EADDRINUSE');
});

test('has a dock only where it was given one, and shows it to nobody without the cookie', async () => {
  expect((await ask('/dock/do?command=status', { cookie })).status).toBe(404);
  expect((await ask('/', { cookie })).body).not.toContain('dock');
  const links: string[] = [];
  const dock: Dock = {
    into: (html) => `${html} dock`,
    answer: (address) => Promise.resolve({ status: 200, contentType: 'text/plain', body: `did ${address}` }),
  };
  const docked = await startHost({ page, supervisor, port: 0, dock, onLink: (link) => links.push(link) });
  const own = port;
  try {
    port = Number(new URL(links[0]!).port);
    expect((await ask('/dock/do?command=status')).status).toBe(401);
    const opened = await ask(new URL(links[0]!).pathname);
    const docking = { cookie: String(opened.headers['set-cookie']).split(';')[0]! };
    expect((await ask('/', docking)).body).toBe('<title>kiosk</title> dock');
    expect((await ask('/dock/do?command=status', docking)).body).toBe('did /dock/do?command=status');
  } finally {
    port = own;
    await docked.close();
  }
});
