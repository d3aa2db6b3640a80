import { Converter } from 'opencc-js/t2cn';

const toSimplified = Converter({ from: 't', to: 'cn' });

const NOT_WORDS = /[^\p{Script=Han}a-z0-9]+/gu;
const LEADING =
  /^(?:请问|你好|您好|喂|嗯+|额|呃|哎+|唉+|那个|这个嘛|就是说|是这样的?|(?:我)?(?:就)?(?:想|要)(?:问|咨询|了解|打听)(?:一下|下|一哈|哈)?|咨询(?:一下|下)?|(?:麻烦|帮我)(?:问|看)(?:一下|下|哈)?|(?:同志|师傅|律师|机器人|老师))+/u;
const TRAILING = /(?:谢谢(?:您|你|了|啦)?|急|在线等|求助|[啊呀嘛哦哈诶哎呢])+$/u;
/** Numbers that are names: hotlines stay, amounts and dates become 0, since nobody asks twice with the same figure. */
const HOTLINE = /^(?:110|119|120|122|12\d{3}|96\d{3,4})$/u;
const HAN_AMOUNT =
  /[一二两三四五六七八九十百千万几]+(?=块|元|毛|天|年|个月|月|岁|亩|级|小时|人|次|米|公里|点|号|斤)/gu;

/** Pinyin as it is written with tones (lí, nǚ) without them; ü is v, as on a keyboard. */
const withoutTones = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/u\u0308/gu, 'v')
    .replace(/(?<=[a-z])\p{M}+/gu, '');

/** A question in the one form that rules, model and search all read. */
export interface NormalisedQuestion {
  text: string;
  /** `latin`: letters but no Chinese, perhaps pinyin. `none`: nothing readable. */
  script: 'chinese' | 'latin' | 'none';
}

/** Full width to half, traditional to simplified, small letters; everything else as it was typed, numbers included. */
export const plainForm = (raw: string): string => toSimplified(raw.normalize('NFKC').toLowerCase());

/**
 * Full width to half, traditional to simplified, small letters, no tone marks, punctuation or emoji, amounts unified,
 * spoken fillers off both ends. Content is normalised the same way when a pack is built.
 */
export function normalise(raw: string): NormalisedQuestion {
  const plain = withoutTones(plainForm(raw)).replace(NOT_WORDS, ' ').trim();
  const numbered = plain
    .replace(/\d+/gu, (digits) => (HOTLINE.test(digits) ? digits : '0'))
    .replace(HAN_AMOUNT, '0');
  const chinese = /\p{Script=Han}/u.test(numbered);
  if (!chinese)
    return { text: numbered.replace(/ +/gu, ' '), script: /[a-z]/u.test(numbered) ? 'latin' : 'none' };
  const joined = numbered.replace(/ +/gu, '');
  const stripped = joined.replace(LEADING, '').replace(TRAILING, '');
  return { text: [...stripped].length >= 2 ? stripped : joined, script: 'chinese' };
}

/** Legal words for the colloquial ones that occur in a normalised text; they widen the search, they replace nothing. */
export type Widening = (text: string) => string[];

/** Keeps the colloquial words by how they begin: of hundreds, a question has the beginnings of a few. */
export function createWidening(synonyms: readonly { colloquial: string; legal: string }[]): Widening {
  const beginning = Map.groupBy(synonyms.keys(), (place) => synonyms[place]?.colloquial[0] ?? '');
  return (text) => {
    const places = [...new Set(text)].flatMap((character) => beginning.get(character) ?? []);
    return places
      .sort((left, right) => left - right)
      .flatMap((place) => synonyms[place] ?? [])
      .filter(({ colloquial, legal }) => text.includes(colloquial) && !text.includes(legal))
      .map(({ legal }) => legal);
  };
}
