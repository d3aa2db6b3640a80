/**
 * What the application knows of the loudspeaker. `no_player`: the program that plays sound is not installed;
 * `no_device`: it is, and finds nothing to play on.
 */
export type SpeakerStatus = { state: 'ready' } | { state: 'absent'; reason: 'no_player' | 'no_device' };

/** How one sound ended. `stopped`: by `stop`, by a newer sound or by closing; `failed`: the speaker did not take it. */
export type PlayOutcome = 'played' | 'stopped' | 'failed';

export interface SpeakerPort {
  status(): SpeakerStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: (status: SpeakerStatus) => void): () => void;
  /** Plays a whole WAV file (16-bit PCM) and resolves when it ended. A sound that still plays is stopped. Never rejects. */
  play(wav: Uint8Array): Promise<PlayOutcome>;
  /** Silence at once; nothing happens when nothing plays. */
  stop(): void;
  /** Loudness of what is played next, 0 (silent) to 1 (as recorded). */
  setVolume(share: number): void;
  close(): Promise<void>;
}
