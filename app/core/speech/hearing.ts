import type { MicrophonePort, Recorded } from '../../../hardware/microphone/port.ts';
import { frameSamples, sampleRate } from '../../../hardware/microphone/port.ts';
import { MAX_LISTENING_MS } from '../../contract/listen.ts';
import type { ListeningTrouble } from '../../contract/listen.ts';
import type { HearingPort, HearingRequest, HearingStep, RecogniserStatus } from '../listen/port.ts';
import type { Ear, Listening } from './recogniser-link.ts';
import { SoundWatch } from './sound-watch.ts';

interface HearingParts {
  microphone: MicrophonePort;
  ear: Ear;
}

const FRAME_MS = (1000 * frameSamples) / sampleRate;
const FRAMES_A_LEVEL = 5;
/** Silence after speech that ends a question that was begun by a tap, and the longest wait for its first word. */
const SILENCE_ENDS_MS = 1_000;
const FIRST_WORD_MS = 6_000;
/** Longer, and the engine counts as hung. */
const RECOGNISE_MS = 10_000;
/** Less is a click or a cough. */
const LEAST_SPEECH_MS = 120;

/** Microphone, detector of speech, recogniser and repair, in one. One utterance at a time. */
export function createHearing({ microphone, ear }: HearingParts): HearingPort {
  const status = (): RecogniserStatus =>
    ear.status() === 'gone' ? { state: 'absent', reason: 'broken_model' } : { state: 'ready' };

  async function* hear(request: HearingRequest): AsyncGenerator<HearingStep, void> {
    const { cancelled } = request;
    const unwanted = () => cancelled.aborted;
    if (unwanted()) return;
    if (ear.status() === 'gone') {
      yield { state: 'trouble', reason: 'broken' };
      return;
    }
    const utterance = ear.begin();
    const watch = new SoundWatch();
    try {
      const ended = yield* listen(request, utterance, watch);
      if (unwanted()) return;
      if (ended !== null) {
        yield { state: 'trouble', reason: ended };
        return;
      }
      yield { state: 'recognising' };
      const stop = untilAborted(cancelled);
      const final = await Promise.race([utterance.finish(RECOGNISE_MS), stop.aborted]);
      stop.release();
      if (unwanted()) return;
      const step = await understand(final, request, watch);
      if (!unwanted()) yield step;
    } finally {
      utterance.discard();
    }
  }

  /** Takes in sound until it is over; returns why nothing more needs to be asked of the recogniser. */
  async function* listen(
    { finished, cancelled, endsBySilence }: HearingRequest,
    utterance: Listening,
    watch: SoundWatch,
  ): AsyncGenerator<HearingStep, ListeningTrouble | null> {
    const signal = AbortSignal.any([finished, cancelled]);
    let text = '';
    let frames = 0;
    let tapped = -1;
    for await (const recorded of microphone.record({ signal, timeoutMs: MAX_LISTENING_MS })) {
      if (recorded.kind === 'failed') return 'microphone';
      if (frames === 0) yield { state: 'listening' };
      frames += 1;
      take(recorded, utterance, watch);
      if (frames % FRAMES_A_LEVEL === 0) yield { state: 'level', ...watch.level() };
      const progress = utterance.progress();
      if (progress.text !== text) {
        text = progress.text;
        yield { state: 'partial', text };
      }
      if (!endsBySilence.aborted) continue;
      if (tapped < 0) tapped = frames;
      if (progress.speechMs > LEAST_SPEECH_MS && progress.silenceMs >= SILENCE_ENDS_MS) return null;
      if (progress.speechMs <= LEAST_SPEECH_MS && (frames - tapped) * FRAME_MS >= FIRST_WORD_MS)
        return watch.withoutSpeech();
    }
    return frames === 0 && !signal.aborted ? 'microphone' : null;
  }

  async function understand(
    final: Awaited<ReturnType<Listening['finish']>>,
    { expected }: HearingRequest,
    watch: SoundWatch,
  ): Promise<HearingStep> {
    if (final === null) return { state: 'trouble', reason: 'broken' };
    if (final.speechMs <= LEAST_SPEECH_MS) return { state: 'trouble', reason: watch.withoutSpeech() };
    if (final.language !== null && !['zh', 'yue'].includes(final.language))
      return { state: 'trouble', reason: 'other_language' };
    const repaired = await ear.repair({ text: final.text, expected });
    if (repaired === null) return { state: 'trouble', reason: 'broken' };
    if (!repaired.sure) return { state: 'trouble', reason: watch.withoutWords() };
    return { state: 'heard', ...pick(repaired) };
  }

  return {
    status,
    onStatus: (listener) => ear.onStatus(listener),
    hear,
    close: () => ear.close(),
  };
}

const pick = ({
  text,
  alternatives,
  repaired,
}: {
  text: string;
  alternatives: string[];
  repaired: { heard: string; taken: string }[];
}) => ({
  text,
  alternatives,
  repaired,
});

function take(
  { samples, level }: Extract<Recorded, { kind: 'frame' }>,
  utterance: Listening,
  watch: SoundWatch,
): void {
  watch.take(level);
  utterance.hear(samples);
}

/** Settles with null when the signal aborts; `release` lets go of it. */
function untilAborted(signal: AbortSignal): { aborted: Promise<null>; release: () => void } {
  let release = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    const stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    release = () => signal.removeEventListener('abort', stop);
  });
  return { aborted, release };
}
