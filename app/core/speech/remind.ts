import type { Language } from '../../contract/session.ts';
import english from '../../../locales/en/reminder.json' with { type: 'json' };
import chinese from '../../../locales/zh-CN/reminder.json' with { type: 'json' };
import { utteranceOf } from './utterance.ts';
import type { ReadAloudDependencies } from './read-aloud.ts';
import { sayWithFirst } from './voice.ts';

const words = { 'zh-CN': chinese, en: english };

/**
 * Says at once that something is left behind; a machine without a voice stays silent. Whatever is being read is
 * interrupted: that can be heard again.
 */
export async function remindAloud(
  { voices, speaker, soundOf }: Omit<ReadAloudDependencies, 'sessions'>,
  what: 'card' | 'slip',
  language: Language,
): Promise<void> {
  const { signal } = new AbortController();
  const wav = await sayWithFirst(voices, utteranceOf(words[language][what], { language, pace: 1 }), signal);
  const sound = wav && soundOf(wav);
  if (sound?.ok) await speaker.play(sound.value);
}
