import type { Slip } from './slip.ts';

/** The mouth of a simulated presenter: a slip stands in it until it is taken, pushed out or taken back. */
export class SimulatedMouth {
  readonly #drop: (slip: Slip) => void;
  #slip: Slip | undefined;
  #retractAt = Infinity;
  /** How many slips went back into the machine. */
  retracted = 0;

  /** `drop` gets each slip that comes into a hand or falls out. */
  constructor(drop: (slip: Slip) => void) {
    this.#drop = drop;
  }

  get holdsSlip(): boolean {
    if (performance.now() >= this.#retractAt) this.retract();
    return this.#slip !== undefined;
  }

  /** Holds a slip; after `seconds` it goes back by itself, with 0 never. The one before falls out. */
  offer(slip: Slip, seconds: number): void {
    this.eject();
    this.#slip = slip;
    this.#retractAt = seconds === 0 ? Infinity : performance.now() + seconds * 1000;
  }

  /** A hand takes the slip, or the printer pushes it out. */
  eject(): void {
    if (this.holdsSlip && this.#slip) this.#drop(this.#slip);
    this.#slip = undefined;
    this.#retractAt = Infinity;
  }

  retract(): void {
    if (this.#slip) this.retracted += 1;
    this.#slip = undefined;
    this.#retractAt = Infinity;
  }
}
