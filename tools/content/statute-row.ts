/** One article of a law, as a statute library gives it. */
export interface StatuteRow {
  /** Full title, and the short name by which answers cite the law. */
  title: string;
  law: string;
  kind: string;
  version: string;
  /** 第三十条, 第十七条之一. */
  article: string;
  ordinal: number;
  sub: number;
  chapter: string;
  text: string;
  status: 'ok' | 'check' | 'repealed';
}

/** Law name without the country, quotes, spaces, commas and version suffix. */
export const shortLawName = (title: string): string =>
  title
    .replace(/[\s\u200b]/gu, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/（(?:19|20)\d\d(?:修[正订]|[-年])?[^（）]*）/gu, '')
    .replace(/[《》〈〉<>“”"、,，]/gu, '')
    .replaceAll('中华人民共和国', '')
    .replace(/(?:\d{4})?年?(?:修正|修订)[本版]?$/u, '');
