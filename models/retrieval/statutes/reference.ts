/** What people call laws, and the names these go by in a statute library. */
const SHORT_NAMES: readonly (readonly [said: string, name: string])[] = [
  ['民诉法', '民事诉讼法'],
  ['刑诉法', '刑事诉讼法'],
  ['行诉法', '行政诉讼法'],
  ['道交法', '道路交通安全法'],
  ['交通安全法', '道路交通安全法'],
  ['消法', '消费者权益保护法'],
  ['消保法', '消费者权益保护法'],
  ['消费者保护法', '消费者权益保护法'],
  ['劳动争议仲裁法', '劳动争议调解仲裁法'],
  ['调解仲裁法', '劳动争议调解仲裁法'],
  ['工伤条例', '工伤保险条例'],
  ['社保法', '社会保险法'],
  ['治安处罚法', '治安管理处罚法'],
  ['治安法', '治安管理处罚法'],
  ['未成年保护法', '未成年人保护法'],
  ['老年人保护法', '老年人权益保障法'],
  ['反家暴法', '反家庭暴力法'],
  ['物业条例', '物业管理条例'],
  ['土地法', '土地管理法'],
  ['土地承包法', '农村土地承包法'],
  ['个保法', '个人信息保护法'],
  ['食安法', '食品安全法'],
];

/** An article as a person names it. `article` is null when only the law was named. */
export interface StatuteReference {
  /** Position of the law in the list of names. */
  law: number;
  article: { ordinal: number; sub: number } | null;
}

const DIGITS = new Map([...'零一二三四五六七八九'].map((character, value) => [character, value]))
  .set('〇', 0)
  .set('两', 2);
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** Reads 1079, 一千零七十九 or 一〇七九. */
function readOrdinal(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text);
  const characters = [...text];
  if (!characters.some((character) => UNITS.has(character)))
    return Number(characters.map((character) => DIGITS.get(character) ?? 0).join(''));
  let total = 0;
  let current = 0;
  for (const character of characters) {
    const unit = UNITS.get(character);
    if (unit === undefined) current = DIGITS.get(character) ?? 0;
    else {
      total += (current || 1) * unit;
      current = 0;
    }
  }
  return total + current;
}

const ARTICLE_NAME = /^第([\d零〇一二两三四五六七八九十百千]+)条(?:之([\d一二三四五六七八九十]+))?$/u;

/** Ordinal and sub-number of 第X条 or 第X条之Y; null when the text is neither. */
export function readArticleName(name: string): { ordinal: number; sub: number } | null {
  const match = ARTICLE_NAME.exec(name);
  if (match === null) return null;
  return { ordinal: readOrdinal(match[1] ?? ''), sub: match[2] === undefined ? 0 : readOrdinal(match[2]) };
}

const NUMBER = '[\\d零〇一二两三四五六七八九十百千]+';
const SUB_NUMBER = '(\\d{1,2}(?!\\d)|[一二三四五六七八九十]+)';
/** 第133条之1, and right behind the law 133之一 or 133-1; 10-12条 is a stretch of articles. */
const ARTICLE = new RegExp(
  `第?\\s*(${NUMBER})\\s*条(?:\\s*之\\s*${SUB_NUMBER})?` +
    `|^[\\s》第]*(\\d{1,4})(?:\\s*[之–—-]\\s*${SUB_NUMBER}(?!\\s*条))?(?![\\d年月日元块个岁天%])`,
  'gu',
);

/** Finds the laws and articles that a question names. `names` are the short names of the library's laws, in order. */
export function createReferenceReader(names: readonly string[]): (question: string) => StatuteReference[] {
  const numbers = new Map(names.map((name, law) => [name, law]));
  const spoken = new Map(numbers);
  for (const [said, name] of SHORT_NAMES) {
    const law = numbers.get(name);
    if (law !== undefined && !spoken.has(said)) spoken.set(said, law);
  }
  const longestFirst = [...spoken].sort(([left], [right]) => right.length - left.length);
  // A question begins few of the names: looking for each of them would take a tenth of its time.
  const beginning = Map.groupBy(longestFirst.keys(), (place) => longestFirst[place]?.[0].slice(0, 2) ?? '');
  const namesIn = (question: string) => {
    const places = new Set<number>();
    for (let start = 0; start + 1 < question.length; start += 1)
      for (const place of beginning.get(question.slice(start, start + 2)) ?? []) places.add(place);
    return [...places]
      .sort((left, right) => left - right)
      .flatMap((place) => longestFirst.slice(place, place + 1));
  };

  return (question) => {
    const taken: { start: number; end: number; law: number }[] = [];
    for (const [name, law] of namesIn(question)) {
      for (let start = question.indexOf(name); start >= 0; start = question.indexOf(name, start + 1)) {
        const end = start + name.length;
        if (!taken.some((other) => start < other.end && other.start < end)) taken.push({ start, end, law });
      }
    }
    taken.sort((left, right) => left.start - right.start);
    return taken.flatMap(({ end, law }, index): StatuteReference[] => {
      const rest = question.slice(end, taken[index + 1]?.start);
      const articles: StatuteReference[] = [...rest.matchAll(ARTICLE)].map(
        ([, ordinal, sub, bareOrdinal, bareSub]) => ({
          law,
          article: {
            ordinal: readOrdinal(ordinal ?? bareOrdinal ?? ''),
            sub: readOrdinal(sub ?? bareSub ?? '0'),
          },
        }),
      );
      return articles.length > 0 ? articles : [{ law, article: null }];
    });
  };
}
