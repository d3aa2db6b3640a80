import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';

import type { RunCups } from '../../hardware/document-printer/programs.ts';
import { SimulatedCups } from '../../hardware/document-printer/simulator.ts';

const newLine = 0x0a;
/** As long as any program is waited for; one that hangs is ended by whoever started it. */
const hangMs = 60_000;
const a4Ms = 2000;

/** A printing system with one A4 printer behind a Unix socket: each connection is one run of one of its programs. */
export class SimulatedPrintingSystem {
  readonly #path: string;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  readonly cups: SimulatedCups;

  constructor(dir: string, { printMs = a4Ms }: { printMs?: number } = {}) {
    this.#path = join(dir, 'cups.sock');
    this.cups = new SimulatedCups({ printMs });
  }

  /** The queue as device.json names it. */
  get queue(): string {
    return `socket:${this.#path}`;
  }

  async start(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      const pieces: Buffer[] = [];
      socket.on('data', (piece) => pieces.push(piece));
      socket.on('end', () => void this.#answer(socket, Buffer.concat(pieces)));
    });
    this.#server = server;
    rmSync(this.#path, { force: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#path, resolve);
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      if (this.#server) this.#server.close(() => resolve());
      else resolve();
    });
  }

  async #answer(socket: Socket, bytes: Buffer): Promise<void> {
    const end = bytes.indexOf(newLine);
    if (end < 0) return;
    const asked = JSON.parse(bytes.toString('utf8', 0, end)) as [Parameters<RunCups>[0], ...string[]];
    const [name, ...given] = asked;
    const input = bytes.subarray(end + 1);
    const { code, said } = await this.cups.run(name, given, { limitMs: hangMs, input });
    socket.end(`${String(code)}\n${said}`);
  }
}
