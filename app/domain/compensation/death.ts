import { addMonths, firstOfMonth, yearOf } from '../calendar/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { Calculation, CalculationError, FormulaPart } from './calculation.ts';
import { fenOf, formula, money, months, percent, times, unknownMoney } from './formula.ts';
import {
  daily,
  contradiction,
  day,
  flag,
  integer,
  list,
  MAX_WAGE_FEN,
  oneOf,
  optional,
  orUnknown,
  readInputs,
  required,
  withDefault,
} from './inputs.ts';
import { rulesOn } from './rules.ts';
import { selfWage } from './self-wage.ts';
import { Sheet, type Given, type Surroundings } from './sheet.ts';

/** Only slips of the finger lie before this day; the rules of a day are asked from the table. */
const FIRST_DAY = '1950-01-01';
const MAX_SURVIVORS = 20;

const survivorShape = {
  relation: oneOf('spouse', 'child', 'parent', 'other'),
  orphan_or_lonely: withDefault(flag, false),
};

const shape = daily((today) => ({
  injury_date: optional(day(FIRST_DAY, today)),
  death_date: optional(day(FIRST_DAY, today)),
  death_type: oneOf('accident', 'during_sl', 'grade1_4_after_sl'),
  grade: optional(integer(1, 10)),
  insured: withDefault(flag, true),
  avg_contrib_wage_fen: optional(orUnknown(integer(1, MAX_WAGE_FEN))),
  survivors: withDefault(list(survivorShape, MAX_SURVIVORS), []),
}));

type DeathInputs = Extract<ReturnType<typeof readInputs<ReturnType<typeof shape>>>, { ok: true }>['value'];

/** Older rules counted otherwise (工伤保险条例 before its revision of 2010): where the table lacks them, nothing is computed. */
const rulesFault = (field: string, date: string, { table }: Surroundings): Result<null, CalculationError> =>
  rulesOn(table.work_injury_rules, date) === null
    ? failure({ code: 'too_early', field, message: `${field}: the rules of that day are not in the table` })
    : success(null);

function check(inputs: DeathInputs, surroundings: Surroundings): Result<null, CalculationError> {
  if (inputs.death_date === undefined && surroundings.overrides === null) return required('death_date');
  if (inputs.survivors.length > 0 && inputs.avg_contrib_wage_fen === undefined)
    return required('avg_contrib_wage_fen');
  if (
    inputs.injury_date !== undefined &&
    inputs.death_date !== undefined &&
    inputs.death_date < inputs.injury_date
  )
    return contradiction('death_date', 'death_date lies before injury_date');
  if (inputs.grade !== undefined && (inputs.death_type !== 'grade1_4_after_sl' || inputs.grade > 4))
    return contradiction('grade', 'only a death after the paid leave of a grade 1 to 4 worker has a grade');
  if (inputs.survivors.filter(({ relation }) => relation === 'spouse').length > 1)
    return contradiction('survivors', 'there is at most one spouse');
  return rulesFault('death_date', inputs.death_date ?? surroundings.today, surroundings);
}

function funeralAndLump(sheet: Sheet, inputs: DeathInputs, { rules, today }: Surroundings): void {
  const year = yearOf(inputs.death_date ?? today) - 1;
  const average = sheet.averageWage('avg_month_funeral_fen', year);
  const count = ['×', months(rules.funeral_months)] as const;
  if (average.kind === 'lacking')
    sheet.withhold('WD_FUNERAL', average, formula(unknownMoney('average_wage'), count));
  else
    sheet.add({
      code: 'WD_FUNERAL',
      formula: formula(money('average_wage', average.value), count),
      payer: 'FUND',
      basis: ['第三十九条'],
      from: [average],
    });
  if (inputs.death_type === 'grade1_4_after_sl') {
    sheet.flag('NO_DEATH_LUMP_AFTER_SL');
    return;
  }
  const income = sheet.nationalIncome(year);
  const factor = ['×', times(rules.death_lump_times)] as const;
  if (income.kind === 'lacking')
    sheet.withhold('WD_LUMP', income, formula(unknownMoney('national_income'), factor));
  else
    sheet.add({
      code: 'WD_LUMP',
      formula: formula(money('national_income', income.value), factor),
      payer: 'FUND',
      basis: ['第三十九条'],
      from: [income],
    });
}

/** What is left of the wage after the others' pensions: the last one's formula. */
const difference = (wageFen: number, others: readonly number[]): readonly FormulaPart[] =>
  formula(money('self_wage', wageFen), ...others.map((fen) => ['-', money('others_pension', fen)] as const));

/**
 * Formulas of the pensions. Together they never exceed the worker's wage (第三十九条第一款第二项): above 100 % all are scaled
 * alike and the last takes the difference; at 100 % the last gives way by the fen that rounding would add.
 */
