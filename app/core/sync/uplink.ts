import { setTimeout } from 'node:timers/promises';

import type { Clock, Randomness } from '../edges.ts';
import type { Journal } from '../journal/index.ts';
import { exchange, type ExchangeOutcome, type Transport } from './exchange.ts';

const MAX_BATCH_ROWS = 512;

/** Rows that come together travel together. */
const GATHER_MS = 200;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 300_000;
const SHORTEST_DELAY_MS = 1_000;

interface UplinkOptions {
  journal: Journal;
  transport: Transport;
  kioskId: string;
  clock: Clock;
  random: Randomness;
  /** Called when the hub answers again, or stops answering. */
  onReach: (reach: 'reachable' | 'unreachable') => void;
  /** The longest first wait after a failure, in ms; shorter in tests. */
  firstDelayMs?: number;
}

/** Full jitter: somewhere between nothing and a doubling limit, so that a fleet does not come back as one. */
export function retryDelay(failures: number, share: number, firstDelayMs: number = FIRST_DELAY_MS): number {
  const limit = Math.min(LONGEST_DELAY_MS, firstDelayMs * 2 ** Math.min(failures, 16));
  return Math.max(Math.min(SHORTEST_DELAY_MS, firstDelayMs), share * limit);
}

const isStepBack = (outcome: ExchangeOutcome): boolean => outcome === 'rewound' || outcome === 'restarted';

/** Sends the journal to the hub for as long as the core lives. Never gives up; says truthfully whether the hub answers. */
export class Uplink {
  readonly #options: UplinkOptions;
  readonly #stop = new AbortController();
  #limit = MAX_BATCH_ROWS;
  #failures = 0;
  #wake: () => void = () => undefined;
  readonly #done: Promise<void>;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#done = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { journal, transport, kioskId, clock, random, firstDelayMs } = this.#options;
    const unsubscribe = journal.onChange(() => {
      if (journal.status().unsent > 0) this.#wake();
    });
    let previous: ExchangeOutcome = 'idle';
    while (!this.#stop.signal.aborted) {
      const outcome = await exchange({
        journal,
        transport: (batch) => transport(batch, this.#stop.signal),
        kioskId,
        limit: this.#limit,
        now: () => clock.now(),
      });
      // Going back twice in a row without a step forward is a failure like any other, and so is one row that is too large.
      const failed =
        outcome === 'failed' ||
        (outcome === 'too_large' && this.#limit === 1) ||
        (isStepBack(outcome) && isStepBack(previous));
      this.#note(outcome, failed);
      previous = outcome;
      if (failed) await this.#sleep(retryDelay(this.#failures, random.share(), firstDelayMs));
      else if (outcome === 'idle') {
        await this.#untilSomethingToSend();
        await this.#sleep(GATHER_MS);
      }
    }
    unsubscribe();
  }

  #note(outcome: ExchangeOutcome, failed: boolean): void {
    if (outcome === 'too_large') this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    if (outcome === 'sent') this.#limit = Math.min(MAX_BATCH_ROWS, this.#limit * 2);
    this.#failures = failed ? this.#failures + 1 : 0;
    if (this.#stop.signal.aborted || outcome === 'idle') return;
    this.#options.onReach(failed ? 'unreachable' : 'reachable');
  }

  #untilSomethingToSend(): Promise<void> {
    if (this.#stop.signal.aborted || this.#options.journal.status().unsent > 0) return Promise.resolve();
    return new Promise((resolve) => (this.#wake = resolve));
  }

  async #sleep(ms: number): Promise<void> {
    // Only stopping interrupts it.
    await setTimeout(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
