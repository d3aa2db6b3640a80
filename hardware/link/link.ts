import type { Result } from '../../app/domain/result.ts';

/** `opening` until the first attempt ends; `lost` while the link is trying again; `closed` for good. */
export type LinkState = 'opening' | 'open' | 'lost' | 'closed';

/** How the device says that it cannot take more bytes now. */
export type SerialFlow = 'none' | 'rtscts' | 'xonxoff';

/** `not_open`: no byte left us. `lost`, `timed_out`: some bytes may have arrived; the connection is dropped. */
export type WriteFailure = 'not_open' | 'lost' | 'timed_out';

/**
 * A byte pipe to one device that heals itself. What was written to a connection never lands in a later one. The link
 * cannot notice every broken cable: the driver keeps the device talking and calls `reopen` when it stays silent.
 */
export interface ByteLink {
  readonly state: LinkState;
  /** Called on each change; returns the unsubscribe function. */
  onState(listener: (state: LinkState) => void): () => void;
  /** Bytes as they come, in pieces of any size, valid during the call only; returns the unsubscribe function. */
  onBytes(listener: (bytes: Uint8Array) => void): () => void;
  write(bytes: Uint8Array): Promise<Result<undefined, WriteFailure>>;
  /** Drops this connection and makes a new one, at another speed when named. */
  reopen(baudRate?: number): void;
  close(): Promise<void>;
}

/** Waits between attempts to open, in ms; the last one repeats. */
export const reopenDelaysMs: readonly number[] = [1000, 2000, 5000, 10_000, 30_000];
