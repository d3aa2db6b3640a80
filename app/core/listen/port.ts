import type { Hearing } from '../../contract/listen.ts';
import type { Language } from '../../contract/session.ts';

/** Whether there is something that turns speech into words. The microphone tells its own state. */
export type RecogniserStatus = { state: 'ready' } | { state: 'absent'; reason: 'no_model' | 'broken_model' };

export interface HearingRequest {
  language: Language;
  /** Words that are probably said (the choices on the screen); empty for a question in one's own words. */
  expected: readonly string[];
  /** Aborts when the speaker has said that it is all: the microphone closes, the words follow. */
  finished: AbortSignal;
  /** Aborts when silence after speech may end it: a tap, not a held button. */
  endsBySilence: AbortSignal;
  /** Aborts when nobody wants it any more: the microphone closes, the sound is overwritten, nothing more comes. */
  cancelled: AbortSignal;
}

/** What comes of one utterance; ends with `heard` or `trouble`, or with nothing when it was cancelled. */
export type HearingStep =
  | Extract<Hearing, { state: 'listening' | 'level' | 'partial' | 'recognising' }>
  | Omit<Extract<Hearing, { state: 'heard' }>, 'choice'>
  | Extract<Hearing, { state: 'trouble' }>;

/** From the microphone to words, for one utterance at a time. */
export interface HearingPort {
  status(): RecogniserStatus;
  /** Called on each change; returns the unsubscribe function. */
  onStatus(listener: () => void): () => void;
  /**
   * Opens the microphone for `MAX_LISTENING_MS` at most. Never rejects for anything that is wrong with a device, a model
   * or the speaker. Has closed the microphone and wiped the sound when the iteration is over, however it ended.
   */
  hear(request: HearingRequest): AsyncIterable<HearingStep>;
  close(): Promise<void>;
}
