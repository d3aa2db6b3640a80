import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { promptFile } from '../content/index.ts';
import type { SpeechPort, Utterance } from './voice.ts';

/** Recorded sentences of an opened, verified pack. */
export interface RecordedPrompts {
  directory: string;
  files: ReadonlySet<string>;
}

/** The file of a recorded sentence, named by what is said, so that a changed sentence never meets an old recording. */
export const promptOf = ({ words, language }: Pick<Utterance, 'words' | 'language'>): string =>
  promptFile(createHash('sha256').update(`${language}\n${words}`).digest('hex').slice(0, 32));

/** Sentences that somebody recorded or rendered beforehand; they have one pace. */
export const recordedVoice = ({ directory, files }: RecordedPrompts): SpeechPort => ({
  say: async (utterance) => {
    const file = promptOf(utterance);
    if (utterance.pace !== 1 || !files.has(file)) return null;
    return readFile(join(directory, file)).catch(() => null);
  },
});
