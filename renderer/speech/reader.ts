import type { ReadingProgress } from '../../app/contract/speech.ts';

/** One sentence and where it stands on the screen; null when it is not in view. */
export interface Passage {
  text: string;
  place: Range | null;
}

/** Paces the visitor can choose, in the order in which the button goes through them. */
const paces = [1, 1.25, 1.5, 2, 0.75] as const;
export type Pace = (typeof paces)[number];

export interface ReadingState {
  phase: 'silent' | 'reading' | 'paused';
  pace: Pace;
  /** The last reading ended because the machine could not go on. */
  failed: boolean;
}

interface ReaderEdges {
  /** Has sentences spoken; ends when all were, or when `signal` aborts. */
  speak: (
    sentences: readonly string[],
    pace: Pace,
    signal: AbortSignal,
  ) => AsyncIterable<ReadingProgress> | Promise<AsyncIterable<ReadingProgress>>;
  /** Marks what is being read; null: nothing. */
  highlight: (place: Range | null) => void;
}

/** Part after part of a screen, as it stands when its turn comes. */
export type Parts = () => AsyncIterator<readonly Passage[]>;

const silent: ReadingState = { phase: 'silent', pace: 1, failed: false };

/** Reads one screen aloud: play, pause, again, pace, stop. Knows nothing of what a screen is. */
export class Reader {
  readonly #edges: ReaderEdges;
  readonly #listeners = new Set<() => void>();
  #state = silent;
  #from: Parts | null = null;
  #whenFailed: () => void = () => undefined;
  #parts: AsyncIterator<readonly Passage[]> | null = null;
  #part: readonly Passage[] = [];
  #at = 0;
  #speaking = new AbortController();

  constructor(edges: ReaderEdges) {
    this.#edges = edges;
  }

  readonly current = (): ReadingState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `whenFailed` is called when the machine cannot go on; not when somebody ends it. */
  start(parts: Parts, whenFailed: () => void = () => undefined): void {
    this.#hush();
    this.#from = parts;
    this.#whenFailed = whenFailed;
    this.#begin(parts);
  }

  pause(): void {
    if (this.#state.phase !== 'reading') return;
    this.#hush();
    this.#become({ phase: 'paused' });
  }

  resume(): void {
    if (this.#state.phase === 'paused') void this.#go();
  }

  /** What is on the screen, from its beginning. */
  again(): void {
    if (this.#from === null) return;
    this.#hush();
    this.#begin(this.#from);
  }

  /** The next pace; a sentence that is being read begins anew in it. */
  changePace(): void {
    const pace = paces[(paces.indexOf(this.#state.pace) + 1) % paces.length] ?? 1;
    const wasReading = this.#state.phase === 'reading';
    this.#hush();
    this.#become({ pace });
    if (wasReading) void this.#go();
  }

  stop(): void {
    if (this.#state.phase === 'silent' && !this.#state.failed) return;
    this.#end(false);
  }

  /** Also forgets the pace: the next visitor begins like the first. */
  reset(): void {
    this.#end(false);
    this.#become(silent);
  }

  #begin(parts: Parts): void {
    this.#parts = parts();
    this.#part = [];
    this.#at = 0;
    void this.#go();
  }

  async #go(): Promise<void> {
    const { signal } = (this.#speaking = new AbortController());
    this.#become({ phase: 'reading', failed: false });
    try {
      for (;;) {
        if (this.#at >= this.#part.length) {
          const next = await this.#parts?.next();
          if (signal.aborted) return;
          if (!next || next.done === true) {
            this.#end(false);
            return;
          }
          this.#part = next.value;
          this.#at = 0;
        } else if (!(await this.#speakPart(signal))) {
          if (!signal.aborted) this.#end(true);
          return;
        }
      }
    } catch {
      // The link to the core was lost, or the screen is gone.
      if (!signal.aborted) this.#end(true);
    }
  }

  /** Whether the rest of the part was read to its end. */
  async #speakPart(signal: AbortSignal): Promise<boolean> {
    const first = this.#at;
    const sentences = this.#part.slice(first).map(({ text }) => text);
    for await (const progress of await this.#edges.speak(sentences, this.#state.pace, signal)) {
      if (signal.aborted) return false;
      if (progress.state === 'speaking') {
        this.#at = first + progress.sentence;
        this.#edges.highlight(this.#part[this.#at]?.place ?? null);
      } else if (progress.state === 'done') {
        this.#at = this.#part.length;
        return true;
      } else return false;
    }
    return false;
  }

  #hush(): void {
    this.#speaking.abort();
    this.#edges.highlight(null);
  }

  #end(failed: boolean): void {
    this.#hush();
    this.#parts = null;
    this.#from = null;
    this.#become({ phase: 'silent', failed });
    if (failed) this.#whenFailed();
  }

  #become(change: Partial<ReadingState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
