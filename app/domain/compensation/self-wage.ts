import { compare, roundHalfUp, whole } from '../money/index.ts';
import type { WorkInjuryRules } from './rules.ts';
import type { Needed, Sheet } from './sheet.ts';

const share = (fen: number, basisPoints: number) => ({
  numerator: BigInt(fen) * BigInt(basisPoints),
  denominator: 10_000n,
});

/**
 * 本人工资 in fen: the average contribution wage held between 60 % and 300 % of the local average of the year before the
 * injury (工伤保险条例第六十四条), rounded to the fen before it is multiplied. Flags a wage that was moved, not one on the line.
 */
export function selfWage(sheet: Sheet, rules: WorkInjuryRules, wageFen: number | null, year: number): Needed {
  if (wageFen === null) return { kind: 'lacking', reason: 'input_missing', key: 'avg_contrib_wage_fen' };
  const average = sheet.averageWage('avg_month_cap_fen', year);
  if (average.kind === 'lacking') return average;
  const [floor, cap] = [
    share(average.value, rules.self_wage_floor_bp),
    share(average.value, rules.self_wage_cap_bp),
  ];
  const wage = whole(wageFen);
  if (compare(wage, floor) < 0) {
    sheet.flag('SELF_WAGE_FLOOR_60');
    return { ...average, value: roundHalfUp(floor), notes: ['SELF_WAGE_FLOOR_60', ...average.notes] };
  }
  if (compare(wage, cap) > 0) {
    sheet.flag('SELF_WAGE_CAP_300');
    return { ...average, value: roundHalfUp(cap), notes: ['SELF_WAGE_CAP_300', ...average.notes] };
  }
  return { ...average, value: wageFen };
}
