import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { closeSync, constants, existsSync, openSync, rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Makes a raw pseudo-terminal with a link to it and joins it to its own stdin and stdout. */
const pythonScript = `
import os, pty, select, signal, sys, tty
link = sys.argv[1]
master, slave = pty.openpty()
tty.setraw(slave)
os.symlink(os.ttyname(slave), link)
def end(*_):
    try:
        os.unlink(link)
    except OSError:
        pass
    os._exit(0)
signal.signal(signal.SIGTERM, end)
while True:
    ready, _, _ = select.select([0, master], [], [])
    if 0 in ready:
        data = os.read(0, 4096)
        if not data:
            end()
        os.write(master, data)
    if master in ready:
        os.write(1, os.read(master, 4096))
`;

const startLimitMs = 5000;
const tickMs = 5;

type Child = ChildProcessByStdio<Writable, Readable, null>;

interface PseudoTerminalOptions {
  baudRate: number;
  /** Gets what the host writes, at the speed of the line. */
  receive: (bytes: Uint8Array) => void;
  /** While true, what the host writes waits on its side. */
  held?: () => boolean;
}

/** The device end of a pseudo-terminal, as slow as a serial line. */
export class PseudoTerminal {
  readonly #link: string;
  readonly #child: Child;
  readonly #bytesPerMs: number;
  readonly #receive: (bytes: Uint8Array) => void;
  /** Held open so that the terminal outlives a host that closes and opens it again. */
  #slave: number | undefined;
  #sending: Promise<void> = Promise.resolve();
  #pumping = false;
  /** When the line had carried the last byte that was taken. */
  #carriedUntil = 0;
  #closed = false;
  /** Whether the device stops the line. */
  readonly #held: () => boolean;

  private constructor(link: string, child: Child, { baudRate, receive, held }: PseudoTerminalOptions) {
    this.#link = link;
    this.#child = child;
    this.#bytesPerMs = baudRate / 10_000;
    this.#receive = receive;
    this.#held = held ?? (() => false);
    child.stdin.on('error', () => undefined);
    child.stdout.on('error', () => undefined);
    child.stdout.on('readable', () => {
      if (!this.#pumping) this.#pump();
    });
  }

  /** Starts a terminal at `link`. */
  static async open(link: string, options: PseudoTerminalOptions): Promise<PseudoTerminal> {
    rmSync(link, { force: true });
    const [command, ...parameters] = terminalCommand(link);
    // Its own group: Ctrl-C must reach the simulator only, which then ends it in order.
    const child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    const terminal = new PseudoTerminal(link, child, options);
    const end = Date.now() + startLimitMs;
    while (!existsSync(link)) {
      if (Date.now() > end || child.exitCode !== null)
        throw new Error(`${command} made no pseudo-terminal at ${link}`);
      await sleep(tickMs);
    }
    terminal.#slave = openSync(link, constants.O_RDWR | constants.O_NOCTTY);
    return terminal;
  }

  /** Sends pieces to the host, one after the other, at the speed of the line, and not before `delayMs` are over. */
  send(pieces: readonly Uint8Array[], delayMs: number): void {
    const due = performance.now() + delayMs;
    this.#sending = this.#sending.then(async () => {
      const early = due - performance.now();
      if (early > 0) await sleep(early);
      for (const piece of pieces) await this.#sendPiece(piece);
    });
  }

  async #sendPiece(bytes: Uint8Array): Promise<void> {
    const step = this.#step();
    let due = performance.now();
    for (let at = 0; at < bytes.length && !this.#closed; at += step) {
      this.#child.stdin.write(bytes.slice(at, at + step));
      due += Math.min(step, bytes.length - at) / this.#bytesPerMs;
      await sleep(Math.max(0, due - performance.now()));
    }
  }

  /** Pulls the plug: the host's open port hangs up and the link is gone. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#slave !== undefined) closeSync(this.#slave);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      await Promise.race([ended, sleep(1000)]);
      this.#child.kill('SIGKILL');
    }
    // What nobody read would keep its pipe open.
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
    rmSync(this.#link, { force: true });
  }

  /** Takes what the host wrote, as many bytes as the line has carried by now. */
  #pump(): void {
    const { stdout } = this.#child;
    const now = performance.now();
    if (!this.#pumping || this.#held()) this.#carriedUntil = now;
    const carried = Math.floor((now - this.#carriedUntil) * this.#bytesPerMs);
    const length = Math.min(stdout.readableLength, carried);
    const bytes = length > 0 ? (stdout.read(length) as Buffer | null) : null;
    if (bytes) {
      this.#carriedUntil += length / this.#bytesPerMs;
      this.#receive(bytes);
    }
    this.#pumping = !this.#closed && stdout.readableLength > 0;
    if (this.#pumping) setTimeout(() => this.#pump(), tickMs);
  }

  #step(): number {
    return Math.max(1, Math.round(this.#bytesPerMs * tickMs));
  }
}

/** What makes pseudo-terminals on this machine. */
function terminalCommand(link: string): [string, ...string[]] {
  if (spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0) {
    return ['socat', `PTY,raw,echo=0,link=${link}`, 'STDIO'];
  }
  if (spawnSync('python3', ['-c', 'import pty, tty'], { stdio: 'ignore' }).status === 0) {
    return ['python3', '-c', pythonScript, link];
  }
  throw new Error('the device simulators need socat or python3; install one of them (apt-get install socat)');
}
