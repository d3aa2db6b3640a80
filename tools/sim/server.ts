import { chmodSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterface } from 'node:readline';

import { runCommand } from './commands.ts';
import type { SimulatedStation } from './station.ts';

const longestSocketPath = 100;

/** Listens on a unix socket for one JSON command per line and answers each with one JSON line. */
export async function serveControl(station: SimulatedStation, path: string): Promise<{ close: () => void }> {
  if (Buffer.byteLength(path) > longestSocketPath)
    throw new Error(`the path ${path} is too long for a socket; use --dir`);
  if (await isServed(path)) throw new Error(`a simulator already runs at ${path}; stop it or use --dir`);
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (line) => {
      void answer(station, line).then((reply) => socket.write(`${JSON.stringify(reply)}\n`));
    });
  });
  await listening(server, path);
  chmodSync(path, 0o600);
  return {
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      rmSync(path, { force: true });
    },
  };
}

async function answer(station: SimulatedStation, line: string): Promise<object> {
  let id: unknown = null;
  try {
    const request = JSON.parse(line) as { id?: unknown; command?: unknown; argument?: unknown };
    id = request.id ?? null;
    if (typeof request.command !== 'string') throw new Error('"command" is missing');
    const argument = typeof request.argument === 'string' ? request.argument : '';
    return { id, ok: true, value: await runCommand(station, request.command, argument) };
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
