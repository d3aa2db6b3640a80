import { portionOf } from '../money/index.ts';
import type { WorkInjuryRules } from './rules.ts';
import type { Needed, Sheet } from './sheet.ts';

const WHOLE_BP = 10_000;

/**
 * 本人工资 in fen: the average contribution wage held between 60 % and 300 % of the local average of the year before the
 * injury (工伤保险条例第六十四条), rounded to the fen before it is multiplied. Flags a wage that was moved, not one on the line.
 */
export function selfWage(sheet: Sheet, rules: WorkInjuryRules, wageFen: number | null, year: number): Needed {
  if (wageFen === null) return { kind: 'lacking', reason: 'input_missing', key: 'avg_contrib_wage_fen' };
  const average = sheet.averageWage('avg_month_cap_fen', year);
  if (average.kind === 'lacking') return average;
  const moved = (basisPoints: number, code: string): Needed => {
    sheet.flag(code);
    const value = portionOf(average.value, basisPoints, WHOLE_BP);
    return { ...average, value, notes: [code, ...average.notes] };
  };
  const wage = wageFen * WHOLE_BP;
  if (wage < average.value * rules.self_wage_floor_bp)
    return moved(rules.self_wage_floor_bp, 'SELF_WAGE_FLOOR_60');
  if (wage > average.value * rules.self_wage_cap_bp)
    return moved(rules.self_wage_cap_bp, 'SELF_WAGE_CAP_300');
  return { ...average, value: wageFen };
}
