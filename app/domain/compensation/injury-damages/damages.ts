import { yearOf } from '../../calendar/index.ts';
import { divide, portionOf, roundHalfUp, whole } from '../../money/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError } from '../calculation.ts';
import { formula, money, percent, unknownMoney } from '../formula.ts';
import {
  daily,
  contradiction,
  day,
  integer,
  list,
  oneOf,
  optional,
  orAbsent,
  orUnknown,
  readInputs,
  required,
  withDefault,
  type Field,
} from '../inputs.ts';
import { claimBy } from '../limitation.ts';
import { Sheet, type Surroundings } from '../sheet.ts';
import { addDependants, consumption, openFormula, sharesOf } from './dependants.ts';
import { years } from './formula.ts';
import { coefficient, damagesBasis, INTERPRETATION, yearsByAge } from './law.ts';
import { addDevices, addLosses, addPriced, lossFault, lossFields, MAX_LOSS_FEN } from './losses.ts';
import { dependantsField, readDependants, type Dependant } from './support.ts';

const gradeList = list({ grade: integer(1, 10) }, 20);
const grades: Field<readonly number[]> = {
  read: (value) => {
    const read = gradeList.read(Array.isArray(value) ? value.map((grade: unknown) => ({ grade })) : value);
    return read.ok ? success(read.value.map(({ grade }) => grade)) : read;
  },
};

const shape = daily((today) => ({
  kind: oneOf('injury', 'death'),
  tort_date: optional(day(INTERPRETATION.version, today)),
  /** Completed years on the day of the appraisal, or of the death. */
  age: optional(integer(0, 130)),
  /** One for each appraised injury; `null`: not appraised yet. */
  grades: withDefault(orUnknown(grades), []),
  ...lossFields,
  dependants: dependantsField,
  /** Loss of capacity to work, where an appraiser gave it; otherwise the disability coefficient stands in. */
  dep_coef_bp: optional(integer(0, 10_000)),
  mental_fen: orAbsent(withDefault(integer(0, MAX_LOSS_FEN), 0)),
  /** The part that the other side answers for, as a court or an appraiser put it. */
  liability_bp: optional(integer(0, 10_000)),
}));

type Damages = Extract<ReturnType<typeof readInputs<ReturnType<typeof shape>>>, { ok: true }>['value'];

function check(inputs: Damages, surroundings: Surroundings): Result<null, CalculationError> {
  if (inputs.tort_date === undefined && surroundings.overrides === null) return required('tort_date');
  const dead = inputs.kind === 'death';
  const graded = inputs.grades === null || inputs.grades.length > 0;
  if (inputs.age === undefined && (dead || (inputs.grades?.length ?? 0) > 0)) return required('age');
  if (dead && graded) return contradiction('grades', 'a disability grade does not go with a death');
  if (dead && inputs.long_term_care !== undefined)
    return contradiction('long_term_care', 'care in years to come does not go with a death');
  if (dead && (inputs.dep_coef_bp ?? 10_000) !== 10_000)
    return contradiction('dep_coef_bp', 'after a death nothing is taken off the dependants');
  const fault = lossFault(inputs);
  return fault === null ? success(null) : contradiction(fault.field, fault.message);
}

/**
 * The disability coefficient in basis points, and where several grades leave it open the upper end of the range: the sheet
 * then reckons with the lower one. A scheme given with the run, or verified for the region, closes the range.
 */
function lossByGrades(
  sheet: Sheet,
  grades: readonly number[],
  { overrides }: Surroundings,
): { low: number; high: number } {
  const [low, high] = [coefficient(grades, 'A'), coefficient(grades, 'B')];
  if (high === coefficient([Math.min(...grades)], 'B')) return { low, high };
  sheet.flag('MULTI_GRADE_NOT_STATUTORY');
  const verified = sheet.plainFigure('pi.multi_grade_rule');
  const scheme = overrides?.multi_grade_scheme ?? (verified.kind === 'known' ? verified.value : null);
  if (scheme === 'A') return { low, high: low };
  return { low: scheme === 'B' ? high : low, high };
}

type Info = Record<string, string | number>;

