/** A sentence and how it sounds: one syllable without tone a character. */
export interface Sounded {
  characters: readonly string[];
  syllables: readonly string[];
}

/** How much somebody who writes down speech can be trusted. */
export interface Trust {
  /** Price of another character of the same sound, in nats. */
  sameSound: number;
  /** Price of each habit of speech between two sounds. */
  otherSound: number;
  /** Whether a numeral that is written was said: it then stays, whatever is usual. */
  figures: boolean;
}