function pensionFormulas(wageFen: number, shares: readonly number[]): readonly (readonly FormulaPart[])[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const wage = money('self_wage', wageFen);
  const formulas = shares.map((share) =>
    total > 10_000
      ? formula(wage, ['×', percent(share)], ['÷', percent(total, 'total_percent')])
      : formula(wage, ['×', percent(share)]),
  );
  const amounts = formulas.map(fenOf);
  const exceeds = amounts.reduce((sum, amount) => sum + amount, 0) > wageFen;
  return total > 10_000 || exceeds
    ? [...formulas.slice(0, -1), difference(wageFen, amounts.slice(0, -1))]
    : formulas;
}

function pensions(sheet: Sheet, { survivors }: DeathInputs, wage: Given, { rules }: Surroundings): void {
  const shares = survivors.map(
    ({ relation, orphan_or_lonely: lonely }) =>
      (relation === 'spouse' ? rules.pension_spouse_bp : rules.pension_other_bp) +
      (lonely ? rules.pension_lonely_extra_bp : 0),
  );
  const scaled = shares.reduce((sum, share) => sum + share, 0) > 10_000;
  if (scaled) sheet.flag('PENSION_SCALED_TO_SELF_WAGE');
  for (const [index, parts] of pensionFormulas(wage.value, shares).entries())
    sheet.add({
      code: `WD_PENSION_${index + 1}`,
      formula: parts,
      payer: 'FUND',
      freq: 'monthly',
      basis: ['第三十九条', '第六十四条'],
      from: [wage],
      notes: scaled ? ['PENSION_SCALED_TO_SELF_WAGE'] : [],
    });
}

/** Benefits after a death at work (compensation.md 1.3). */
export function death(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const checked = check(inputs, surroundings);
  if (!checked.ok) return checked;
  const sheet = new Sheet(surroundings, inputs.insured);
  funeralAndLump(sheet, inputs, surroundings);
  const info: Record<string, number> = {};
  if (inputs.survivors.length > 0) {
    const year = yearOf(inputs.injury_date ?? inputs.death_date ?? surroundings.today) - 1;
    const wage = selfWage(sheet, surroundings.rules, inputs.avg_contrib_wage_fen ?? null, year);
    if (wage.kind === 'known') {
      info['self_wage_fen'] = wage.value;
      pensions(sheet, inputs, wage, surroundings);
    } else sheet.withhold('WD_PENSION', wage);
  }
  if (!inputs.insured) sheet.flag('UNINSURED_EMPLOYER_PAYS');
  return success(sheet.finish('wi.death', info));
}

/** A worker missing on duty (compensation.md 1.3, 工伤保险条例第四十一条): wages of three months, then pensions, an advance in hardship. */
export function missing(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const { rules, today } = surroundings;
  const read = readInputs(
    {
      accident_date: day(FIRST_DAY, today),
      month_wage_fen: orUnknown(integer(1, MAX_WAGE_FEN)),
      hardship: withDefault(flag, false),
      insured: withDefault(flag, true),
    },
    raw,
  );
  if (!read.ok) return read;
  const { accident_date: date, month_wage_fen: wage, hardship, insured } = read.value;
  const ruled = rulesFault('accident_date', date, surroundings);
  if (!ruled.ok) return ruled;
  const sheet = new Sheet(surroundings, insured);
  const count = ['×', months(rules.missing_wage_months)] as const;
  if (wage === null)
    sheet.withhold(
      'WM_WAGES',
      { reason: 'input_missing', key: 'month_wage_fen' },
      formula(unknownMoney('month_wage'), count),
    );
  else
    sheet.add({
      code: 'WM_WAGES',
      formula: formula(money('month_wage', wage), count),
      payer: 'EMPLOYER',
      basis: ['第四十一条'],
    });
  if (hardship) {
    const income = sheet.nationalIncome(yearOf(date) - 1);
    const half = [
      ['×', times(rules.death_lump_times)],
      ['×', percent(rules.missing_advance_bp)],
    ] as const;
    if (income.kind === 'lacking')
      sheet.withhold('WM_ADVANCE', income, formula(unknownMoney('national_income'), ...half));
    else
      sheet.add({
        code: 'WM_ADVANCE',
        formula: formula(money('national_income', income.value), ...half),
        payer: 'FUND',
        basis: ['第三十九条', '第四十一条'],
        from: [income],
      });
  }
  if (!insured) sheet.flag('UNINSURED_EMPLOYER_PAYS');
  return success(
    sheet.finish('wi.missing', { pension_from: addMonths(firstOfMonth(date), rules.missing_wage_months) }),
  );
}
