import { readModelFolder } from '../../../models/speech/index.ts';
import { openSpeaker } from '../../../models/speech/voice.ts';
import { wavOf, type VoiceReply, type VoiceRequest } from './model-voice-wire.ts';

/** The process that speaks with a model: started by the core with its folder; the engine may end it, the core goes on. */
const EXIT_UNUSABLE = 2;
const folder = readModelFolder(process.argv[2] ?? '');
if (!folder.ok) process.exit(EXIT_UNUSABLE);
const speaker = openSpeaker(folder.value, 2);

process.on('message', (message) => {
  const { request, words, pace } = message as VoiceRequest;
  const { samples, sampleRate } = speaker.speak(words, pace);
  const reply: VoiceReply = { request, wav: wavOf(samples, sampleRate) };
  process.send?.(reply, undefined, undefined, () => undefined);
});
process.on('disconnect', () => process.exit(0));
