import type { Calculation, Payer } from './calculation.ts';

/** What a sheet says in one line, in fen; what is paid once and what is paid monthly stand apart. */
export interface Claim {
  onceFen: number;
  monthlyFen: number;
  /** What the injured person bears themselves; no part of the claim. */
  ownFen: number;
}

/**
 * What may be claimed. Where a sheet says what is left of its items by liability (`payable_fen`) or after what was paid
 * already (`due_fen`), that is the sum; never more than the items themselves.
 */
export function claimOf({ items, info }: Calculation): Claim {
  const sum = (freq: 'once' | 'monthly', own: boolean): number =>
    items
      .filter((item) => item.freq === freq && (item.payer === 'VICTIM_SELF') === own)
      .reduce((total, item) => total + item.amountFen, 0);
  const left = info['payable_fen'] ?? info['due_fen'];
  return {
    onceFen: typeof left === 'number' ? left : sum('once', false),
    monthlyFen: sum('monthly', false),
    ownFen: sum('once', true),
  };
}

/** What each payer pays once, in fen, in the order of the sheet; those who pay nothing are left out. */
export function sharesOf({ items }: Calculation): readonly { payer: Payer; fen: number }[] {
  const shares = new Map<Payer, number>();
  for (const { payer, freq, amountFen } of items)
    if (freq === 'once') shares.set(payer, (shares.get(payer) ?? 0) + amountFen);
  return [...shares].map(([payer, fen]) => ({ payer, fen })).filter(({ fen }) => fen > 0);
}

/** One item of two sheets side by side; `null` where a sheet has none. */
export interface ItemChange {
  code: string;
  freq: 'once' | 'monthly';
  beforeFen: number | null;
  afterFen: number | null;
}

/** What another answer changes, item by item: the items of the first sheet, then those that only the second has. */
export function changesBetween(before: Calculation, after: Calculation): readonly ItemChange[] {
  // The same item may stand once for each payer; a change of payer is no change of the amount.
  const amounts = ({ items }: Calculation): Map<string, Omit<ItemChange, 'beforeFen' | 'afterFen'> & { fen: number }> => {
    const found = new Map<string, Omit<ItemChange, 'beforeFen' | 'afterFen'> & { fen: number }>();
    for (const { code, freq, amountFen } of items) {
      const key = `${freq} ${code}`;
      found.set(key, { code, freq, fen: (found.get(key)?.fen ?? 0) + amountFen });
    }
    return found;
  };
  const [first, second] = [amounts(before), amounts(after)];
  return [...new Map([...first, ...second])].map(([key, { code, freq }]) => ({
    code,
    freq,
    beforeFen: first.get(key)?.fen ?? null,
    afterFen: second.get(key)?.fen ?? null,
  }));
}
