/** `absent`: no such queue, or no printing system. `stopped`: the queue takes no jobs until somebody looks at it. */
export type DocumentPrinterStatus = { state: 'ready' } | { state: 'absent' } | { state: 'stopped' };

/**
 * How a document ended. `printed`: the printing system said so. `not_started`: it did not take the document.
 * `interrupted`: it took it, or may have, and gave it up; some pages may be on paper. `stopped`: the printer gave up in the
 * middle; `held`: the system keeps the job for a person; `vanished`: the system no longer knows it.
 */
export type DocumentOutcome =
  | { kind: 'printed' }
  | { kind: 'not_started'; reason: 'absent' | 'stopped' | 'refused' | 'cancelled' }
  | {
      kind: 'interrupted';
      reason: 'failed' | 'timed_out' | 'cancelled' | 'stopped' | 'held' | 'vanished';
    };

export interface DocumentPrinterPort {
  /** Asks the printing system. */
  status(): Promise<DocumentPrinterStatus>;
  /** Prints a PDF on A4. `title` is seen by whoever looks at the queue: neutral words. Never rejects. */
  print(pdf: Uint8Array, options: { title: string; signal?: AbortSignal }): Promise<DocumentOutcome>;
  /** Calls back what is not printed yet. */
  close(): Promise<void>;
}
