import { cardinal, counted, dialled, digitByDigit, number, yuan } from './numerals.ts';

const AMOUNT = String.raw`\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?`;
/** Not inside a longer number. */
const FREE = String.raw`(?<!\d|\d[.,，])`;
const DASH = String.raw`\s*(?:[-–—~～至到]|——)\s*`;
/**
 * Words that count things: a figure before them is an amount, and 2 is 两. 月 and 日 name dates, 级, 类, 代 and 年级 rank,
 * so they are not here; neither are offices that begin with such a word (人社, 家庭).
 */
const MEASURE =
  '个|年(?![\\d级])|天|周|小时|分钟|秒|次|人(?![社力民])|份|倍|万|千|亿|元|块|种|名|位|张|条|项|件|户|家(?![庭政])|页|步|步骤|点|里|公里|米|平方米|亩|斤|公斤|千克|吨|岁|方|边|头|只|辆|套|间|笔|场';
/** After these a figure is no telephone number either, though 2 stays 二. */
const UNIT = '多|余|日(?!夜)|分(?![站局院中])|克(?!服)|毫升|升|级|类|代|号(?!码)|公分|分贝';

/** Police, fire, ambulance, road police: dialled, unless something is counted with it. */
const EMERGENCY = '110|119|120|122';

type Reading = readonly [RegExp, (...found: string[]) => string];

const pattern = (source: string): RegExp => new RegExp(source, 'g');

/** Applied in order: what is more special comes first, and leaves no digit behind. */
const readings: readonly Reading[] = [
  // Dates and times of day.
  [
    pattern(String.raw`${FREE}(\d{4})(?:[-/.])(\d{1,2})[-/.](\d{1,2})(?!\d|[-/.]\d)`),
    (written, year = '', month = '', day = '') =>
      isDay(month, day) ? `${digitByDigit(year)}年${cardinal(month)}月${cardinal(day)}日` : written,
  ],
  [pattern(String.raw`${FREE}((?:1[89]|20|21)\d{2})(\s*年)`), (_, year = '') => `${digitByDigit(year)}年`],
  [
    pattern(String.raw`${FREE}(\d{1,2})\s*月\s*(\d{1,2})\s*([日号])`),
    (_, month = '', day = '', word = '') => `${cardinal(month)}月${cardinal(day)}${word}`,
  ],
  [pattern(String.raw`(?<=\d[:：]\d{2})${DASH}(?=\d{1,2}[:：]\d{2})`), () => '到'],
  [
    pattern(String.raw`${FREE}([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)`),
    (_, hour = '', minute = '') =>
      `${counted(hour)}点${minute === '00' ? '' : minute.startsWith('0') ? `零${cardinal(minute)}分` : `${cardinal(minute)}分`}`,
  ],
  // The year of a document: 〔2011〕255号.
  [
    pattern(String.raw`(?<=[〔（(]\s*)(\d{4})(?=\s*[〕）)][^，。；]{0,12}号)`),
    (_, year = '') => digitByDigit(year),
  ],
  // Identity numbers, telephones, codes, and what stars hide of them.
  [pattern(String.raw`(?<!\d)(\d{6})-(\d{4})-(\d)(?!\d)`), (_, ...three) => groups(three.slice(0, 3))],
  [
    pattern(String.raw`(\d*)(\*{2,})(\d*[Xx]?)(?![\dA-Za-z])`),
    (_, before = '', stars = '', after = '') =>
      [dialled(before), `隐去${counted(String(stars.length))}位`, dialled(after)]
        .filter((part) => part !== '')
        .join('，'),
  ],
  [pattern(String.raw`(?<!\d)\d{17}[\dXx](?![\dA-Za-z])`), (code) => dialled(code)],
  [
    pattern(String.raw`(?<!\d)(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)`),
    (_, ...three) => groups(three.slice(0, 3)),
  ],
  [
    pattern(String.raw`(?<!\d)([48]00)[ -]?(\d{3,4})[ -]?(\d{3,4})(?!\d)`),
    (_, ...three) => groups(three.slice(0, 3)),
  ],
  [
    pattern(String.raw`(?<!\d)(0\d{2,3})[) \-–](\d{3,4})[ ]?(\d{4})(?!\d)`),
    (_, ...three) => groups(three.slice(0, 3)),
  ],
  [
    pattern(String.raw`${FREE}(1[02]\d{3}|9[56]\d{3})(?![\d,，.]\d|\d|\s*(?:${MEASURE}|${UNIT}|[%‰]))`),
    (_, code = '') => dialled(code),
  ],
  [
    pattern(
      String.raw`((?:打|拨|电话|热线)[^\d，。；]{0,4})(${EMERGENCY})(?!\d|[.,，]\d|\s*(?:元|%|次|个|天|小时|分钟|${UNIT}))`,
    ),
    (_, before = '', code = '') => before + dialled(code),
  ],
  [
    pattern(
      String.raw`(?<!\d|\d[.,，]|[第×÷=+\-–—~～:/]\s*)(${EMERGENCY})(?!\d|[.,，:/]\d|\s*(?:${MEASURE}|${UNIT}|[%‰×÷=+\-–—~～/A-Za-z㎡℃]))`,
    ),
    (_, code = '') => dialled(code),
  ],
  // Below, a space between a figure and its unit is only typography; above, it ends a telephone number.
  [/(?<=\d) +(?=\p{Script=Han})/gu, () => ''],
  // Shares and fractions.
  [
    pattern(String.raw`${FREE}(${AMOUNT})\s*(%|％|‰)?${DASH}(${AMOUNT})\s*(%|％|‰)`),
    (_, low = '', __, high = '', sign = '') => `${share(low, sign)}到${share(high, sign)}`,
  ],
  [pattern(String.raw`${FREE}(${AMOUNT})\s*(%|％|‰)`), (_, amount = '', sign = '') => share(amount, sign)],
  [
    pattern(String.raw`${FREE}(\d{1,3})/(\d{1,3})(?![\d/])`),
    (_, part = '', whole = '') => `${cardinal(whole)}分之${cardinal(part)}`,
  ],
  // Blood alcohol, the one compound unit that laws here use.
  [
    pattern(String.raw`(${AMOUNT})\s*(?:mg|毫克)/100\s*(?:m[lL]|毫升)`),
    (_, amount = '') => `每一百毫升${number(amount)}毫克`,
  ],
  ...[
    ['km', '公里'],
    ['cm', '厘米'],
    ['mm', '毫米'],
    ['kg', '千克'],
    ['mg', '毫克'],
    ['m[lL]', '毫升'],
    ['㎡|m²', '平方米'],
    ['℃', '摄氏度'],
    ['h', '小时'],
  ].map(([unit = '', word = '']): Reading => [
    pattern(String.raw`${FREE}(${AMOUNT})\s*(?:${unit})(?![A-Za-z])`),
    (_, amount = '') => `${counted(amount)}${word}`,
  ]),
  // Ranges keep their unit for the end: 1–3个月 is 一到三个月.
  [pattern(String.raw`[¥￥]\s*(${AMOUNT})`), (_, amount = '') => yuan(amount)],
  [
    pattern(String.raw`${FREE}(${AMOUNT})${DASH}(${AMOUNT})\s*元`),
    (_, low = '', high = '') => `${yuan(low)}到${yuan(high)}`,
  ],
  [
    pattern(String.raw`(第?)${FREE}(${AMOUNT})${DASH}(?=第?\d)`),
    (_, ordinal = '', low = '') => `${ordinal}${number(low)}到`,
  ],
  // Money, ordinals, counts, and what is left.
  [pattern(String.raw`${FREE}(${AMOUNT})\s*元`), (_, amount = '') => yuan(amount)],
  [pattern(String.raw`第\s*(\d+)\s*`), (_, digits = '') => `第${cardinal(digits)}`],
  [pattern(String.raw`^\s*(\d{1,2})[.、．)）]\s*(?!\d)`), (_, digits = '') => `第${cardinal(digits)}，`],
  [/[①-⑳]/g, (sign) => `第${cardinal(String(sign.charCodeAt(0) - 0x245f))}，`],
  [pattern(String.raw`${FREE}(${AMOUNT})\s*(?=${MEASURE})`), (_, amount = '') => counted(amount)],
  [pattern(String.raw`(?<!\d)[-−](${AMOUNT})`), (_, amount = '') => `负${number(amount)}`],
  [pattern(AMOUNT), (amount) => (/^0\d/.test(amount) ? digitByDigit(amount) : number(amount))],
  // A rate: 元/月 is 元每月.
  [/(?<=\p{Script=Han})\s*\/\s*(?=[月天日年人次])/gu, () => '每'],
  // Signs of calculation.
  [/\s*[×✕*]\s*/g, () => '乘以'],
  [/\s*÷\s*/g, () => '除以'],
  [/\s*[+＋]\s*/g, () => '加'],
  [/\s+[-−－]\s+|−/g, () => '减'],
  [/\s*[=＝]\s*/g, () => '等于'],
  [/\s*[≥⩾]\s*/g, () => '不少于'],
  [/\s*[≤⩽]\s*/g, () => '不超过'],
  [/\s*[>＞]\s*/g, () => '大于'],
  [/\s*[<＜]\s*/g, () => '小于'],
];

