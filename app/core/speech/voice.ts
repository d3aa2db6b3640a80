/** One sentence in the words that are said, and how. */
export interface Utterance {
  /** Han and pauses only for `zh-CN`. */
  words: string;
  language: 'zh-CN' | 'en';
  /** 1 is the pace of an announcer. */
  pace: number;
}

/** Turns words into sound. */
export interface SpeechPort {
  /** A WAV file, or null when this voice cannot say it. Never rejects; aborting ends the work at once. */
  say(utterance: Utterance, signal: AbortSignal): Promise<Uint8Array | null>;
}

/** What the first of several voices makes of it, or null when none can. */
export async function sayWithFirst(
  voices: readonly SpeechPort[],
  utterance: Utterance,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  for (const voice of voices) {
    const wav = await voice.say(utterance, signal);
    if (wav !== null || signal.aborted) return wav;
  }
  return null;
}
