/** Numbers that look random and are the same for the same seed, so that a failed schedule can be run again. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 up to 1. */
  next(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  one<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }
}

/**
 * Runs `schedule` for `count` seeds from FIRST_SCHEDULE (0) on, many at a time: they wait far more than they work. A
 * schedule that failed is run again near its number; what meets what within milliseconds differs from run to run.
 */
export async function runSchedules(
  count: number,
  together: number,
  schedule: (dice: Dice) => Promise<void>,
): Promise<void> {
  let seed = Number(process.env['FIRST_SCHEDULE'] ?? 0);
  const end = seed + count;
  const worker = async (): Promise<void> => {
    while (seed < end) {
      const mine = seed;
      seed += 1;
      try {
        await schedule(new Dice(mine * 7919 + 1));
      } catch (error) {
        throw new Error(`schedule ${mine}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
}
