import type { LegalBasis } from '../calculation.ts';

/** What the 人身损害赔偿解释 fixes in the text that applies to torts from `version` on (第二十四条). */
export const INTERPRETATION = {
  version: '2022-05-01',
  /** 第十二、十五、十七条: twenty years, a year less for each year above 60, five from 75 on. */
  fullYears: 20,
  fullUntilAge: 60,
  leastYears: 5,
  leastFromAge: 75,
  /** 第十七条. */
  ageOfMajority: 18,
  /** 第八、十九条. */
  longestCareYears: 20,
} as const;

/** 民法典第一千一百七十九条 and the articles of the interpretation that say how an item is reckoned. */
export const damagesBasis = (...articles: readonly string[]): readonly LegalBasis[] => [
  { law: '民法典', article: '第一千一百七十九条' },
  ...articles.map((article) => ({ law: '人身损害赔偿解释', article })),
];

/** Years for which death, disability or an adult dependant counts, by completed years of age (第十二、十五、十七条). */
export function yearsByAge(age: number): number {
  const { fullYears, fullUntilAge, leastYears, leastFromAge } = INTERPRETATION;
  if (age >= leastFromAge) return leastYears;
  return age < fullUntilAge ? fullYears : fullYears - (age - fullUntilAge);
}

const WHOLE_BP = 10_000;
const MOST_ADDED_BP = 1_000;

/** Loss by one grade: 100 % for grade 1 down to 10 % for grade 10 (the ladder of 人体损伤致残程度分级). */
const single = (grade: number): number => (11 - grade) * 1_000;

/**
 * The disability coefficient in basis points. Several grades have no statutory rule: scheme A adds a tenth of each lesser
 * grade's own coefficient, scheme B adds (12 − grade) %; both at most 10 % in all, never above 100 %.
 */
export function coefficient(grades: readonly number[], scheme: 'A' | 'B'): number {
  const [worst, ...lesser] = [...grades].sort((a, b) => a - b);
  if (worst === undefined) return 0;
  const added = lesser
    .map((grade) => (scheme === 'A' ? single(grade) / 10 : (12 - grade) * 100))
    .reduce((sum, each) => sum + each, 0);
  return Math.min(WHOLE_BP, single(worst) + Math.min(MOST_ADDED_BP, added));
}
