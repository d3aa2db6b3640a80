import { setTimeout as pause } from 'node:timers/promises';

import library from 'node-record-lpcm16';

import { sampleRate } from './port.ts';
import type { MicrophoneFault } from './port.ts';

/** What runs to record: a program by its absolute path and its arguments. */
export interface RecorderProgram {
  program: string;
  programArguments: readonly string[];
}

/** All waits of the microphone driver in ms; tests shorten them. */
export interface MicrophoneTiming {
  /** Without any byte for so long the device counts as dead. */
  noData: number;
  /** With nothing but zeros for so long it counts as muted. */
  muted: number;
  /** The speed is judged after so long. */
  speed: number;
  watch: number;
}

interface RecorderOptions {
  modulePath: string;
  recorder: RecorderProgram;
  timing: MicrophoneTiming;
  onBytes: (bytes: Uint8Array) => void;
  /** Called once, with why the recorder ended by itself. */
  onEnd: (fault: MicrophoneFault) => void;
}

/** A recorder that runs. */
export interface RecorderProcess {
  /** Ends it; again is the same. Resolves when it is gone, or after two seconds. */
  stop(): Promise<void>;
}

const killAfterMs = 1000;
/** One that sits in the kernel with a dead device cannot even be killed: the listener goes on without it. */
const waitAtMostMs = 2000;
/** Faster than this many times real sound is no sound. */
const tooFast = 2;

/** Starts the recorder and watches it; hardware.md 4.2 says why each guard is here. */
export function startRecorder(options: RecorderOptions): RecorderProcess {
  const { modulePath, recorder, timing, onBytes, onEnd } = options;
  const { process: child } = library.record({
    recorder: modulePath,
    audioType: 'raw',
    sampleRate,
    channels: 1,
    ...recorder,
  });
  const stream = child.stdout;
  let over = false;
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const end = (fault: MicrophoneFault): void => {
    if (over) return;
    over = true;
    clearInterval(watchdog);
    child.kill();
    onEnd(fault);
  };
  const started = performance.now();
  let received = 0;
  let lastBytes = started;
  let lastSound = started;
  const watchdog = setInterval(() => {
    const now = performance.now();
    if (now - lastBytes > timing.noData) end('no_data');
    else if (now - lastSound > timing.muted) end('muted');
  }, timing.watch);
  // All in this same tick: without a handler a missing program ends the whole process, and early sound is lost.
  child.on('error', () => end('no_recorder'));
  child.on('close', () => end('no_device'));
  stream?.on('error', () => undefined);
  stream?.on('data', (bytes: Buffer) => {
    if (over) {
      bytes.fill(0);
      return;
    }
    const now = performance.now();
    received += bytes.length;
    lastBytes = now;
    if (bytes.some((byte) => byte !== 0)) lastSound = now;
    const seconds = Math.max(timing.speed, now - started) / 1000;
    if (received > tooFast * 2 * sampleRate * seconds) end('wrong_speed');
    else onBytes(bytes);
    bytes.fill(0);
  });
  return {
    stop: async () => {
      over = true;
      clearInterval(watchdog);
      if (child.exitCode === null && child.signalCode === null) child.kill();
      const killer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      const limit = new AbortController();
      const { signal } = limit;
      await Promise.race([gone, pause(waitAtMostMs, undefined, { signal }).catch(() => undefined)]);
      limit.abort();
      clearTimeout(killer);
      stream?.destroy();
    },
  };
}
