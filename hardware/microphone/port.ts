import type { AudioLevel } from './level.ts';

/**
 * Why nothing is heard. `no_recorder`: the program that records is missing. `no_device`: it cannot open the device.
 * `no_data`: it runs but gives nothing. `muted`: only zeros come. `wrong_speed`: samples come faster than sound.
 */
export type MicrophoneFault = 'no_recorder' | 'no_device' | 'no_data' | 'muted' | 'wrong_speed';

/** What is known since the last recording; a microphone is listened to only while somebody speaks to it. */
export type MicrophoneStatus =
  { state: 'ready' } | { state: 'busy' } | { state: 'absent' } | { state: 'fault'; fault: MicrophoneFault };

export type Recorded =
  /** 20 ms of sound, 16 kHz, one channel. */
  | { kind: 'frame'; samples: Int16Array; level: AudioLevel }
  /** The recording is over. */
  | { kind: 'failed'; reason: MicrophoneFault | 'absent' | 'busy' };

/** Samples per second and per frame of everything that is recorded. */
export const sampleRate = 16_000;
export const frameSamples = 320;

export interface MicrophonePort {
  status(): MicrophoneStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: (status: MicrophoneStatus) => void): () => void;
  /**
   * Records until `signal` aborts or the time is over; only then is the device open. Never rejects for anything that
   * is wrong with the device. The sound stays in memory; what nobody took is overwritten at the end.
   */
  record(options: { signal: AbortSignal; timeoutMs: number }): AsyncIterable<Recorded>;
  close(): Promise<void>;
}
