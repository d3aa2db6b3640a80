import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

import { numberedPinyin } from './pinyin.ts';
import type { SpeechPort, Utterance } from './voice.ts';

const PROGRAM = 'espeak-ng';
/** Words a minute at pace 1; espeak-ng counts a syllable of pinyin as a word. */
const SPEED = { 'zh-CN': 165, en: 150 } as const;
/** With Han, espeak-ng 1.51 misreads its own dictionary; it says pinyin right. */
const VOICE = { 'zh-CN': 'cmn-latn-pinyin', en: 'en-gb' } as const;
const LONGEST_MS = 10_000;

/** The synthesiser's full path on this machine, or null. `path` is the PATH of the process. */
export function findSynthesiser(path: string): string | null {
  const found = path
    .split(delimiter)
    .map((folder) => join(folder, PROGRAM))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  return found ?? null;
}

/** espeak-ng, always as a program of its own (GPL): words go in on stdin, where no process list shows them. */
export const synthesisedVoice = (program: string): SpeechPort => ({
  say: (utterance, signal) => run(program, utterance, signal),
});

function run(program: string, { words, language, pace }: Utterance, signal: AbortSignal) {
  return new Promise<Uint8Array | null>((resolve) => {
    const speed = String(Math.round(SPEED[language] * pace));
    const child = spawn(program, ['-v', VOICE[language], '-s', speed, '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
      killSignal: 'SIGKILL',
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    // Missing, too slow or aborted: there is no sound.
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? Buffer.concat(parts) : null));
    child.stdin.on('error', () => undefined);
    child.stdin.end(language === 'zh-CN' ? numberedPinyin(words) : words);
  });
}
