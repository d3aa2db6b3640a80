import { Announced } from '../announced.ts';
import { LevelMeter } from './level.ts';
import { frameSamples } from './port.ts';
import type { MicrophoneFault, MicrophonePort, MicrophoneStatus, Recorded } from './port.ts';

/** A microphone without a device: what was said is put in as samples, and comes out in frames. */
export class SimulatedMicrophone implements MicrophonePort {
  readonly #status = new Announced<MicrophoneStatus>({ state: 'ready' });
  #sound: Int16Array = new Int16Array(0);
  #fault: MicrophoneFault | undefined;

  /** Says something: 16 kHz, one channel; the rest of the recording is silent. */
  say(samples: Int16Array): void {
    this.#sound = samples;
  }

  /** Breaks the device, or mends it. */
  set(fault: MicrophoneFault | undefined): void {
    this.#fault = fault;
    this.#status.become(fault ? { state: 'fault', fault } : { state: 'ready' });
  }

  status(): MicrophoneStatus {
    return this.#status.value;
  }

  onStatus(listener: (status: MicrophoneStatus) => void): () => void {
    return this.#status.onChange(listener);
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
    this.#status.close();
    return Promise.resolve();
  }
}
