import type { Calculation, CalculationItem } from './calculation.ts';
import { claimOf } from './summary.ts';

/** An item that another answer changes, in fen; 0 where a sheet does not have it. */
interface ChangedItem {
  code: string;
  freq: CalculationItem['freq'];
  beforeFen: number;
  afterFen: number;
}

/** What another answer changes. Once and monthly stand apart, as everywhere. */
export interface Difference {
  items: readonly ChangedItem[];
  onceFen: number;
  monthlyFen: number;
  /** Items that can only be computed, or no longer be computed, with the other answer. */
  withheldBefore: readonly string[];
  withheldAfter: readonly string[];
  flagsGained: readonly string[];
  flagsLost: readonly string[];
}

const keyOf = ({ code, freq }: CalculationItem): string => `${freq} ${code}`;

/** Items of several sheets in the order in which they first stand, each once. */
function allItems(sheets: readonly Calculation[]): readonly CalculationItem[] {
  const seen = new Map<string, CalculationItem>();
  for (const item of sheets.flatMap(({ items }) => items))
    if (!seen.has(keyOf(item))) seen.set(keyOf(item), item);
  return [...seen.values()];
}

/** What a sheet has for an item, in fen; nothing is 0. */
const amountIn = (sheet: Calculation, item: CalculationItem): number =>
  sheet.items.find((each) => keyOf(each) === keyOf(item))?.amountFen ?? 0;

const without = (list: readonly string[], other: readonly string[]): readonly string[] =>
  list.filter((each) => !other.includes(each));

/** What changes from one sheet to another, in fen; positive where the second gives more. */
export function difference(before: Calculation, after: Calculation): Difference {
  const items = allItems([before, after])
    .map((item) => ({
      code: item.code,
      freq: item.freq,
      beforeFen: amountIn(before, item),
      afterFen: amountIn(after, item),
    }))
    .filter(({ beforeFen, afterFen }) => beforeFen !== afterFen);
  const lacking = ({ withheld }: Calculation) => withheld.map(({ code }) => code);
  const [first, second] = [claimOf(before), claimOf(after)];
  return {
    items,
    onceFen: second.onceFen - first.onceFen,
    monthlyFen: second.monthlyFen - first.monthlyFen,
    withheldBefore: without(lacking(before), lacking(after)),
    withheldAfter: without(lacking(after), lacking(before)),
    flagsGained: without(after.flags, before.flags),
    flagsLost: without(before.flags, after.flags),
  };
}
