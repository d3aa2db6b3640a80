import type { SpeakerStatus } from '../../../hardware/speaker/port.ts';
import type { SpeechStatus } from '../../contract/speech.ts';

/** Whether the machine can read aloud: it takes a voice and a loudspeaker. */
export function speechOf(hasVoice: boolean, speaker: SpeakerStatus): SpeechStatus {
  switch (speaker.state) {
    case 'absent':
      return { state: 'absent', reason: 'no_device' };
    case 'fault':
      return { state: 'absent', reason: speaker.fault };
    case 'ready':
      return hasVoice ? { state: 'ready' } : { state: 'absent', reason: 'no_voice' };
  }
}
