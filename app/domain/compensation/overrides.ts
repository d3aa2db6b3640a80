import { parseDecimal } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { CalculationError } from './calculation.ts';
import { integer, optional, readInputs, type Field } from './inputs.ts';

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
}

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
  return success(Object.fromEntries(Object.entries(read.value).filter(([, value]) => value !== undefined)));
}
