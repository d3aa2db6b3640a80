/** All waits of the card reader driver in ms; tests shorten them. */
export interface CardReaderTiming {
  /** Between two looks for a card. */
  find: number;
  /** A life sign when nobody reads. */
  keepAlive: number;
  /** Silence after an unanswered command. */
  settle: number;
  /** Between rounds over all speeds while the reader is silent; the last one repeats. */
  probeRounds: readonly number[];
  /** Factor on the answer limits of the commands. */
  patience: number;
}

export const cardReaderTiming: CardReaderTiming = {
  find: 300,
  keepAlive: 30_000,
  settle: 100,
  probeRounds: [1000, 2000, 5000],
  patience: 1,
};
