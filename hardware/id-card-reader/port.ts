import type { IdentityCard } from '../../app/domain/identity/card.ts';

export type CardReaderStatus =
  | { state: 'ready' }
  | { state: 'absent' }
  /** `unknown_status`: it answers again and again with what no table lists. */
  | { state: 'fault'; fault: 'silent' | 'unauthorised' | 'unknown_status' };

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
  /** Whether a card lies there, read or not, as far as the readings so far have told. */
  cardLies(): boolean;
  /**
   * Waits until the card that lies there is lifted, so that nobody goes without it. `unknown`: the reader is gone, or
   * the waiting was stopped.
   */
  lifted(options: { signal: AbortSignal; timeoutMs: number }): Promise<'lifted' | 'still_there' | 'unknown'>;
  /** Printed number of the reader's security module, for whoever looks after the machine; undefined until it told. */
  samId(): string | undefined;
  close(): Promise<void>;
}
