import { spokenChinese, spokenEnglish, withoutPersonalNumbers } from '../../domain/spoken/index.ts';
import type { Utterance } from './voice.ts';

/** Content stays Chinese on an English screen; what has no Han is said in the visit's language. */
export function utteranceOf(
  text: string,
  { language, pace }: Pick<Utterance, 'language' | 'pace'>,
): Utterance {
  const open = withoutPersonalNumbers(text);
  return language === 'zh-CN' || /\p{Script=Han}/u.test(open)
    ? { words: spokenChinese(open), language: 'zh-CN', pace }
    : { words: spokenEnglish(open), language, pace };
}
