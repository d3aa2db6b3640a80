import type { IdCardReaderPort } from '../../../hardware/id-card-reader/port.ts';

/** After so long whoever forgot the card is gone; it stays known until the next reading asks for it to be lifted. */
const FOLLOWED_MS = 5 * 60_000;

interface LyingCardEdges {
  reader: Pick<IdCardReaderPort, 'lifted'>;
  /** Told each time it changes. */
  tell: (lies: boolean) => void;
  /** Called when somebody leaves without the card. */
  remind: () => void;
}

/** The card that was read, until it is lifted: nobody shall go without it. */
export class LyingCard {
  readonly #edges: LyingCardEdges;
  #following: AbortController | undefined;
  #lies = false;

  constructor(edges: LyingCardEdges) {
    this.#edges = edges;
  }

  /** A card was read and lies there. */
  follow(): void {
    this.release();
    const following = new AbortController();
    this.#following = following;
    this.#become(true);
    const options = { signal: following.signal, timeoutMs: FOLLOWED_MS };
    void this.#edges.reader.lifted(options).then((outcome) => {
      if (!following.signal.aborted && outcome !== 'still_there') this.#become(false);
    });
  }

  /** Leaves the reader to a new reading, which itself asks for a card that lies there to be lifted. */
  release(): void {
    this.#following?.abort();
    this.#become(false);
  }

  /** Somebody leaves; a property, so that a visit notes it once however many cards were read. */
  readonly visitEnded = (): void => {
    if (this.#lies) this.#edges.remind();
  };

  #become(lies: boolean): void {
    if (lies === this.#lies) return;
    this.#lies = lies;
    this.#edges.tell(lies);
  }
}
