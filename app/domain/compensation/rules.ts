import { isCalendarDate } from '../calendar/index.ts';
import { failure, success, type Result } from '../result.ts';
import { isRecord } from './record.ts';

/** What is wrong in a parameter file and where, e.g. `figures[3] wage.all_caliber.month: value must be …`. */
export interface ParameterProblem {
  key: string;
  message: string;
}

/**
 * The numbers that the 工伤保险条例 itself fixes, by version date, so that an old sheet can be computed again. Percentages are
 * basis points (90 % = 9000). Months by grade are keyed `"1"` … `"10"`.
 */
export interface WorkInjuryRules {
  /** ISO day from which this version applies. */
  version: string;
  law: string;
  source: string;
  /** 第六十四条: 本人工资 between 60 % and 300 % of the average. */
  self_wage_floor_bp: number;
  self_wage_cap_bp: number;
  /** 第三十三条, in months, without and with an approved extension. */
  paid_leave_months: number;
  paid_leave_months_extended: number;
  /** 第三十五条至第三十七条: grades 1–10. */
  disability_lump_months: Readonly<Record<string, number>>;
  /** 第三十五条、第三十六条: grades 1–6. */
  disability_allowance_bp: Readonly<Record<string, number>>;
  /** 第三十四条: full, most, part. */
  nursing_bp: Readonly<Record<string, number>>;
  /** 第三十九条. */
  funeral_months: number;
  death_lump_times: number;
  pension_spouse_bp: number;
  pension_other_bp: number;
  pension_lonely_extra_bp: number;
  /** 第四十一条. */
  missing_wage_months: number;
  missing_advance_bp: number;
  /** 第十七条. */
  employer_apply_days: number;
  person_apply_years: number;
}

const NUMBERS = [
  'self_wage_floor_bp',
  'self_wage_cap_bp',
  'paid_leave_months',
  'paid_leave_months_extended',
  'funeral_months',
  'death_lump_times',
  'pension_spouse_bp',
  'pension_other_bp',
  'pension_lonely_extra_bp',
  'missing_wage_months',
  'missing_advance_bp',
  'employer_apply_days',
  'person_apply_years',
] as const satisfies readonly (keyof WorkInjuryRules)[];

const grades = (last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => String(index + 1));

const TABLES = {
  disability_lump_months: grades(10),
  disability_allowance_bp: grades(6),
  nursing_bp: ['full', 'most', 'part'],
} as const satisfies Partial<Record<keyof WorkInjuryRules, readonly string[]>>;

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= 1_000_000;

function rulesFault(row: unknown): string | null {
  if (!isRecord(row)) return 'must be an object';
  const version = row['version'];
  if (typeof version !== 'string' || !isCalendarDate(version)) return 'version must be a day (YYYY-MM-DD)';
  if (typeof row['law'] !== 'string' || typeof row['source'] !== 'string')
    return 'law and source must be texts';
  const fields: readonly string[] = ['version', 'law', 'source', ...NUMBERS, ...Object.keys(TABLES)];
  const unknown = Object.keys(row).find((field) => !fields.includes(field));
  if (unknown !== undefined) return `unknown field ${unknown}`;
  const number = NUMBERS.find((field) => !isCount(row[field]));
  if (number !== undefined) return `${number} must be a whole number above 0`;
  for (const [name, keys] of Object.entries(TABLES)) {
    const table = row[name];
    if (
      !isRecord(table) ||
      keys.some((key) => !isCount(table[key])) ||
      Object.keys(table).length !== keys.length
    )
      return `${name} must give a whole number above 0 for each of ${keys.join(', ')}`;
  }
  return null;
}

/** Checks rules that are kept by version date: every row by `faultOf`, no version twice. `name` is their part of the table. */
export function parseVersions(
  name: string,
  rows: readonly unknown[],
  faultOf: (row: unknown) => string | null,
): Result<null, ParameterProblem> {
  const versions = new Set<unknown>();
  for (const [index, row] of rows.entries()) {
    const key = `${name}[${index}]`;
    const fault = faultOf(row);
    if (fault !== null) return failure({ key, message: fault });
    const version = isRecord(row) ? row['version'] : null;
    if (versions.has(version)) return failure({ key, message: 'version stands twice' });
    versions.add(version);
  }
  return success(null);
}

/** Checks the versions of the rules; at least one, newest version found by date, none twice. */
export function parseRules(rows: unknown): Result<readonly WorkInjuryRules[], ParameterProblem> {
  if (!Array.isArray(rows) || rows.length === 0)
    return failure({ key: 'work_injury_rules', message: 'must list at least one version' });
  const parsed = parseVersions('work_injury_rules', rows, rulesFault);
  return parsed.ok ? success(rows as readonly WorkInjuryRules[]) : parsed;
}

/** The version in force on a day, or `null` if the day lies before the first. */
export function rulesOn<Rules extends { version: string }>(
  versions: readonly Rules[],
  date: string,
): Rules | null {
  return versions.reduce<Rules | null>(
    (newest, rules) =>
      rules.version <= date && (newest === null || rules.version > newest.version) ? rules : newest,
    null,
  );
}
