import { MAX_LISTENING_MS, type Hearing, type Listening } from '../../contract/listen.ts';
import type { Journal } from '../journal/index.ts';
import { askInVisit, type AnswerSource, type Sessions, type Visit } from '../session/index.ts';
import { choiceOf } from './choice.ts';
import type { HearingPort, HearingStep } from './port.ts';

export interface ListenDependencies {
  sessions: Sessions;
  journal: Journal;
  answers: AnswerSource;
  hearing: HearingPort;
}

/** The one listener of a visit, among its belongings. */
const BELONGING = 'listening';

interface Listener {
  finished: AbortController;
  endsBySilence: AbortController;
  cancelled: AbortController;
  /** Resolves when the microphone is closed and the sound is wiped. */
  over: Promise<void>;
}

/**
 * Listens to one utterance and says what was meant: a choice on the screen, or a question with its answer. A newer
 * listener of the visit ends the one before. Words that somebody spoke are neither logged nor kept.
 */
export async function* listenInVisit(
  { sessions, journal, answers, hearing }: ListenDependencies,
  { sessionId, language, choices }: Listening,
  closed: AbortSignal | undefined,
): AsyncGenerator<Hearing> {
  const visit = sessions.find(sessionId);
  if (visit === null || hearing.status().state !== 'ready') {
    yield { state: 'trouble', reason: visit === null ? 'no_session' : 'not_ready' };
    return;
  }
  const before = listenerOf(visit);
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  const listener: Listener = {
    finished: new AbortController(),
    endsBySilence: new AbortController(),
    cancelled: new AbortController(),
    over,
  };
  visit.belongings.set(BELONGING, listener);
  const cancelled = AbortSignal.any([
    visit.signal,
    listener.cancelled.signal,
    ...(closed === undefined ? [] : [closed]),
  ]);
  const unwanted = () => cancelled.aborted;
  const longest = setTimeout(() => listener.finished.abort(), MAX_LISTENING_MS);
  try {
    before?.cancelled.abort();
    await before?.over;
    if (unwanted()) return;
    const request = {
      language,
      expected: choices,
      finished: listener.finished.signal,
      endsBySilence: listener.endsBySilence.signal,
      cancelled,
    };
    for await (const step of hearing.hear(request)) {
      if (unwanted()) return;
      // Speaking is a sign of life.
      sessions.find(sessionId);
      yield hearingOf(step, choices);
      if (step.state !== 'heard' || choices.length > 0) continue;
      const consultation = await askInVisit(
        { sessions, journal, answers },
        { sessionId, question: step.text },
      );
      if (unwanted()) return;
      yield { state: 'understood', consultation };
    }
  } finally {
    clearTimeout(longest);
    listener.cancelled.abort();
    if (listenerOf(visit) === listener) visit.belongings.delete(BELONGING);
    end();
  }
}

/** The speaker lets go: at once, or (a tap) when silence follows. Nothing happens where nobody listens. */
export function stopListening(
  sessions: Sessions,
  { sessionId, when }: { sessionId: string; when: 'now' | 'silence' },
): void {
  const visit = sessions.find(sessionId);
  const listener = visit && listenerOf(visit);
  if (when === 'now') listener?.finished.abort();
  else listener?.endsBySilence.abort();
}

const listenerOf = (visit: Visit): Listener | undefined =>
  visit.belongings.get(BELONGING) as Listener | undefined;

const hearingOf = (step: HearingStep, choices: readonly string[]): Hearing =>
  step.state === 'heard'
    ? { ...step, choice: choices.length === 0 ? null : choiceOf(step.text, choices) }
    : step;
