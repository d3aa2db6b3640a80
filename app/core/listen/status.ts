import type { MicrophonePort, MicrophoneStatus } from '../../../hardware/microphone/port.ts';
import type { ListeningStatus } from '../../contract/listen.ts';
import type { HearingPort, RecogniserStatus } from './port.ts';

/** How long a microphone that failed is not offered; after that the next speaker is the probe. */
const FAULT_REST_MS = 60_000;

/** Whether the machine can listen: it takes a model of speech and a microphone. */
export function listeningOf(recogniser: RecogniserStatus, microphone: MicrophoneStatus): ListeningStatus {
  if (recogniser.state === 'absent') return recogniser;
  switch (microphone.state) {
    case 'absent':
      return { state: 'absent', reason: 'no_microphone' };
    case 'fault':
      return { state: 'absent', reason: reasons[microphone.fault] };
    case 'ready':
    case 'busy':
      return { state: 'ready' };
  }
}

const reasons = {
  no_recorder: 'no_recorder',
  no_device: 'no_microphone',
  no_data: 'no_sound',
  muted: 'no_sound',
  wrong_speed: 'no_sound',
} as const;

/**
 * Tells at once and on each change whether the machine can listen. A microphone is opened for nobody but a speaker, so
 * one that failed is offered again after a while. Returns what ends the watching.
 */
export function watchListening(
  { hearing, microphone }: { hearing: HearingPort; microphone: MicrophonePort },
  tell: (status: ListeningStatus) => void,
): () => void {
  let rest: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(rest);
    const status = microphone.status();
    tell(listeningOf(hearing.status(), status));
    if (status.state !== 'fault') return;
    rest = setTimeout(() => tell(listeningOf(hearing.status(), { state: 'ready' })), FAULT_REST_MS);
    rest.unref();
  };
  look();
  const unsubscribe = [hearing.onStatus(look), microphone.onStatus(look)];
  return () => {
    clearTimeout(rest);
    for (const stop of unsubscribe) stop();
  };
}
