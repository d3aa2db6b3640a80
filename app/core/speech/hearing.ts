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
const REPAIR_MS = 5_000;
/** How long somebody who wants to speak waits for an engine that is just starting. */
const START_MS = 3_000;
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
    await untilStarted(request);
    if (unwanted()) return;
    if (ear.status() !== 'ready') {
      yield { state: 'trouble', reason: ear.status() === 'gone' ? 'broken' : 'not_ready' };
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
      const final = await unlessAborted(utterance.finish(RECOGNISE_MS), cancelled);
      if (unwanted()) return;
      const step = await understand(final, request, watch);
      if (!unwanted()) yield step;
    } finally {
      utterance.discard();
    }
  }

  /** The microphone stays closed meanwhile: nobody is to speak into nothing. */
  async function untilStarted({ finished, cancelled }: HearingRequest): Promise<void> {
    let release = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      const look = () => {
        if (ear.status() !== 'starting') resolve();
      };
      release = ear.onStatus(look);
      look();
    });
    await unlessAborted(started, AbortSignal.any([finished, cancelled, AbortSignal.timeout(START_MS)]));
    release();
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
      if (utterance.lost()) return 'broken';
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
    { expected, cancelled }: HearingRequest,
    watch: SoundWatch,
  ): Promise<HearingStep> {
    if (final === null) return { state: 'trouble', reason: 'broken' };
    if (final.speechMs <= LEAST_SPEECH_MS) return { state: 'trouble', reason: watch.withoutSpeech() };
    if (isOtherLanguage(final)) return { state: 'trouble', reason: 'other_language' };
    const repaired = await unlessAborted(ear.repair({ text: final.text, expected }, REPAIR_MS), cancelled);
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

/** SenseVoice takes short Mandarin for Japanese or Korean at times; what it wrote tells more than its verdict. */
const isOtherLanguage = ({ text, language }: { text: string; language: string | null }): boolean =>
  language !== null && !['zh', 'yue'].includes(language) && !(['ja', 'ko'].includes(language) && isHan(text));

const isHan = (text: string): boolean =>
  /\p{Script=Han}/u.test(text) && !/[\p{L}--\p{Script=Han}]/v.test(text);

/** What is awaited, or null as soon as the signal aborts. */
async function unlessAborted<Value>(awaited: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  if (signal.aborted) return null;
  let release = (): void => undefined;
  const aborted = new Promise<null>((resolve) => {
    const stop = () => resolve(null);
    signal.addEventListener('abort', stop, { once: true });
    release = () => signal.removeEventListener('abort', stop);
  });
  try {
    return await Promise.race([awaited, aborted]);
  } finally {
    release();
  }
}
