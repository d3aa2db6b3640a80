import type { FormulaPart } from '../calculation.ts';
import { fenOf, formula, money } from '../formula.ts';

/** The first formula that gives the amount; the last share of a split takes a fen more or less and is then stated as it is. */
export function agreeing(
  amountFen: number,
  otherwise: Parameters<typeof money>[0],
  ...candidates: readonly (() => readonly FormulaPart[])[]
): readonly FormulaPart[] {
  for (const candidate of candidates) {
    const parts = candidate();
    if (fenOf(parts) === amountFen) return parts;
  }
  return formula(money(otherwise, amountFen));
}

/** `limit × loss ÷ all losses`. */
export const portion = (
  [wholeTerm, wholeFen]: readonly [string, number],
  [partTerm, partFen]: readonly [string, number],
  [allTerm, allFen]: readonly [string, number],
): readonly FormulaPart[] =>
  formula(money(wholeTerm, wholeFen), ['×', money(partTerm, partFen)], ['÷', money(allTerm, allFen)]);

/** How a compulsory policy comes to its amount: the loss itself, the limit, or a part of either. */
export function compulsoryFormula(
  amountFen: number,
  { lossTerm, limitTerm }: { lossTerm: string; limitTerm: string },
  {
    lossFen,
    limitFen,
    allLossesFen,
    allLimitsFen,
  }: { lossFen: number; limitFen: number; allLossesFen: () => number; allLimitsFen: () => number },
): readonly FormulaPart[] {
  const loss = [lossTerm, lossFen] as const;
  const limit = [limitTerm, limitFen] as const;
  if (amountFen === lossFen) return formula(money(...loss));
  if (amountFen === limitFen) return formula(money(...limit));
  return agreeing(
    amountFen,
    'ctp_share',
    () => portion(limit, loss, ['all_losses', allLossesFen()]),
    () => portion(loss, limit, ['all_limits', allLimitsFen()]),
  );
}
