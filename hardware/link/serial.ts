import { lstatSync, statSync } from 'node:fs';

import { SerialPort } from 'serialport';

import { failure, success } from '../../app/domain/result.ts';
import type { Result } from '../../app/domain/result.ts';
import { reopenDelaysMs } from './link.ts';
import type { ByteLink, LinkState, SerialFlow, WriteFailure } from './link.ts';
import { Listeners } from './listeners.ts';

interface SerialLinkOptions {
  /** Device node; give it a stable name by a udev rule. */
  path: string;
  baudRate: number;
  /** DTR/DSR is unknown to serialport. */
  flow?: SerialFlow;
  reopenDelaysMs?: readonly number[];
}

const openLimitMs = 3000;
const closeLimitMs = 2000;
const writeSlackMs = 2000;
const pathWatchMs = 1000;
/** A device node that came back may not be allowed to us yet, and its device not awake: several attempts soon. */
const quickRetriesForMs = 5000;
const quickRetryMs = 300;

/** One serialport object: it is used for one connection only and dropped with it. */
interface Connection {
  port: SerialPort;
  openTimer: NodeJS.Timeout;
  /** Looks whether the device node is still there: an unplugged device that nobody writes to shows in nothing else. */
  nodeTimer?: NodeJS.Timeout;
  failWrites: Set<() => void>;
}

/** Serial line 8N1 over serialport; hardware.md 3.5 and 3.7 say why each guard is here. */
export class SerialLink implements ByteLink {
  readonly #path: string;
  readonly #delays: readonly number[];
  readonly #flow: SerialFlow;
  readonly #states = new Listeners<LinkState>();
  readonly #bytes = new Listeners<Uint8Array>();
  readonly #closing = new Set<Promise<void>>();
  #baudRate: number;
  #state: LinkState = 'opening';
  #connection: Connection | undefined;
  #attempt = 0;
  /** When the device node last came back. */
  #returnedAt = -Infinity;
  #retryTimer: NodeJS.Timeout | undefined;

