import { Listeners } from '../link/index.ts';
import type { PrinterConversation } from './conversation.ts';
import type { SlipPlace } from './port.ts';
import type { PrinterProfile } from './profile.ts';

/** Waits of the presenter in ms; tests shorten them. */
export interface PresenterTiming {
  /** After this the person is reminded. */
  remind: number;
  /** After this the slip is taken back where the model can: what stands on it is nobody else's business. */
  retract: number;
  /** After this a slip whose visit has ended is taken back: somebody who leaves with the slip needs a moment. */
  grace: number;
}

/** How one family of presenters is asked and told (hardware.md 2.9). */
interface Dialect {
  /** Whether the slip stands in the mouth; undefined when the printer is silent. */
  slipInMouth: (conversation: PrinterConversation) => Promise<boolean | undefined>;
  /** Pushes the slip out, so that the next one of the same person has room. */
  eject?: Uint8Array;
  retract?: Uint8Array;
  retractsItself?: boolean;
}

const dialects: Readonly<Record<Exclude<PrinterProfile['presenter'], 'none'>, Dialect>> = {
  // Retracts by itself after the seconds named when the slip was presented; the next job pushes it out.
  'fs-p': {
    retractsItself: true,
    slipInMouth: async (conversation) => (await conversation.condition())?.slipInMouth,
  },
  'gs-e': {
    slipInMouth: bitOf(Uint8Array.of(0x1d, 0x65, 0x06), 0x08),
    eject: Uint8Array.of(0x1d, 0x65, 0x05),
    retract: Uint8Array.of(0x1d, 0x65, 0x02),
  },
  // Tells where the slip is, but not how to take it back.
  'dle-eot-5': {
    slipInMouth: bitOf(Uint8Array.of(0x10, 0x04, 0x05), 0x04),
  },
};

interface PresenterOptions {
  profile: PrinterProfile;
  conversation: PrinterConversation;
  timing: PresenterTiming;
  send: (bytes: Uint8Array) => Promise<boolean>;
}

/** Follows a printed slip from the mouth of the printer to a hand, or back into the machine. */
export class Presenter {
  readonly #options: PresenterOptions;
  readonly #dialect: Dialect | undefined;
  readonly #listeners = new Listeners<SlipPlace>();
  #place: SlipPlace = 'none';
  #presentedAt = 0;
  /** The printer counts its own time to the retraction from here at the earliest. */
  #sentAt = 0;
  #retracting = false;
  /** The visit has ended. */
  #dismissed = false;

  constructor(options: PresenterOptions) {
    this.#options = options;
    const { presenter } = options.profile;
    this.#dialect = presenter === 'none' ? undefined : dialects[presenter];
  }

  get place(): SlipPlace {
    return this.#place;
  }

  onPlace(listener: (place: SlipPlace) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** A slip was printed, or pushed out, and now stands in the mouth; its last byte was sent at `sentAt`. */
  presented(sentAt: number): void {
    if (!this.#dialect) return;
    this.#presentedAt = performance.now();
    this.#sentAt = sentAt;
    this.#retracting = false;
    this.#become('offered');
  }

  /** Looks where the slip is, reminds, and takes it back when it is time. */
  async look(): Promise<void> {
    if (!this.#dialect || !this.#isOut()) return;
    const inMouth = await this.#dialect.slipInMouth(this.#options.conversation);
    if (inMouth === undefined) return;
    const now = performance.now();
    const elapsed = now - this.#presentedAt;
    const { remind, retract, grace } = this.#options.timing;
    // The printer knows that the slip is in its mouth before we know that it is printed.
    const tookItself = this.#dialect.retractsItself === true && now - this.#sentAt >= retract;
    const mayStay = this.#dismissed ? grace : retract;
    if (!inMouth) this.#become(this.#retracting || tookItself ? 'retracted' : 'taken');
    else if (elapsed >= mayStay && this.#dialect.retract && !this.#retracting) await this.takeBack();
    else if (elapsed >= remind) this.#become('untaken');
  }

  /** The visit has ended: what still stands in the mouth is taken back soon, a slip that is just being printed too. */
  dismiss(): void {
    this.#dismissed = true;
  }

  /** Takes an untaken slip back now, where the model can on demand. */
  async takeBack(): Promise<void> {
    const retract = this.#dialect?.retract;
    if (!retract || !this.#isOut()) return;
    this.#retracting = await this.#options.send(retract);
  }

  /** Takes back what was pushed out just before a job: it is nobody's here. */
  async swallow(): Promise<void> {
    if (this.#dialect?.retract) await this.#options.send(this.#dialect.retract);
  }

  /** Makes room for the next slip: the one before is pushed out to the same person, and taken back from another. */
  async makeRoom(): Promise<void> {
    if (this.#dismissed && !this.#retracting) await this.takeBack();
    this.#dismissed = false;
    if (!this.#dialect || !this.#isOut()) return;
    if (this.#dialect.eject && !this.#retracting) await this.#options.send(this.#dialect.eject);
    this.#become(this.#retracting ? 'retracted' : 'taken');
  }

  close(): void {
    this.#listeners.clear();
  }

  #isOut(): boolean {
    return this.#place === 'offered' || this.#place === 'untaken';
  }

  #become(place: SlipPlace): void {
    if (place === this.#place) return;
    this.#place = place;
    this.#listeners.emit(place);
  }
}

/** Asks a question that is answered by one byte, for one bit of it. */
function bitOf(question: Uint8Array, bit: number): Dialect['slipInMouth'] {
  return async (conversation) => {
    const answer = await conversation.askUnmarked(question);
    return answer === undefined ? undefined : (answer & bit) !== 0;
  };
}
