import type { Consultation } from '../../app/contract/consult.ts';
import type { Hearing, ListeningTrouble } from '../../app/contract/listen.ts';

/** What was said, and for a question what the machine makes of it. */
export interface Heard extends Omit<Extract<Hearing, { state: 'heard' }>, 'state'> {
  /** Null where a choice was to be named. */
  consultation: Consultation | null;
}

export interface ListenerState {
  phase: 'off' | 'opening' | 'listening' | 'recognising';
  /** 0 is silence, 1 a shout. */
  level: number;
  noisy: boolean;
  /** The words so far. */
  text: string;
  /** Why the last try came to nothing; `lost`: the core went away meanwhile. */
  trouble: ListeningTrouble | 'lost' | null;
  /** Tries in a row that came to nothing. */
  failures: number;
}

interface ListenerEdges {
  /** Has the core listen; ends when it has heard, or when `signal` aborts. */
  open: (
    choices: readonly string[],
    signal: AbortSignal,
  ) => AsyncIterable<Hearing> | Promise<AsyncIterable<Hearing>>;
  letGo: (when: 'now' | 'silence') => void;
}

/** After so many tries that came to nothing the other ways come first. */
export const ENOUGH_FAILURES = 3;

/** Half a minute of listening, ten seconds of recognising; longer, and the link to the core hangs. */
const LONGEST_MS = 42_000;

const off: ListenerState = { phase: 'off', level: 0, noisy: false, text: '', trouble: null, failures: 0 };

/** Listens to one utterance at a time: start, let go, cancel. Knows nothing of what a screen is. */
export class Listener {
  readonly #edges: ListenerEdges;
  readonly #listeners = new Set<() => void>();
  #state = off;
  #listening = new AbortController();
  /** What the hand did before the microphone was open. */
  #early: 'now' | 'silence' | null = null;

  constructor(edges: ListenerEdges) {
    this.#edges = edges;
  }

  readonly current = (): ListenerState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the microphone; `take` is told once what was heard. Does nothing while it listens already. */
  start(choices: readonly string[], take: (heard: Heard) => void): void {
    if (this.#state.phase === 'off') void this.#listen(choices, take);
  }

  /** The speaker lets go: at once, or (a tap) when silence follows. */
  letGo(when: 'now' | 'silence'): void {
    if (this.#state.phase === 'opening') this.#early = when;
    else if (this.#state.phase === 'listening') this.#edges.letGo(when);
  }

  /** At once, without a word about it. */
  cancel(): void {
    if (this.#state.phase === 'off' && this.#state.trouble === null) return;
    this.#end({ trouble: null });
  }

  /** The next visitor begins like the first. */
  reset(): void {
    this.#end(off);
  }

  async #listen(choices: readonly string[], take: (heard: Heard) => void): Promise<void> {
    const { signal } = (this.#listening = new AbortController());
    this.#early = null;
    this.#become({ ...off, phase: 'opening', failures: this.#state.failures });
    let words: Extract<Hearing, { state: 'heard' }> | undefined;
    let consultation: Consultation | null = null;
    const late = setTimeout(() => {
      if (!signal.aborted) this.#fail('lost');
    }, LONGEST_MS);
    try {
      for await (const hearing of await this.#edges.open(choices, signal)) {
        if (signal.aborted) return;
        if (hearing.state === 'heard') {
          words = hearing;
          this.#become({ phase: 'recognising', text: hearing.text });
        } else if (hearing.state === 'understood') consultation = hearing.consultation;
        else this.#follow(hearing);
      }
    } catch {
      // The link to the core was lost.
    } finally {
      clearTimeout(late);
    }
    if (signal.aborted || this.#state.phase === 'off') return;
    if (!words || (choices.length === 0 && consultation === null)) {
      this.#fail('lost');
      return;
    }
    this.#end({ failures: 0 });
    const { text, alternatives, repaired, choice } = words;
    take({ text, alternatives, repaired, choice, consultation });
  }

  #follow(hearing: Exclude<Hearing, { state: 'heard' | 'understood' }>): void {
    switch (hearing.state) {
      case 'listening':
        this.#become({ phase: 'listening' });
        if (this.#early) this.#edges.letGo(this.#early);
        return;
      case 'level':
        this.#become({ level: hearing.level, noisy: hearing.noisy });
        return;
      case 'partial':
        this.#become({ text: hearing.text });
        return;
      case 'recognising':
        this.#become({ phase: 'recognising', level: 0 });
        return;
      case 'trouble':
        this.#fail(hearing.reason);
    }
  }

  #fail(trouble: ListenerState['trouble']): void {
    this.#end({ trouble, failures: this.#state.failures + 1 });
  }

  #end(change: Partial<ListenerState>): void {
    this.#listening.abort();
    this.#become({ ...off, failures: this.#state.failures, ...change });
  }

  #become(change: Partial<ListenerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
