import { Listeners } from '../link/index.ts';
import { LevelMeter } from './level.ts';
import { frameSamples } from './port.ts';
import type { MicrophoneFault, MicrophonePort, MicrophoneStatus, Recorded } from './port.ts';

/** A microphone without a device: what was said is put in as samples, and comes out in frames. */
export class SimulatedMicrophone implements MicrophonePort {
  readonly #listeners = new Listeners<MicrophoneStatus>();
  #status: MicrophoneStatus = { state: 'ready' };
  #sound: Int16Array = new Int16Array(0);
  #fault: MicrophoneFault | undefined;

  /** Says something: 16 kHz, one channel; the rest of the recording is silent. */
  say(samples: Int16Array): void {
    this.#sound = samples;
  }

  /** Breaks the device, or mends it. */
  set(fault: MicrophoneFault | undefined): void {
    this.#fault = fault;
    this.#become(fault ? { state: 'fault', fault } : { state: 'ready' });
  }

  status(): MicrophoneStatus {
    return this.#status;
  }

  onStatus(listener: (status: MicrophoneStatus) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** At once, not as slow as sound; ends after the sound or `timeoutMs` of it. */
  async *record({
    signal,
    timeoutMs,
  }: {
    signal: AbortSignal;
    timeoutMs: number;
  }): AsyncGenerator<Recorded, void> {
    const meter = new LevelMeter();
    const frames = Math.min(Math.ceil(this.#sound.length / frameSamples), Math.floor(timeoutMs / 20));
    for (let frame = 0; ; frame += 1) {
      await Promise.resolve();
      if (signal.aborted) return;
      if (this.#fault) {
        yield { kind: 'failed', reason: this.#fault };
        return;
      }
      if (frame >= frames) return;
      const samples = new Int16Array(frameSamples);
      samples.set(this.#sound.subarray(frame * frameSamples, (frame + 1) * frameSamples));
      yield { kind: 'frame', samples, level: meter.measure(samples) };
    }
  }

  close(): Promise<void> {
    this.#listeners.clear();
    return Promise.resolve();
  }

  #become(status: MicrophoneStatus): void {
    this.#status = status;
    this.#listeners.emit(status);
  }
}
