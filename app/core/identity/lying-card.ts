import type { IdCardReaderPort } from '../../../hardware/id-card-reader/port.ts';

/** After so long whoever forgot the card is gone; it stays known until the next reading asks for it to be lifted. */
const FOLLOWED_MS = 5 * 60_000;

interface LyingCardEdges {
  reader: Pick<IdCardReaderPort, 'lifted' | 'cardLies'>;
  /** Told each time it changes. */
  tell: (lies: boolean) => void;
  /** Called when somebody leaves without the card. */
  remind: () => void;
}

/** The card on the reader, read or not, until it is lifted: nobody shall go without it. */
export class LyingCard {
  readonly #edges: LyingCardEdges;
  #following: AbortController | undefined;
  #lies = false;
  #readings = 0;

  constructor(edges: LyingCardEdges) {
    this.#edges = edges;
  }

  /**
   * Leaves the reader to a new reading, which itself asks for a card that lies there to be lifted. Returns what to call when
   * it has ended: from then on the card that lies there is followed, unless another reading has begun.
   */
  readingBegins(): () => void {
    this.release();
    this.#readings += 1;
    const mine = this.#readings;
    return () => {
      if (mine === this.#readings) this.#follow();
    };
  }

  /** Follows nothing any more. */
  release(): void {
    this.#following?.abort();
    this.#become(false);
  }

  /** Somebody leaves, perhaps in the middle of a reading; a property, so that a visit notes it once however many there were. */
  readonly visitEnded = (): void => {
    if (this.#lies || this.#edges.reader.cardLies()) this.#edges.remind();
  };

  #follow(): void {
    if (!this.#edges.reader.cardLies()) return;
    const following = new AbortController();
    this.#following = following;
    this.#become(true);
    const options = { signal: following.signal, timeoutMs: FOLLOWED_MS };
    void this.#edges.reader.lifted(options).then((outcome) => {
      if (!following.signal.aborted && outcome !== 'still_there') this.#become(false);
    });
  }

  #become(lies: boolean): void {
    if (lies === this.#lies) return;
    this.#lies = lies;
    this.#edges.tell(lies);
  }
}
