import { synthesisedVoice } from './espeak.ts';
import { recordedVoice, type RecordedPrompts } from './prompts.ts';
import type { SpeechPort } from './voice.ts';

export { findSynthesiser } from './espeak.ts';
export type { RecordedPrompts } from './prompts.ts';
export { openHearing } from './open-hearing.ts';
export { readAloud } from './read-aloud.ts';
export type { ReadAloudDependencies } from './read-aloud.ts';
export { remindAloud } from './remind.ts';
export { speechOf } from './status.ts';

/** The voices of this machine, the best first. Recordings alone are no voice: they say only what was recorded. */
export const voicesOf = ({
  prompts,
  synthesiser,
}: {
  prompts: RecordedPrompts | null;
  synthesiser: string | null;
}): readonly SpeechPort[] =>
  synthesiser === null
    ? []
    : [...(prompts === null ? [] : [recordedVoice(prompts)]), synthesisedVoice(synthesiser)];