/** Disability compensation: income × years × coefficient (第十二条). Returns the coefficient, `null` before an appraisal. */
function addDisability(
  sheet: Sheet,
  { age = 0, grades }: Damages,
  surroundings: Surroundings,
  info: Info,
): number | null {
  if (grades === null) {
    sheet.withhold('PI_DISABILITY', { reason: 'input_missing', key: 'grades' });
    return null;
  }
  if (grades.length === 0) return 0;
  const { low, high } = lossByGrades(sheet, grades, surroundings);
  const income = sheet.ofYear('urban_income_fen', 'income.urban', yearOf(surroundings.today) - 1);
  const span = ['×', years(yearsByAge(age))] as const;
  addPriced(
    sheet,
    'PI_DISABILITY',
    income,
    (value) =>
      formula(value === null ? unknownMoney('urban_income') : money('urban_income', value), span, [
        '×',
        percent(low, 'disability'),
      ]),
    damagesBasis('第十二条'),
    ['HOME_PROVINCE_HIGHER', ...(low === high ? [] : ['MULTI_GRADE_RANGE'])],
  );
  if (low !== high && income.kind === 'known')
    for (const [key, bp] of [
      ['disability_low_fen', low],
      ['disability_high_fen', high],
    ] as const)
      info[key] = roundHalfUp(
        divide(whole(BigInt(income.value) * BigInt(yearsByAge(age)) * BigInt(bp)), whole(10_000)),
      );
  return low;
}

/** Death compensation (第十五条) and half a year's average wage for the funeral (第十四条). */
function addDeath(sheet: Sheet, age: number, today: string): void {
  const year = yearOf(today) - 1;
  addPriced(
    sheet,
    'PI_DEATH',
    sheet.ofYear('urban_income_fen', 'income.urban', year),
    (value) =>
      formula(value === null ? unknownMoney('urban_income') : money('urban_income', value), [
        '×',
        years(yearsByAge(age)),
      ]),
    damagesBasis('第十五条'),
    ['HOME_PROVINCE_HIGHER'],
  );
  addPriced(
    sheet,
    'PI_FUNERAL',
    sheet.ofYear('avg_wage_year_fen', 'wage.staff.pi', year),
    (value) =>
      formula(value === null ? unknownMoney('staff_wage_year') : money('staff_wage_year', value), [
        '÷',
        { term: 'none', value: '2', unit: 'none' },
      ]),
    damagesBasis('第十四条'),
    ['FUNERAL_RELATIVES_COSTS'],
  );
}

function addSupport(
  sheet: Sheet,
  people: readonly Dependant[],
  loss: number | null,
  surroundings: Surroundings,
  info: Info,
): void {
  if (people.length === 0) return;
  if (loss === null) {
    sheet.withhold('PI_DEPENDANTS', { reason: 'input_missing', key: 'grades' });
    return;
  }
  if (loss === 0) {
    sheet.flag('DEP_NEEDS_DISABILITY');
    return;
  }
  const yearly = consumption(sheet, surroundings.today);
  if (yearly.kind === 'lacking') sheet.withhold('PI_DEPENDANTS', yearly, openFormula());
  else addDependants(sheet, sharesOf(sheet, people, yearly, loss, surroundings, info), yearly);
}

/**
 * Damages for injury or death to be claimed from whoever caused it (compensation.md 1.4): torts from 2022-05-01 on, figures
 * of the year before today. `info.payable_fen` is what the stated share of liability leaves of it.
 */
export function damages(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const { today } = surroundings;
  const read = readInputs(shape(today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const checked = check(inputs, surroundings);
  if (!checked.ok) return checked;
  const people = readDependants(inputs.dependants);
  if (!people.ok) return people;
  const sheet = new Sheet(surroundings);
  const info: Info = {};
  addLosses(sheet, inputs, today, yearOf(today) - 1);
  const dead = inputs.kind === 'death';
  const byGrades = dead ? 10_000 : addDisability(sheet, inputs, surroundings, info);
  addDevices(sheet, inputs);
  if (dead) addDeath(sheet, inputs.age ?? 0, today);
  if (people.value.length < inputs.dependants.length) sheet.flag('DEP_NO_YEARS_LEFT');
  addSupport(sheet, people.value, inputs.dep_coef_bp ?? byGrades, surroundings, info);
  const { mental_fen: mental, liability_bp: liability } = inputs;
  if (mental > 0) {
    // A share stated after a death means that fault has been weighed, and with it the sum for the suffering (抚慰解释第五条).
    if (!dead || liability === undefined) sheet.flag('MENTAL_IS_DISCRETIONARY');
    sheet.add({
      code: 'PI_MENTAL_CLAIMED',
      formula: formula(money('mental', mental)),
      payer: 'TORTFEASOR',
      basis: [
        { law: '民法典', article: '第一千一百八十三条' },
        { law: '精神损害赔偿解释', article: '第五条' },
      ],
      notes: ['MENTAL_IS_DISCRETIONARY'],
    });
  }
  if (inputs.tort_date !== undefined) info['claim_by'] = claimBy(inputs.tort_date);
  sheet.flagNothing();
  const calculation = sheet.finish('pi.damages', info);
  if (liability === undefined) return success(calculation);
  const material = calculation.totals.onceFen - mental;
  return success({
    ...calculation,
    info: { ...info, payable_fen: portionOf(material, liability, 10_000) + mental },
  });
}
