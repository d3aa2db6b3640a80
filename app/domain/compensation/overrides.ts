import { parseDecimal } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { CalculationError, FigureName } from './calculation.ts';
import { day, flag, integer, list, oneOf, optional, readInputs, type Field } from './inputs.ts';

/** Figures given with a single run instead of those of the table: test vectors, or a rate that staff typed in. Fen and basis points. */
export interface Overrides {
  avg_month_cap_fen?: number;
  avg_month_nursing_fen?: number;
  avg_month_lump_fen?: number;
  avg_month_funeral_fen?: number;
  min_wage_fen?: number;
  /** Months by grade as decimal texts, e.g. `{"5": "15"}`. */
  med_subsidy_months?: Readonly<Record<string, string>>;
  emp_subsidy_months?: Readonly<Record<string, string>>;
  occ_uplift_bp?: number;
  hospital_meal_day_fen?: number;
  national_income_fen?: number;
  urban_income_fen?: number;
  urban_consumption_fen?: number;
  avg_wage_year_fen?: number;
  nutrition_day_fen?: number;
  multi_grade_scheme?: 'A' | 'B';
  dep_cap_basis?: 'after_coefficient' | 'before_coefficient';
  /** Limits of the compulsory policy from a day on, in fen: death and disability, medical, property. */
  ctp?: readonly { from: string; fault: CtpLimits; no_fault: CtpLimits }[];
  commercial_excludes_mental?: boolean;
  gratuitous_reduction_bp?: number;
  caregiver_day_fen?: number;
  /** One-year LPR for a day whose publication the table does not have. */
  lpr_bp?: number;
  local_avg_month_fen?: number;
  /** A year's average wage of the victim's industry. */
  industry_wage_fen?: number;
  /** What the province charges for hearing a case without an amount, within the law's range. */
  court_base_fen?: number;
  /** Publications of the one-year LPR in basis points, in any order. */
  lpr?: readonly { from: string; bp: number }[];
}

export type CtpLimits = readonly [deathDisability: number, medical: number, property: number];

const ctpLimits: Field<CtpLimits> = {
  read: (value) => {
    const limits: readonly unknown[] = Array.isArray(value) ? value : [];
    const sound = limits.length === 3 && limits.every((limit) => integer(0, 10_000_000_000).read(limit).ok);
    return sound
      ? success(limits as unknown as CtpLimits)
      : failure({ code: 'invalid', message: 'must give three limits in fen' });
  },
};

const amount = optional(integer(1, 10_000_000_000));

const monthsByGrade: Field<Readonly<Record<string, string>>> = {
  read: (value) => {
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : null;
    const sound =
      entries?.every(
        ([grade, months]) => /^([5-9]|10)$/.test(grade) && typeof months === 'string' && isMonths(months),
      ) === true;
    return sound
      ? success(value as Readonly<Record<string, string>>)
      : failure({ code: 'invalid', message: 'must give months as decimal texts for grades 5 to 10' });
  },
};

function isMonths(text: string): boolean {
  const ratio = parseDecimal(text);
  return ratio !== null && ratio.numerator >= 0n && ratio.numerator <= 120n * ratio.denominator;
}

const SHAPE = {
  avg_month_cap_fen: amount,
  avg_month_nursing_fen: amount,
  avg_month_lump_fen: amount,
  avg_month_funeral_fen: amount,
  min_wage_fen: amount,
  med_subsidy_months: optional(monthsByGrade),
  emp_subsidy_months: optional(monthsByGrade),
  occ_uplift_bp: optional(integer(0, 10_000)),
  hospital_meal_day_fen: amount,
  national_income_fen: amount,
  urban_income_fen: amount,
  urban_consumption_fen: amount,
  avg_wage_year_fen: amount,
  nutrition_day_fen: amount,
  multi_grade_scheme: optional(oneOf('A', 'B')),
  dep_cap_basis: optional(oneOf('after_coefficient', 'before_coefficient')),
  ctp: optional(list({ from: day('1990-01-01', '2999-12-31'), fault: ctpLimits, no_fault: ctpLimits }, 50)),
  commercial_excludes_mental: optional(flag),
  gratuitous_reduction_bp: optional(integer(0, 10_000)),
  local_avg_month_fen: amount,
  industry_wage_fen: amount,
  court_base_fen: optional(integer(1, 100_000)),
  caregiver_day_fen: amount,
  lpr_bp: optional(integer(1, 10_000)),
  lpr: optional(list({ from: day('1990-01-01', '2999-12-31'), bp: integer(1, 10_000) }, 500)),
};

/** Checks figures given with a run. The failure's code is `invalid_parameter` and its field starts with `params`. */
export function readOverrides(raw: unknown): Result<Overrides, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) {
    const { field, message } = read.failure;
    return failure({
      code: 'invalid_parameter',
      field: field === null ? 'params' : `params.${field}`,
      message: `params: ${message}`,
    });
  }
  return success(given(read.value));
}

/** Figures that a citizen or staff may type in where the table's is lacking, older or doubtful; marked as typed on the sheet. */
const TYPED = {
  avg_month_cap_fen: amount,
  avg_month_nursing_fen: amount,
  avg_month_funeral_fen: amount,
  hospital_meal_day_fen: amount,
  nutrition_day_fen: amount,
  caregiver_day_fen: amount,
  avg_month_lump_fen: amount,
  local_avg_month_fen: amount,
  min_wage_fen: amount,
  national_income_fen: amount,
  urban_income_fen: amount,
  urban_consumption_fen: amount,
  avg_wage_year_fen: amount,
  industry_wage_fen: amount,
  court_base_fen: SHAPE.court_base_fen,
  gratuitous_reduction_bp: SHAPE.gratuitous_reduction_bp,
  lpr_bp: SHAPE.lpr_bp,
} satisfies Record<FigureName | 'gratuitous_reduction_bp', Field<number | undefined>>;

/** Reads `inputs.typed`. The failure's field starts with `typed`. */
export function readTyped(raw: unknown): Result<Overrides, CalculationError> {
  const read = readInputs(TYPED, raw);
  if (!read.ok) {
    const { code, field, message } = read.failure;
    return failure({
      code,
      field: field === null ? 'typed' : `typed.${field}`,
      message: `typed: ${message}`,
    });
  }
  return success(given(read.value));
}

const given = (figures: Overrides | Readonly<Record<string, unknown>>): Overrides =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
