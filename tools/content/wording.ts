/** Longest stretch between two full stops that can be followed when read aloud. */
const LONGEST_SENTENCE = 60;

/** Words of documents and statutes that people do not say, each with what to say instead. */
const UNSPOKEN: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/应予|予以/u, '要、给'],
  [/逾期(?![交付还利])/u, '过期、超过时间'],
  [/(?<![极尤与])其(?![他它中实余次])/u, '他、它、那个'],
  [/(?<!分)之(?![一二三四五六七八九十前后间内外上下中日类所际处])/u, '的'],
  [/(?<![关联体水直母父旁派维嫡谱干])系(?![统列数安鞋好上绳在])/u, '是'],
  [/(?<![必无])须(?!知)/u, '要'],
  [/(?<![平人年月日])均(?![匀衡])/u, '都'],
  [/届时/u, '到时候'],
  [/兹|倘|遂|亦|皆|勿|矣|焉|尔后|故而|如若|若系/u, '日常的说法'],
  [/尚未|未尽事宜/u, '还没有'],
  [/据此|上述|下述|前款|本款|该款|该等|所述/u, '把事情再说一遍'],
  [/之规定|之情形|有下列情形/u, '直接说是什么情况'],
  [/并处|处以|课以/u, '还要罚'],
];

/** Laws may be called by their names. */
const TITLE = /《[^》]*》/gu;

/** What is hard to follow in a text, each as a message; empty when it reads well. */
export function unreadable(text: string): string[] {
  const words = text.replace(TITLE, '');
  const unspoken = UNSPOKEN.flatMap(([pattern, instead]) => {
    const found = pattern.exec(words);
    if (found === null) return [];
    const around = words.slice(Math.max(0, found.index - 2), found.index + found[0].length + 2);
    return [`“${found[0]}” in “${around}” is not spoken Chinese; say ${instead}`];
  });
  const long = words
    .split(/[。！？；\n]/u)
    .filter((sentence) => [...sentence].length > LONGEST_SENTENCE)
    .map(
      (sentence) =>
        `“${sentence.slice(0, 10)}…” runs ${[...sentence].length} characters without a stop; ${LONGEST_SENTENCE} at most`,
    );
  return [...unspoken, ...long];
}
