import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { WIRE, WIRE_FILE, WIRE_HEADER_BYTES } from './recogniser-wire.ts';
import type {
  FromRecogniser,
  Progress,
  RepairedText,
  RepairRequest,
  ToRecogniser,
} from './recogniser-wire.ts';

/** Something that turns sound into words, one utterance at a time. */
export interface Ear {
  status(): EarStatus;
  onStatus(listener: () => void): () => void;
  /** Ends the utterance before it, if there is one. */
  begin(): Listening;
  /** Puts words right by their sound; null when the engine ended, is not ready or takes longer than `timeoutMs`. */
  repair(request: RepairRequest, timeoutMs: number): Promise<RepairedText | null>;
  close(): Promise<void>;
}

/** `starting` is passing; `gone`: it ended too often. */
export type EarStatus = 'starting' | 'ready' | 'gone';

export interface Listening {
  /** 16 kHz; the samples are overwritten once they are on their way. */
  hear(samples: Int16Array): void;
  /** What is known so far; nothing at first. */
  progress(): Progress;
  /** Whether the engine that heard it ended: nothing more comes of it, even if another one is ready again. */
  lost(): boolean;
  /** All words, or null when the engine ended or takes longer than `timeoutMs`. */
  finish(timeoutMs: number): Promise<{ text: string; language: string | null; speechMs: number } | null>;
  /** Nothing more is wanted; harmless after `finish`. */
  discard(): void;
}

interface EarOptions {
  modelDirectory: string;
  /** ONNX file of the detector of speech. */
  detector: string;
  /** Sentences that are asked here. */
  vocabulary: () => readonly string[];
  log: { warn(fields: object, message: string): void };
}

/** Beside this file in the sources, and beside the bundle in a built kiosk. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './recogniser-process.ts' : './recogniser.mjs', import.meta.url),
);
/** After so many ends in a row without a word in between, a model is taken for unusable. */
const MOST_FAILURES = 3;
const START_AGAIN_MS = 200;
const STOP_MS = 1_000;

type Final = Extract<FromRecogniser, { kind: 'final' }>;

/** The ear as a process of its own: when the engine ends it, the next one is started and only the utterance is lost. */
export class RecogniserProcess implements Ear {
  readonly #options: EarOptions;
  readonly #listeners = new Set<() => void>();
  #status: EarStatus = 'starting';
  #process: ChildProcess | null = null;
  #failures = 0;
  #count = 0;
  #progress: Progress = { text: '', speechMs: 0, silenceMs: 0 };
  readonly #repairs = new Map<number, (repaired: RepairedText | null) => void>();
  #requests = 0;
  #settle: ((final: Final | null) => void) | null = null;
  #closed = false;
  #again: NodeJS.Timeout | undefined;

  constructor(options: EarOptions) {
    this.#options = options;
    this.#start();
  }

  status(): EarStatus {
    return this.#status;
  }

  onStatus(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  begin(): Listening {
    this.#settle?.(null);
    this.#count += 1;
    const mine = this.#count;
    const child = this.#process;
    const lost = () => child === null || child !== this.#process;
    const isMine = () => mine === this.#count && !lost();
    this.#progress = { text: '', speechMs: 0, silenceMs: 0 };
    this.#send(WIRE.begin);
    return {
      hear: (samples) => (isMine() ? this.#send(WIRE.sound, samples) : void samples.fill(0)),
      progress: () => this.#progress,
      lost,
      finish: (timeoutMs) => (isMine() ? this.#finish(timeoutMs) : Promise.resolve(null)),
      discard: () => {
        if (!isMine()) return;
        this.#settle?.(null);
        this.#send(WIRE.discard);
      },
    };
  }

  repair(request: RepairRequest, timeoutMs: number): Promise<RepairedText | null> {
    const child = this.#process;
    if (this.#status !== 'ready' || child === null) return Promise.resolve(null);
    this.#requests += 1;
    const number = this.#requests;
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#startAgain(child, timeoutMs), timeoutMs);
      this.#repairs.set(number, (repaired) => {
        clearTimeout(late);
        this.#repairs.delete(number);
        resolve(repaired);
      });
      this.#tell(child, { kind: 'repair', request: number, ...request });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#giveUp();
    this.#listeners.clear();
    const child = this.#process;
    if (child === null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.disconnect();
    await ended;
    clearTimeout(late);
  }

  #finish(timeoutMs: number): Promise<Final | null> {
    const child = this.#process;
    if (this.#status !== 'ready' || child === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#startAgain(child, timeoutMs), timeoutMs);
      const settle = (final: Final | null) => {
        clearTimeout(late);
        this.#settle = null;
        resolve(final);
      };
      this.#settle = settle;
      this.#send(WIRE.finish);
    });
  }

  /** One that hangs is ended; whoever waits for it is told at once, not when it is gone. */
  #startAgain(child: ChildProcess, timeoutMs: number): void {
    this.#options.log.warn({ timeoutMs }, 'the recogniser takes too long and is started again');
    child.kill('SIGKILL');
    this.#giveUp();
  }

  #start(): void {
    const { modelDirectory, detector } = this.#options;
    const child = fork(PROGRAM, [modelDirectory, detector], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--expose-gc'],
      // The C library overwrites memory as it is freed: the engine would leave sound there.
      env: { MALLOC_PERTURB_: '85' },
    });
    this.#process = child;
    // The count of the process begins anew with it.
    const before = this.#count;
    child.stdio[WIRE_FILE]?.on('error', () => undefined);
    child.on('error', () => undefined);
    child.on('message', (message) => this.#take(message as FromRecogniser, before));
    this.#tell(child, { kind: 'vocabulary', sentences: this.#options.vocabulary() });
    child.on('exit', (code, signal) => this.#ended(child, { code, signal }));
  }

  #tell(child: ChildProcess, message: ToRecogniser): void {
    // One that just ended is told of by its `exit`.
    if (child.connected) child.send(message, () => undefined);
  }

  #giveUp(): void {
    this.#settle?.(null);
    for (const settle of this.#repairs.values()) settle(null);
  }

  #take(message: FromRecogniser, before: number): void {
    if (message.kind === 'ready') return this.#become('ready');
    if (message.kind === 'repaired') {
      this.#repairs.get(message.request)?.(message);
      return;
    }
    if (message.utterance + before !== this.#count) return;
    const { text, speechMs, silenceMs } = message;
    this.#progress = { text, speechMs, silenceMs };
    if (message.kind === 'final') {
      this.#failures = 0;
      this.#settle?.(message);
    }
  }

  #ended(child: ChildProcess, how: { code: number | null; signal: string | null }): void {
    if (this.#process !== child) return;
    this.#process = null;
    this.#giveUp();
    if (this.#closed) return;
    this.#failures += 1;
    this.#options.log.warn({ ...how, failures: this.#failures }, 'the recogniser ended');
    if (this.#failures >= MOST_FAILURES) return this.#become('gone');
    this.#become('starting');
    this.#again = setTimeout(() => this.#start(), START_AGAIN_MS);
  }

  #become(status: EarStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  #send(kind: number, samples?: Int16Array): void {
    const header = Buffer.alloc(WIRE_HEADER_BYTES);
    header.writeUInt32LE(kind, 0);
    header.writeUInt32LE(samples?.byteLength ?? 0, 4);
    const pipe = this.#process?.stdio[WIRE_FILE] as Writable | null | undefined;
    if (!pipe?.writable) return void samples?.fill(0);
    pipe.write(header);
    if (samples)
      pipe.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), () => samples.fill(0));
  }
}
