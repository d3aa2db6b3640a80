import { isCalendarDate } from '../../calendar/index.ts';
import { failure, success, type Result } from '../../result.ts';
import { isRecord } from '../record.ts';
import { parseVersions, type ParameterProblem } from '../rules.ts';

export const COURT_FEE_TYPES = [
  'property',
  'divorce',
  'personality',
  'other',
  'labor',
  'admin',
  'admin_special',
  'enforcement',
  'preservation',
  'payment_order',
  'public_notice',
  'set_aside_award',
] as const;

export type CourtFeeType = (typeof COURT_FEE_TYPES)[number];

/** How one kind of case is charged. Yuan and basis points, as the law writes them. */
export interface FeeSchedule {
  article: string;
  /** The fixed part; where both differ, the province sets it in between. */
  base_from_yuan: number;
  base_to_yuan: number;
  /** Rates that add up, each for the part of the amount above its line until the next. Empty: the amount does not matter. */
  tiers: readonly { above_yuan: number; rate_bp: number }[];
  most_yuan?: number;
  /** 3 for a third of the fee. */
  divisor?: number;
  /** Whether mediation, withdrawal or the simplified procedure halve it: fees for hearing a case, not for applications. */
  halves: boolean;
}

/** 诉讼费用交纳办法, by version date, so that an old sheet can be computed again. */
export interface CourtFeeRules {
  version: string;
  law: string;
  source: string;
  schedules: Readonly<Record<CourtFeeType, FeeSchedule>>;
}

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= 1_000_000_000;

const FIELDS: readonly string[] = [
  'article',
  'base_from_yuan',
  'base_to_yuan',
  'tiers',
  'most_yuan',
  'divisor',
  'halves',
];

function tiersFault(tiers: unknown): string | null {
  if (!Array.isArray(tiers)) return 'tiers must be a list';
  let line = -1;
  for (const tier of tiers as readonly unknown[]) {
    if (!isRecord(tier) || Object.keys(tier).length !== 2) return 'a tier has above_yuan and rate_bp';
    const { above_yuan: above, rate_bp: rate } = tier;
    if (!isWhole(above, 0) || !isWhole(rate, 1) || rate > 10_000)
      return 'above_yuan and rate_bp must be whole numbers';
    if (above <= line) return 'tiers must rise';
    line = above;
  }
  return null;
}

function scheduleFault(schedule: unknown): string | null {
  if (!isRecord(schedule)) return 'must be an object';
  const unknown = Object.keys(schedule).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) return `unknown field ${unknown}`;
  const { article, base_from_yuan: from, base_to_yuan: to, most_yuan: most, divisor, halves } = schedule;
  if (typeof article !== 'string' || article === '') return 'article must be a text';
  if (!isWhole(from, 1) || !isWhole(to, 1) || to < from)
    return 'base_from_yuan and base_to_yuan must be whole and rise';
  if (most !== undefined && !isWhole(most, 1)) return 'most_yuan must be a whole number above 0';
  if (divisor !== undefined && !isWhole(divisor, 2)) return 'divisor must be a whole number above 1';
  if (typeof halves !== 'boolean') return 'halves must be true or false';
  return tiersFault(schedule['tiers']);
}

function rulesFault(row: unknown): string | null {
  if (!isRecord(row)) return 'must be an object';
  const { version, law, source, schedules } = row;
  if (typeof version !== 'string' || !isCalendarDate(version)) return 'version must be a day (YYYY-MM-DD)';
  if (typeof law !== 'string' || typeof source !== 'string') return 'law and source must be texts';
  if (Object.keys(row).length !== 4 || !isRecord(schedules))
    return 'has version, law, source and schedules, nothing else';
  if (Object.keys(schedules).length !== COURT_FEE_TYPES.length)
    return `schedules must be ${COURT_FEE_TYPES.join(', ')}`;
  for (const type of COURT_FEE_TYPES) {
    const fault = scheduleFault(schedules[type]);
    if (fault !== null) return `${type}: ${fault}`;
  }
  return null;
}

/** Checks the versions of the fee rules; none twice. A table without them computes no fee. */
export function parseCourtFeeRules(rows: unknown): Result<readonly CourtFeeRules[], ParameterProblem> {
  if (!Array.isArray(rows)) return failure({ key: 'court_fee_rules', message: 'must be a list' });
  const parsed = parseVersions('court_fee_rules', rows, rulesFault);
  return parsed.ok ? success(rows as readonly CourtFeeRules[]) : parsed;
}
