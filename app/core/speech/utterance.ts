import { spokenChinese, spokenEnglish, withoutPersonalNumbers } from '../../domain/spoken/index.ts';
import type { Utterance } from './voice.ts';

/**
 * Content stays Chinese on an English screen; what has no Han is said in the visit's language. Personal numbers are left
 * out unless nobody else can hear them.
 */
export function utteranceOf(
  text: string,
  { language, pace, headphones = false }: Pick<Utterance, 'language' | 'pace'> & { headphones?: boolean },
): Utterance {
  const open = headphones ? text : withoutPersonalNumbers(text);
  return language === 'zh-CN' || /\p{Script=Han}/u.test(open)
    ? { words: spokenChinese(open), language: 'zh-CN', pace }
    : { words: spokenEnglish(open), language, pace };
}
