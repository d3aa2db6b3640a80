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
  /**
   * Waits until the card that was read is lifted, so that nobody goes without it. `unknown`: the reader is gone, or
   * the waiting was stopped.
   */
  lifted(options: { signal: AbortSignal; timeoutMs: number }): Promise<'lifted' | 'still_there' | 'unknown'>;
  /** Printed number of the reader's security module, for whoever looks after the machine; undefined until it told. */
  samId(): string | undefined;
  close(): Promise<void>;
}
