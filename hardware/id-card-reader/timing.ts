/** All waits of the card reader driver in ms; tests shorten them. */
export interface CardReaderTiming {
  /** Between two looks for a card. */
  find: number;
  /** A life sign when nobody reads. */
  keepAlive: number;
  /** Silence after an unanswered command. */
  settle: number;
  /** Between rounds while the reader is silent. */
  probeRound: number;
  /** The same at a port where nobody has ever answered, after many rounds: another device may be there. */
  idleRound: number;
  /** Factor on the answer limits of the commands. */
  patience: number;
}

export const cardReaderTiming: CardReaderTiming = {
  find: 300,
  keepAlive: 30_000,
  settle: 100,
  probeRound: 1000,
  idleRound: 60_000,
  patience: 1,
};
