import { customPinyin, pinyin } from 'pinyin-pro';

/** Words of the law and places of Yunnan that the dictionary reads otherwise. */
const corrections: Readonly<Record<string, string>> = {
  ...{ 供养: 'gōng yǎng', 应诉: 'yìng sù', 调岗: 'diào gǎng', 差旅: 'chāi lǚ', 曲靖: 'qū jìng' },
  ...{ 还款: 'huán kuǎn', 还钱: 'huán qián', 还贷: 'huán dài', 还本: 'huán běn', 还息: 'huán xī' },
  ...{ 不还: 'bù huán', 没还: 'méi huán', 要还: 'yào huán', 怎么还: 'zěn me huán', 还给: 'huán gěi' },
  ...{ 还不上: 'huán bù shàng', 还不起: 'huán bù qǐ', 还不了: 'huán bù liǎo' },
};

/** Taking them in builds the dictionary's tree anew, for which a core that starts has no time. */
let areCorrectionsIn = false;

const pauses: Readonly<Record<string, string>> = { '，': ',', '。': '.', '！': '!', '？': '?' };

/** Where 一 is a figure and not a count it keeps its first tone: 一审, 一点一五, 一到三. The dictionary knows the other places. */
const FIGURE_ONE = /一(?=审|[点到至][零一二三四五六七八九十])/g;

/**
 * Spoken Chinese as numbered pinyin for a voice that takes it, tones of 一 and 不 as they are said, the neutral tone as 5:
 * 一个人。 → yi2 ge4 ren2 .
 */
export function numberedPinyin(words: string): string {
  if (!areCorrectionsIn) customPinyin(corrections);
  areCorrectionsIn = true;
  const figures = new Set(Array.from(words.matchAll(FIGURE_ONE), ({ index }) => index));
  return pinyin(words, { toneType: 'num', type: 'array', toneSandhi: true, nonZh: 'spaced' })
    .map((syllable, at) => (figures.has(at) ? 'yi1' : (pauses[syllable] ?? syllable.replace(/0$/, '5'))))
    .join(' ');
}
