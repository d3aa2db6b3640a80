import {
  add,
  compare,
  divide,
  multiply,
  portionOf,
  roundHalfUp,
  shorten,
  subtract,
  whole,
  type Ratio,
} from '../../money/index.ts';

const ZERO = whole(0);
const positive = (value: Ratio): boolean => compare(value, ZERO) > 0;
const sum = (values: readonly Ratio[]): Ratio => shorten(values.reduce(add, ZERO));

/** Fen that each vehicle (inner) pays each victim (outer). */
export type Payments = readonly (readonly number[])[];

/**
 * Shares the limits of one kind of loss. Each victim asks every vehicle that covers him in proportion to its limit
 * (道路交通事故损害赔偿解释第十八条); a limit that does not suffice is shared in proportion to what is asked of it (第十九条);
 * what is still unmet is asked again from vehicles with room. Exact until the end; then each share is rounded, the last of a
 * victim whose loss is met, or of a vehicle whose limit is used up, takes the difference.
 */
export function shareLimits(
  losses: readonly number[],
  limits: readonly number[],
  covers: (victim: number, vehicle: number) => boolean,
): Payments {
  if (losses.every((loss) => loss === 0)) return losses.map(() => limits.map(() => 0));
  if (losses.every((_, victim) => limits.every((_, vehicle) => covers(victim, vehicle))))
    return shareWithAll(losses, limits, covers);
  const unmet = losses.map((loss) => whole(loss));
  const room = limits.map((limit) => whole(limit));
  const paid = losses.map(() => limits.map(() => ZERO));
  // A round that fills no vehicle has met every victim that can be met: it is the last.
  for (let asking = true; asking;) {
    asking = false;
    const asked = losses.map((_, victim) => {
      const open = limits.map((limit, vehicle) =>
        covers(victim, vehicle) && positive(room[vehicle] ?? ZERO) ? limit : 0,
      );
      const all = open.reduce((total, limit) => total + limit, 0);
      return open.map((limit) =>
        limit === 0 ? ZERO : divide(multiply(unmet[victim] ?? ZERO, whole(limit)), whole(all)),
      );
    });
    for (const vehicle of limits.keys()) {
      const left = room[vehicle] ?? ZERO;
      const total = sum(asked.map((row) => row[vehicle] ?? ZERO));
      if (!positive(total)) continue;
      const short = compare(total, left) > 0;
      asking ||= short;
      for (const [victim, row] of asked.entries()) {
        const ask = row[vehicle] ?? ZERO;
        const gets = short ? shorten(divide(multiply(ask, left), total)) : ask;
        const own = paid[victim];
        if (own !== undefined) own[vehicle] = shorten(add(own[vehicle] ?? ZERO, gets));
        unmet[victim] = shorten(subtract(unmet[victim] ?? ZERO, gets));
      }
      room[vehicle] = short ? ZERO : shorten(subtract(left, total));
    }
  }
  const rounded = paid.map((row) => row.map(roundHalfUp));
  return inWholeFen(rounded, losses, limits, covers);
}

/** Where every vehicle covers everybody, both articles come to one formula: loss × limit ÷ the greater of both sums. */
function shareWithAll(
  losses: readonly number[],
  limits: readonly number[],
  covers: (victim: number, vehicle: number) => boolean,
): Payments {
  const [loss, limit] = [losses, limits].map((fen) => fen.reduce((total, each) => total + each, 0));
  const [allLosses, allLimits] = [loss ?? 0, limit ?? 0];
  const greater = Math.max(allLosses, allLimits);
  const rounded = losses.map((own) => limits.map((each) => portionOf(own, each, greater)));
  return inWholeFen(rounded, losses, limits, covers);
}

/** Where a vehicle covers a victim, either his loss is met or its limit is used up: what rounding left open is paid. */
function inWholeFen(
  rounded: readonly (readonly number[])[],
  losses: readonly number[],
  limits: readonly number[],
  covers: (victim: number, vehicle: number) => boolean,
): Payments {
  const lossLeft = [...losses];
  const limitLeft = [...limits];
  const fen = losses.map(() => limits.map(() => 0));
  const pay = (victim: number, vehicle: number, wanted: number): void => {
    const row = fen[victim];
    const amount = Math.min(wanted, lossLeft[victim] ?? 0, limitLeft[vehicle] ?? 0);
    if (row === undefined) return;
    row[vehicle] = (row[vehicle] ?? 0) + amount;
    lossLeft[victim] = (lossLeft[victim] ?? 0) - amount;
    limitLeft[vehicle] = (limitLeft[vehicle] ?? 0) - amount;
  };
  for (const [victim, row] of rounded.entries())
    for (const [vehicle, share] of row.entries()) pay(victim, vehicle, share);
  for (const victim of [...losses.keys()].reverse())
    for (const vehicle of [...limits.keys()].reverse())
      if (covers(victim, vehicle)) pay(victim, vehicle, Infinity);
  return fen;
}

/** Splits whole fen by weights: each part rounded, the last part with a weight takes the difference. No weight, nothing. */
export function shareOut(fen: number, weights: readonly number[]): readonly number[] {
  const all = weights.reduce((total, weight) => total + weight, 0);
  const last = weights.findLastIndex((weight) => weight > 0);
  let left = fen;
  return weights.map((weight, index) => {
    const part = index === last ? left : weight === 0 ? 0 : Math.min(left, portionOf(fen, weight, all));
    left -= part;
    return part;
  });
}
