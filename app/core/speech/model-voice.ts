import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { chooseModel, modelsFolder } from '../../../models/speech/index.ts';
import type { VoiceReply, VoiceRequest } from './model-voice-wire.ts';
import type { SpeechPort } from './voice.ts';

/** A voice that holds a process of its own until it is closed. */
export interface ModelVoice extends SpeechPort {
  close(): Promise<void>;
}

interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Beside this file in the sources, and beside the bundle in a built kiosk. */
const PROGRAM = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? './model-voice-process.ts' : './model-voice.mjs',
    import.meta.url,
  ),
);
/** After so many ends in a row without a word in between, a model is taken for unusable. */
const MOST_FAILURES = 3;
const LONGEST_MS = 10_000;

/** The voice that is installed on this machine, or null where there is none; a damaged one is told in the log. */
export function openModelVoice({
  home,
  testModels,
  log,
}: {
  home: string;
  testModels: boolean;
  log: Log;
}): ModelVoice | null {
  const model = chooseModel(modelsFolder(home), 'speak', testModels);
  if (!model.ok) return null;
  const { directory, manifest } = model.value;
  log.info({ model: manifest.id, type: manifest.type }, 'speaks with this model');
  return modelVoice({ directory, languages: manifest.languages, log });
}

/** Speaks with a model of sherpa-onnx. What it cannot say in time, or at all, is left to the next voice. */
export function modelVoice({
  directory,
  languages,
  log,
  program = PROGRAM,
}: {
  directory: string;
  /** BCP 47. */
  languages: readonly string[];
  log: Pick<Log, 'warn'>;
  program?: string;
}): ModelVoice {
  const waiting = new Map<number, (wav: Uint8Array | null) => void>();
  let requests = 0;
  let failures = 0;
  let closed = false;
  let child: ChildProcess | null = null;

  const start = (): ChildProcess => {
    const started = fork(program, [directory], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      execArgv: [],
    });
    started.on('error', () => undefined);
    started.on('message', (message) => {
      failures = 0;
      const { request, wav } = message as VoiceReply;
      waiting.get(request)?.(wav);
    });
    started.on('exit', (code, signal) => {
      if (child === started) child = null;
      for (const settle of [...waiting.values()]) settle(null);
      if (closed) return;
      failures += 1;
      log.warn({ code, signal, failures }, 'the voice ended');
    });
    return started;
  };
  child = start();

  return {
    say: ({ words, language, pace }, signal) => {
      const speaks = languages.some((each) => each.split('-')[0] === language.split('-')[0]);
      if (!speaks || closed || signal.aborted || failures >= MOST_FAILURES) return Promise.resolve(null);
      const speaking = (child ??= start());
      requests += 1;
      const request: VoiceRequest = { request: requests, words, pace };
      return new Promise((resolve) => {
        const late = setTimeout(() => {
          speaking.kill('SIGKILL');
          settle(null);
        }, LONGEST_MS);
        const aborted = () => settle(null);
        const settle = (wav: Uint8Array | null) => {
          clearTimeout(late);
          signal.removeEventListener('abort', aborted);
          waiting.delete(request.request);
          resolve(wav);
        };
        signal.addEventListener('abort', aborted);
        waiting.set(request.request, settle);
        // One that just ended is told of by its `exit`.
        if (speaking.connected) speaking.send(request, () => undefined);
      });
    },
    close: async () => {
      closed = true;
      const ending = child;
      if (ending === null) return;
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
      ending.kill('SIGKILL');
      await ended;
    },
  };
}
