import { isCalendarDate } from '../calendar/index.ts';
import { yuanFromFen } from '../money/index.ts';
import type { CalculationItem, FormulaPart, LegalBasis, WithheldItem } from './calculation.ts';

/** Looks a key of calculator.json up and fills its values in, as i18next does. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** How words, money and days are written where they will stand: on the screen, or on paper. */
export interface Handwriting {
  say: Translate;
  /** Fen as yuan, without 元. */
  money: (fen: number) => string;
  /** An ISO day as people read it. */
  day: (iso: string) => string;
}

/** The key of an item's name and, for one of several like items (WD_PENSION_2, TR_COMM:A:V, LN_INTEREST:from:to), which one it is. */
export function itemKey(code: string): { key: string; position: number | string | null } {
  const person = ['WD_PENSION', 'PI_DEP'].find((each) => code.startsWith(`${each}_`));
  if (person !== undefined) {
    const which = code.slice(person.length + 1);
    return { key: `item.${person}_n`, position: person === 'WD_PENSION' ? Number(which) : which };
  }
  const [kind = '', victim, vehicle, limit] = code.split(':');
  if (victim === undefined) return { key: `item.${code}`, position: null };
  if (kind === 'LN_INTEREST') return { key: `item.${kind}`, position: `${victim} – ${vehicle ?? ''}` };
  return {
    key: `item.${kind}${limit === undefined ? '' : `_${limit}`}`,
    position: vehicle === undefined ? victim : `${victim} ← ${vehicle}`,
  };
}

/** The name of an item, with which one it is where there are several: 交强险医疗费用部分（您这边第1人 ← 对方第1辆车）. */
export function itemName(code: string, translate: Translate): string {
  const { key, position } = itemKey(code);
  if (position === null) return translate(key);
  return translate(key, { position: typeof position === 'number' ? position : parties(position, translate) });
}

/** Marks of people and cars as the interview makes them (`ours_person_1`), in words; other marks stay. */
const parties = (position: string, translate: Translate): string =>
  position.replace(/\b(ours|theirs)_(person|car)_(\d+)\b/g, (_, side: string, kind: string, number: string) =>
    translate(`party.${side}_${kind}`, { number }),
  );

function part({ operator, term, value, unit }: FormulaPart, translate: Translate): string {
  const amount = value === '' ? translate('withheld.figure') : translate(`unit.${unit}`, { value });
  // A count needs no name beside its unit: "7 个月", not "月数 7 个月".
  const named = term === unit ? amount : `${translate(`term.${term}`)} ${amount}`;
  return operator === undefined ? named : `${operator} ${named}`;
}

/** The formula with its actual numbers: `本人工资 6000.00 元 × 7 个月`. */
export const formatFormula = (parts: readonly FormulaPart[], translate: Translate): string =>
  parts.map((each) => part(each, translate)).join(' ');

/** `《工伤保险条例》第三十七条、第六十四条`: a law is named once for the articles that follow. */
const formatBasis = (basis: readonly LegalBasis[], translate: Translate): string =>
  basis
    .map(({ law, article }, index) =>
      basis[index - 1]?.law === law ? article : translate('basis', { law, article }),
    )
    .join(translate('separator'));

/** The whole result line: name = formula = amount（payer，article）, the shape of compensation.md 4.13 rule 1. */
export function formatItem(item: CalculationItem, translate: Translate): string {
  const unit = item.freq === 'monthly' ? 'yuan_monthly' : 'yuan';
  const amount = translate(`unit.${unit}`, { value: yuanFromFen(item.amountFen) });
  // A formula of one money part says nothing that the amount does not.
  const working = item.formula.length > 1 ? ` = ${formatFormula(item.formula, translate)}` : '';
  return translate('line', {
    name: itemName(item.code, translate),
    working,
    amount,
    payer: translate(`payer.${item.payer}`),
    basis: formatBasis(item.basis, translate),
  });
}

/** One of the amounts that an item adds up: name = formula = amount. */
export function formatStep(
  { code, amountFen, formula }: NonNullable<CalculationItem['steps']>[number],
  translate: Translate,
): string {
  const amount = translate('unit.yuan', { value: yuanFromFen(amountFen) });
  return `${itemName(code, translate)} = ${formatFormula(formula, translate)} = ${amount}`;
}

/** The line of an item that was not computed: name, the formula as far as it is known, and why. */
export function formatWithheld(item: WithheldItem, translate: Translate): string {
  const working = item.formula === undefined ? '' : ` = ${formatFormula(item.formula, translate)}`;
  return translate(`withheld.${item.reason}`, { name: itemName(item.code, translate), working });
}

/**
 * A result that is no amount, in words: money (`…_fen`) in yuan, `13/2` months as 6.5, a day, an outcome by its own sentence;
 * a nought says what it means.
 */
export function formatInfo(key: string, value: string | number, { say, money, day }: Handwriting): string {
  if (value === 0) return say(`info_none.${key}`);
  if (typeof value === 'number')
    return say(`info.${key}`, { value: key.endsWith('_fen') ? money(value) : value });
  if (key === 'result') return say(`info.result.${value}`);
  if (value.endsWith('/2')) return say(`info.${key}`, { value: Number(value.slice(0, -2)) / 2 });
  return say(`info.${key}`, { value: isCalendarDate(value) ? day(value) : value });
}
