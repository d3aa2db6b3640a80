import type { Language } from '../../app/contract/session.ts';

/** Fen as yuan with thousands and two decimals, without the word 元. */
export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** An ISO date as people read it: 2026年9月1日, or 1 September 2026. Anything else comes back as it is. */
export function day(iso: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return iso;
  const [, year = '', month = '', date = ''] = match;
  return language === 'zh-CN'
    ? `${year}\u5e74${Number(month)}\u6708${Number(date)}\u65e5`
    : new Date(`${year}-${month}-${date}T00:00:00Z`).toLocaleDateString('en-GB', {
        day: 'numeric',
        month: 'long',
        year: 'numeric',
        timeZone: 'UTC',
      });
}

const digits = '\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d';
const tens: Record<string, number> = { '\u5341': 10, '\u767e': 100, '\u5343': 1000 };

/** An article as screens write it: 第一千零七十九条 becomes 第1079条; what is not such a number stays. */
export function article(words: string): string {
  return words.replace(
    /\u7b2c([\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343]+)(?=[\u6761\u6b3e\u9879])/g,
    (_, numeral: string) => `\u7b2c${numberOf(numeral)}`,
  );
}

function numberOf(numeral: string): number {
  let total = 0;
  let digit = 0;
  for (const character of numeral) {
    const ten = tens[character];
    if (ten === undefined) digit = digits.indexOf(character);
    else {
      total += (digit || 1) * ten;
      digit = 0;
    }
  }
  return total + digit;
}

/** An identity number as others may see it: first three and last four characters, the rest as stars. */
export const masked = (number: string): string =>
  number.length < 8 ? number : number.slice(0, 3) + '*'.repeat(number.length - 7) + number.slice(-4);

/** A phone number in the groups it is read in: 138 0000 0000. */
export const phoneGroups = (phone: string): string =>
  [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)].filter(Boolean).join(' ');
