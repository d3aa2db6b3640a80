import type { KioskState } from '../../contract/kiosk.ts';

/** The one value that says how the machine is; whoever watches gets it whole, at once and on each change. */
export class StateBoard {
  readonly #listeners = new Set<() => void>();
  #state: KioskState;

  constructor(initial: KioskState) {
    this.#state = initial;
  }

  current(): KioskState {
    return this.#state;
  }

  update(change: Partial<KioskState>): void {
    const next = { ...this.#state, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  /** A slow watcher misses states in between, never the latest. Ends when `signal` aborts. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<KioskState> {
    let wake: () => void = () => undefined;
    let changed = true;
    const listener = () => {
      changed = true;
      wake();
    };
    const stop = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (signal?.aborted !== true) {
        if (changed) {
          changed = false;
          yield this.#state;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}
