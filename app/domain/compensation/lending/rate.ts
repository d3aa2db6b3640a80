import type { LegalBasis } from '../calculation.ts';
import { fenFromYuan } from '../../money/index.ts';
import { figureInForce, figurePublished } from '../parameters.ts';
import { given, type Given, type Lacking, type Needed, type Sheet, type Surroundings } from '../sheet.ts';

/** Since this day the ceiling is four times the one-year LPR (民间借贷规定第二十五、三十一条). */
export const NEW_CEILING_FROM = '2020-08-20';
const LPR = 'lpr.1y';
const CEILING_TIMES = 4;

const ARTICLES = {
  24: '第二十四条',
  25: '第二十五条',
  27: '第二十七条',
  28: '第二十八条',
  29: '第二十九条',
  31: '第三十一条',
} as const;

export type LendingArticle = keyof typeof ARTICLES;

/** Articles of the rules on private lending, in their order. */
export const lendingBasis = (articles: readonly LendingArticle[]): readonly LegalBasis[] =>
  [...articles]
    .sort((a, b) => a - b)
    .map((article) => ({
      law: '最高人民法院关于审理民间借贷案件适用法律若干问题的规定',
      article: ARTICLES[article],
    }));

/** A percentage of the table (`3.7`) in basis points. */
const inBasisPoints = (percentage: Needed<string>): Needed =>
  percentage.kind === 'lacking' ? percentage : { ...percentage, value: fenFromYuan(percentage.value) ?? 0 };

/** The one-year LPR of a day in basis points: the newest publication on or before it; a month not yet verified is lacking. */
export function lprOn(sheet: Sheet, { overrides }: Surroundings, date: string): Needed {
  if (overrides?.lpr !== undefined) {
    const newest = overrides.lpr.reduce<{ from: string; bp: number } | null>(
      (best, each) => (each.from <= date && (best === null || each.from > best.from) ? each : best),
      null,
    );
    return newest === null ? { kind: 'lacking', reason: 'figure_missing', key: LPR } : given(newest.bp);
  }
  const published = inBasisPoints(sheet.plainFigure(LPR, (table) => figurePublished(table, LPR, 'CN', date)));
  if (published.kind === 'known') return published;
  return sheet.given('lpr_bp') ?? sheet.orTyped('lpr_bp', LPR, published);
}

/** What is allowed in one stretch of time, in basis points a year, and by which article. */
export interface Ceiling {
  rate: Given;
  articles: readonly LendingArticle[];
}

/** Four times the one-year LPR of a day. */
export function newCeiling(sheet: Sheet, surroundings: Surroundings, date: string): Ceiling | Lacking {
  const lpr = lprOn(sheet, surroundings, date);
  return lpr.kind === 'lacking'
    ? lpr
    : { rate: { ...lpr, value: CEILING_TIMES * lpr.value }, articles: [25] };
}

/** 24 % a year for contracts made before 2020-08-20, up to that day; read from a secondary source only (grade C). */
export function oldCeiling(sheet: Sheet): Ceiling | Lacking {
  const key = 'lending.cap_before_2020_08_20';
  const rate = inBasisPoints(
    sheet.plainFigure(key, (table) => figureInForce(table, key, 'CN', '2020-08-19')),
  );
  return rate.kind === 'lacking'
    ? rate
    : { rate: { ...rate, notes: ['OLD_RULE_24_PERCENT'] }, articles: [31] };
}
