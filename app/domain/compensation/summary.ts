import { portionOf } from '../money/index.ts';
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

type Share = { payer: Payer; fen: number };

function itemShares({ items }: Calculation): readonly Share[] {
  const shares = new Map<Payer, number>();
  for (const { payer, freq, amountFen } of items)
    if (freq === 'once') shares.set(payer, (shares.get(payer) ?? 0) + amountFen);
  return [...shares].map(([payer, fen]) => ({ payer, fen }));
}

/**
 * What each payer pays once, in fen, in the order of the sheet; those who pay nothing are left out. Together the others pay
 * what may be claimed: where that is less than the items, each in proportion and the last the rest.
 */
export function sharesOf(calculation: Calculation): readonly Share[] {
  const shares = itemShares(calculation);
  const owed = shares.filter(({ payer }) => payer !== 'VICTIM_SELF');
  const whole = owed.reduce((sum, { fen }) => sum + fen, 0);
  const { onceFen: claim } = claimOf(calculation);
  const before = owed
    .slice(0, -1)
    .map(({ payer, fen }) => [payer, whole && portionOf(fen, claim, whole)] as const);
  const rest = claim - before.reduce((sum, [, fen]) => sum + fen, 0);
  const owes = new Map<Payer, number>([
    ...before,
    ...owed.slice(-1).map(({ payer }) => [payer, rest] as const),
  ]);
  return shares
    .map(({ payer, fen }) => ({ payer, fen: owes.get(payer) ?? fen }))
    .filter(({ fen }) => fen > 0);
}

/** Whether a sheet is about amounts: the gate says which path there is, the deadlines until when. */
export const hasAmounts = ({ calculator }: Pick<Calculation, 'calculator'>): boolean =>
  calculator !== 'wi.gate' && calculator !== 'wi.deadlines';

/** Whether a result that is no amount is the last day for something. */
export const isDeadline = (key: string): boolean => key.endsWith('_by');
