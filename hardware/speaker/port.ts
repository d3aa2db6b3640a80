/** Why nothing is heard. `no_player`: the program that plays is missing. `no_device`: it ended with an error. */
export type SpeakerFault = 'no_player' | 'no_device';

export type SpeakerStatus =
  { state: 'ready' } | { state: 'absent' } | { state: 'fault'; fault: SpeakerFault };

/** One channel of sound in 16 bits. */
export interface Sound {
  samples: Int16Array;
  samplesPerSecond: number;
}

export type PlayOutcome =
  | { kind: 'played' }
  /** By `stop`, by the signal, or because something newer was to be heard. */
  | { kind: 'stopped' }
  | { kind: 'failed'; reason: SpeakerFault | 'absent' };

export interface SpeakerPort {
  status(): SpeakerStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: (status: SpeakerStatus) => void): () => void;
  /** Plays a sound to its end; a sound that is still playing is stopped. Never rejects for anything wrong outside. */
  play(sound: Sound, options?: { signal?: AbortSignal }): Promise<PlayOutcome>;
  /** From 0 (nothing) to 1, for this and later sounds. */
  setVolume(share: number): void;
  /** Silence at once. */
  stop(): void;
  close(): Promise<void>;
}
