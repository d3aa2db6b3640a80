import { fileURLToPath } from 'node:url';

import { Announced } from '../announced.ts';
import type { DeviceLog } from '../log.ts';
import { canRun } from '../programs.ts';
import { LevelMeter } from './level.ts';
import { frameSamples, sampleRate } from './port.ts';
import type { MicrophoneFault, MicrophonePort, MicrophoneStatus, Recorded } from './port.ts';
import { startRecorder } from './recorder-process.ts';
import type { MicrophoneTiming, RecorderProcess, RecorderProgram } from './recorder-process.ts';
import { FrameQueue } from './frame-queue.ts';

export const microphoneTiming: MicrophoneTiming = { noData: 2000, muted: 5000, speed: 1000, watch: 250 };

interface MicrophoneOptions {
  recorder: RecorderProgram;
  log: DeviceLog;
  timing?: MicrophoneTiming;
}

/** arecord on an ALSA device, raw 16 kHz mono. */
export function alsaRecorder(device: string): RecorderProgram {
  const format = ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', String(sampleRate), '-c', '1'];
  return { program: '/usr/bin/arecord', programArguments: ['-D', device, ...format, '-'] };
}

/** Beside this file in the sources, and beside the bundle in a built kiosk. */
const recorderModule = fileURLToPath(new URL('./recorder.cjs', import.meta.url));

/** Microphone behind node-record-lpcm16: the device is open only while somebody records. */
export class Microphone implements MicrophonePort {
  readonly #options: MicrophoneOptions;
  readonly #timing: MicrophoneTiming;
  readonly #status: Announced<MicrophoneStatus>;
  #recording: { process: RecorderProcess; queue: FrameQueue } | undefined;
  #closed = false;

  constructor(options: MicrophoneOptions) {
    this.#options = options;
    this.#timing = options.timing ?? microphoneTiming;
    this.#status = new Announced<MicrophoneStatus>(
      canRun(options.recorder.program) ? { state: 'ready' } : { state: 'fault', fault: 'no_recorder' },
    );
  }

  status(): MicrophoneStatus {
    return this.#status.value;
  }

  onStatus(listener: (status: MicrophoneStatus) => void): () => void {
    return this.#status.onChange(listener);
  }

  async *record({
    signal,
    timeoutMs,
  }: {
    signal: AbortSignal;
    timeoutMs: number;
  }): AsyncGenerator<Recorded, void> {
    if (this.#recording || this.#closed) {
      yield { kind: 'failed', reason: this.#closed ? 'absent' : 'busy' };
      return;
    }
    if (signal.aborted) return;
    if (!canRun(this.#options.recorder.program)) {
      this.#status.become({ state: 'fault', fault: 'no_recorder' });
      yield { kind: 'failed', reason: 'no_recorder' };
      return;
    }
    const queue = new FrameQueue();
    const process = startRecorder({
      modulePath: recorderModule,
      recorder: this.#options.recorder,
      timing: this.#timing,
      onBytes: (bytes) => queue.push(bytes),
      onEnd: (fault) => queue.end(fault),
    });
    this.#recording = { process, queue };
    this.#status.become({ state: 'busy' });
    const stop = (): void => queue.end(undefined);
    const timer = setTimeout(stop, timeoutMs);
    signal.addEventListener('abort', stop);
    let fault: MicrophoneFault | undefined;
    try {
      fault = yield* this.#frames(queue);
      if (fault) yield { kind: 'failed', reason: fault };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      queue.wipe();
      await process.stop();
      this.#recording = undefined;
      this.#options.log.info({ device: 'microphone', outcome: fault ?? 'stopped' }, 'recording ended');
      this.#status.become(fault ? { state: 'fault', fault } : { state: 'ready' });
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#recording?.queue.end(undefined);
    await this.#recording?.process.stop();
    this.#status.close();
  }

  /** Frames as they come; returns what ended them, if it was a fault. */
  async *#frames(queue: FrameQueue): AsyncGenerator<Recorded, MicrophoneFault | undefined> {
    const meter = new LevelMeter();
    for (;;) {
      const samples = await queue.next(frameSamples);
      if (!samples) return queue.fault;
      yield { kind: 'frame', samples, level: meter.measure(samples) };
    }
  }
}
