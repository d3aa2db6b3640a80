/**
 * What goes to the process that listens, on a pipe of its own so that sound lies in no message queue: a kind, the number of
 * bytes that follow, then those bytes. Only `sound` has any: 16 bit samples.
 */
export const WIRE = { begin: 1, sound: 2, finish: 3, discard: 4 } as const;
export const WIRE_HEADER_BYTES = 8;
/** Where that pipe is in the process that listens. */
export const WIRE_FILE = 3;

export interface Progress {
  text: string;
  /** By the detector of speech, since the beginning of the utterance. */
  speechMs: number;
  /** Since somebody last spoke. */
  silenceMs: number;
}

/** A sentence to be put right by its sound; `expected` are words that were probably said. */
export interface RepairRequest {
  text: string;
  expected: readonly string[];
}

export interface RepairedText {
  text: string;
  /** Sentences that sound alike, best first, without `text`. */
  alternatives: string[];
  repaired: { heard: string; taken: string }[];
  /** Whether it reads like something that is asked here. */
  sure: boolean;
}

/** What the core asks beside the pipe of sound. `vocabulary` comes first: the sentences of the pack. */
export type ToRecogniser =
  | { kind: 'vocabulary'; sentences: readonly string[] }
  | ({ kind: 'repair'; request: number } & RepairRequest);

/** What comes back; utterances are counted from 1. */
export type FromRecogniser =
  | { kind: 'ready' }
  | ({ kind: 'repaired'; request: number } & RepairedText)
  | ({ kind: 'progress'; utterance: number } & Progress)
  | ({ kind: 'final'; utterance: number; language: string | null } & Progress);
