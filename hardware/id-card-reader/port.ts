import type { IdentityCard } from '../../app/domain/identity/card.ts';

export type CardReaderStatus =
  { state: 'ready' } | { state: 'absent' } | { state: 'fault'; fault: 'silent' | 'unauthorised' };

export type CardReading =
  | { kind: 'waiting' }
  | { kind: 'reading' }
  | { kind: 'read'; card: IdentityCard }
  /** Another card may be placed; the reading goes on. */
  | { kind: 'retry'; reason: 'pulled_early' | 'unreadable' }
  /** The reading is over. */
  | { kind: 'failed'; reason: 'unsupported_card' | 'reader_absent' | 'reader_silent' | 'timed_out' };

export interface IdCardReaderPort {
  status(): CardReaderStatus;
  onStatus(listener: (status: CardReaderStatus) => void): () => void;
  /**
   * Polls for a card until one is read, the time is over or `signal` aborts; only then is the reader spoken to.
   * Ends after `read` or `failed`. Photo and fingerprint bytes never leave the driver.
   */
  read(options: { signal: AbortSignal; timeoutMs: number }): AsyncIterable<CardReading>;
  close(): Promise<void>;
}
