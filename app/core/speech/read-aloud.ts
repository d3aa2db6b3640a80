import type { Sound, SpeakerPort } from '../../../hardware/speaker/port.ts';
import type { Reading, ReadingProgress } from '../../contract/speech.ts';
import type { Result } from '../../domain/result.ts';
import type { Sessions } from '../session/index.ts';
import { utteranceOf } from './utterance.ts';
import { sayWithFirst, type SpeechPort } from './voice.ts';

export interface ReadAloudDependencies {
  sessions: Sessions;
  speaker: SpeakerPort;
  voices: readonly SpeechPort[];
  soundOf: (wav: Uint8Array) => Result<Sound, string>;
}

/**
 * Reads sentences one after the other and tells which begins; the next is made while one is heard. Silent at once when
 * the visit ends, the stream is closed or another reading begins.
 */
export async function* readAloud(
  { sessions, speaker, voices, soundOf }: ReadAloudDependencies,
  { sessionId, sentences, language, pace, headphones }: Reading,
  closed: AbortSignal | undefined,
): AsyncGenerator<ReadingProgress> {
  const visit = sessionId === null ? null : sessions.find(sessionId);
  if (sessionId !== null && visit === null) {
    yield { state: 'stopped', reason: 'no_session' };
    return;
  }
  const left = new AbortController();
  const signal = AbortSignal.any([
    left.signal,
    ...(visit ? [visit.signal] : []),
    ...(closed ? [closed] : []),
  ]);
  const utterances = sentences
    .map((text, sentence) => ({ sentence, utterance: utteranceOf(text, { language, pace, headphones }) }))
    .filter(({ utterance }) => utterance.words !== '');
  const render = (at: number) => {
    const next = utterances[at];
    return next ? sayWithFirst(voices, next.utterance, signal) : Promise.resolve(null);
  };
  try {
    let rendered = render(0);
    for (const [at, { sentence }] of utterances.entries()) {
      const wav = await rendered;
      // Listening is a sign of life: a visit is not forgotten while it is read to.
      if (signal.aborted || (sessionId !== null && sessions.find(sessionId) === null)) return;
      const sound = wav && soundOf(wav);
      if (!sound?.ok) {
        yield { state: 'stopped', reason: 'broken' };
        return;
      }
      rendered = render(at + 1);
      yield { state: 'speaking', sentence };
      const outcome = await speaker.play(sound.value, { signal });
      if (outcome.kind !== 'played') {
        yield { state: 'stopped', reason: outcome.kind === 'failed' ? 'broken' : 'interrupted' };
        return;
      }
    }
    yield { state: 'done' };
  } finally {
    left.abort();
  }
}