const letters: Readonly<Record<string, string>> = {
  ...{
    A: '诶',
    B: '必',
    C: '西',
    D: '弟',
    E: '衣',
    F: '艾弗',
    G: '基',
    H: '艾尺',
    I: '爱',
    J: '杰',
    K: '开',
  },
  ...{ L: '艾勒', M: '艾姆', N: '恩', O: '欧', P: '批', Q: '丘', R: '阿尔', S: '艾斯', T: '提', U: '优' },
  ...{ V: '维', W: '达不溜', X: '艾克斯', Y: '外', Z: '贼德' },
};

/**
 * A written Chinese sentence as it is said: figures, money, dates, articles, telephones, shares, units and signs in
 * Han, brackets and book marks as pauses (，). What comes back holds Han and pauses only.
 */
export function spokenChinese(written: string): string {
  const narrow = written
    .normalize('NFC')
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\bA[Pp][Pp]\b/g, '应用')
    .replace(/\bQR\b/g, '二维')
    .replace(/(?<=\p{Script=Han}) +(?=\d)/gu, '');
  const words = readings.reduce((text, [where, say]) => text.replace(where, say), narrow);
  return pauses(words.replace(/[A-Za-z]/g, (letter) => letters[letter.toUpperCase()] ?? ''));
}

function pauses(text: string): string {
  return text
    .replace(/[“”‘’"'「」『』*#^_`|]/g, '')
    .replace(
      /[《》〈〉〔〕（）()【】[\]{}·•・\-–—―~～…→/\\□☐:：、,\n]+|(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu,
      '，',
    )
    .replace(/[；;]/g, '。')
    .replace(/[^\p{Script=Han}，。！？!?.]/gu, '')
    .replace(/，*([。！？!?.])[，。]*/g, '$1')
    .replace(/，{2,}/g, '，')
    .replace(/^[，。]+|，+$/g, '');
}

const groups = (parts: readonly string[]): string => parts.map(dialled).join('，');

const share = (amount: string, sign: string): string => `${sign === '‰' ? '千' : '百'}分之${number(amount)}`;

const isDay = (month: string, day: string): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
