import { synthesisedVoice } from './espeak.ts';
import { recordedVoice, type RecordedPrompts } from './prompts.ts';
import type { SpeechPort } from './voice.ts';

export { findSynthesiser } from './espeak.ts';
export type { RecordedPrompts } from './prompts.ts';
export { openModelVoice } from './model-voice.ts';
export type { ModelVoice } from './model-voice.ts';
export { openHearing } from './open-hearing.ts';
export { readAloud } from './read-aloud.ts';
export type { ReadAloudDependencies } from './read-aloud.ts';
export { remindAloud } from './remind.ts';
export { speechOf } from './status.ts';

/** The voices of this machine, the best first. Recordings alone are no voice: they say only what was recorded. */
export const voicesOf = ({
  prompts,
  model,
  synthesiser,
}: {
  prompts: RecordedPrompts | null;
  model: SpeechPort | null;
  synthesiser: string | null;
}): readonly SpeechPort[] => {
  const able = [
    ...(model === null ? [] : [model]),
    ...(synthesiser === null ? [] : [synthesisedVoice(synthesiser)]),
  ];
  return able.length === 0 || prompts === null ? able : [recordedVoice(prompts), ...able];
};