  constructor(options: SerialLinkOptions) {
    this.#path = options.path;
    this.#baudRate = options.baudRate;
    this.#delays = options.reopenDelaysMs ?? reopenDelaysMs;
    this.#flow = options.flow ?? 'none';
    this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  onState(listener: (state: LinkState) => void): () => void {
    return this.#states.add(listener);
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#bytes.add(listener);
  }

  write(bytes: Uint8Array): Promise<Result<undefined, WriteFailure>> {
    const connection = this.#connection;
    // serialport would queue bytes for a later open.
    if (this.#state !== 'open' || !connection?.port.isOpen) return Promise.resolve(failure('not_open'));
    return new Promise((resolve) => {
      const settle = (result: Result<undefined, WriteFailure>): void => {
        clearTimeout(timer);
        connection.failWrites.delete(lost);
        resolve(result);
      };
      const lost = (): void => settle(failure('lost'));
      const timer = setTimeout(
        () => {
          settle(failure('timed_out'));
          this.#lose(connection);
        },
        ((bytes.length * 10) / this.#baudRate) * 1000 + writeSlackMs,
      );
      connection.failWrites.add(lost);
      connection.port.write(bytes, (error) => {
        if (!error) return settle(success(undefined));
        settle(failure('lost'));
        this.#lose(connection);
      });
    });
  }

  reopen(baudRate?: number): void {
    if (this.#state === 'closed') return;
    this.#baudRate = baudRate ?? this.#baudRate;
    if (this.#connection) {
      this.#drop(this.#connection);
      this.#setState('lost');
    }
    // A wish of the driver is no failure: at once, but only after the old object let go of the port.
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    void Promise.all(this.#closing).then(() => {
      if (this.#state !== 'closed' && !this.#connection && !this.#retryTimer) this.#connect();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#retryTimer);
    if (this.#connection) this.#drop(this.#connection);
    this.#setState('closed');
    this.#states.clear();
    this.#bytes.clear();
    await Promise.all(this.#closing);
  }

  #connect(): void {
    const port = new SerialPort({
      path: this.#path,
      baudRate: this.#baudRate,
      autoOpen: false,
      ...flowOptions(this.#flow),
    });
    const connection: Connection = {
      port,
      openTimer: setTimeout(() => this.#lose(connection), openLimitMs),
      failWrites: new Set(),
    };
    this.#connection = connection;
    // A port that nobody reads never notices that its peer is gone.
    port.on('data', (chunk: Buffer) => {
      if (this.#connection === connection) this.#bytes.emit(chunk);
      // Card data must not stay in serialport's buffer pool.
      chunk.fill(0);
    });
    port.on('close', () => this.#lose(connection));
    port.on('error', () => this.#lose(connection));
    port.open((error) => {
      clearTimeout(connection.openTimer);
      if (this.#connection !== connection) {
        if (!error) this.#closeQuietly(port);
        return;
      }
      if (error) return this.#lose(connection);
      this.#attempt = 0;
      this.#returnedAt = -Infinity;
      this.#watchNode(connection);
      this.#setState('open');
    });
  }

  #lose(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#drop(connection);
    this.#scheduleRetry();
    this.#setState('lost');
  }

  #drop(connection: Connection): void {
    this.#connection = undefined;
    clearTimeout(connection.openTimer);
    clearInterval(connection.nodeTimer);
    for (const fail of [...connection.failWrites]) fail();
    connection.port.removeAllListeners();
    connection.port.on('error', () => undefined);
    if (connection.port.isOpen) this.#closeQuietly(connection.port);
  }

  #watchNode(connection: Connection): void {
    // Not the link to it: udev may make that anew while the device stays.
    const opened = nodeIdentity(this.#path)?.node;
    connection.nodeTimer = setInterval(() => {
      if (nodeIdentity(this.#path)?.node !== opened) this.#lose(connection);
    }, pathWatchMs);
  }

  /** Closing can hang on real devices: after two seconds the object is left to the collector. */
  #closeQuietly(port: SerialPort): void {
    const closing = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, closeLimitMs);
      port.close(() => {
        clearTimeout(timer);
        resolve();
      });
    }).then(() => {
      this.#closing.delete(closing);
    });
    this.#closing.add(closing);
  }

  /** Waits for the back-off to end, or less when the device node comes back or becomes another one. */
  #scheduleRetry(): void {
    const delay = this.#nextDelay();
    const before = nodeIdentity(this.#path)?.whole;
    const end = performance.now() + delay;
    const look = (): void => {
      const now = nodeIdentity(this.#path)?.whole;
      const replaced = now !== undefined && now !== before;
      if (replaced) this.#returnedAt = performance.now();
      if (replaced || performance.now() >= end) {
        this.#retryTimer = undefined;
        this.#connect();
      } else {
        this.#retryTimer = setTimeout(look, Math.min(pathWatchMs, Math.max(1, end - performance.now())));
      }
    };
    this.#retryTimer = setTimeout(look, Math.min(pathWatchMs, delay));
  }

  #nextDelay(): number {
    if (performance.now() - this.#returnedAt < quickRetriesForMs) {
      this.#attempt = 0;
      return quickRetryMs;
    }
    const delay = this.#delays[Math.min(this.#attempt, this.#delays.length - 1)] ?? 1000;
    this.#attempt += 1;
    return delay;
  }

  #setState(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#states.emit(state);
  }
}

function flowOptions(flow: SerialFlow): { rtscts?: boolean; xon?: boolean; xoff?: boolean } {
  return { none: {}, rtscts: { rtscts: true }, xonxoff: { xon: true, xoff: true } }[flow];
}

/** Tells one device node at `path` from its successor, alone and with the link that leads to it; undefined while there is none. */
function nodeIdentity(path: string): { node: string; whole: string } | undefined {
  try {
    const { rdev, ino } = statSync(path);
    const node = `${rdev}:${ino}`;
    return { node, whole: `${lstatSync(path).ino}:${node}` };
  } catch {
    return undefined;
  }
}
