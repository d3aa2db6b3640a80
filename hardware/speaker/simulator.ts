import type { PlayOutcome, Sound, SpeakerFault, SpeakerPort, SpeakerStatus } from './port.ts';

/** A speaker without a device: keeps what would have been heard. */
export class SimulatedSpeaker implements SpeakerPort {
  /** Every sound that was played to its end, and how loud. */
  readonly heard: { sound: Sound; volume: number }[] = [];
  #fault: SpeakerFault | undefined;
  #volume = 1;
  #stopPlaying: () => void = () => undefined;

  set(fault: SpeakerFault | undefined): void {
    this.#fault = fault;
  }

  status(): SpeakerStatus {
    return this.#fault ? { state: 'fault', fault: this.#fault } : { state: 'ready' };
  }

  onStatus(): () => void {
    return () => undefined;
  }

  setVolume(share: number): void {
    this.#volume = share;
  }

  stop(): void {
    this.#stopPlaying();
  }

  /** A hundred times as fast as sound. */
  async play(sound: Sound, { signal }: { signal?: AbortSignal } = {}): Promise<PlayOutcome> {
    this.stop();
    if (this.#fault) return { kind: 'failed', reason: this.#fault };
    const ended = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), (sound.samples.length / sound.samplesPerSecond) * 10);
      this.#stopPlaying = () => {
        clearTimeout(timer);
        resolve(false);
      };
      signal?.addEventListener('abort', this.#stopPlaying);
      if (signal?.aborted) this.#stopPlaying();
    });
    if (ended) this.heard.push({ sound, volume: this.#volume });
    return { kind: ended ? 'played' : 'stopped' };
  }

  close(): Promise<void> {
    this.stop();
    return Promise.resolve();
  }
}
