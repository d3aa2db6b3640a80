import { addYears, yearOf } from '../calendar/index.ts';
import { parseDecimal } from '../money/index.ts';
import { success, type Result } from '../result.ts';
import type { Calculation, CalculationError } from './calculation.ts';
import { fenOf, formula, money, monthOfYear, months, days, percent, unknownMoney } from './formula.ts';
import {
  daily,
  contradiction,
  day,
  decimal,
  flag,
  integer,
  MAX_WAGE_FEN,
  oneOf,
  optional,
  orAbsent,
  orUnknown,
  readInputs,
  required,
  withDefault,
} from './inputs.ts';
import { selfWage } from './self-wage.ts';
import { Sheet, type Needed, type Surroundings } from './sheet.ts';

const MAX_BILL_FEN = 10_000_000_000;
const FIRST_DAY = '2011-01-01';

const shape = daily((today) => {
  const wage = integer(1, MAX_WAGE_FEN);
  const bill = orAbsent(withDefault(integer(0, MAX_BILL_FEN), 0));
  const no = withDefault(flag, false);
  return {
    injury_date: optional(day(FIRST_DAY, today)),
    insured: withDefault(flag, true),
    avg_contrib_wage_fen: optional(orUnknown(wage)),
    grade: integer(0, 10),
    medical_fen: bill,
    medical_paid_by_third_party_fen: bill,
    hospital_days: withDefault(integer(0, 3650), 0),
    sl_months: withDefault(decimal(120), '0'),
    sl_extension_approved: no,
    sl_wage_fen: orAbsent(optional(integer(0, MAX_WAGE_FEN))),
    sl_paid_fen: bill,
    sl_nursing_fen: bill,
    nursing_level: withDefault(oneOf('none', 'part', 'most', 'full'), 'none'),
    hard_to_place: no,
    contract_end: withDefault(oneOf('none', 'employee_resigns', 'term_expired'), 'none'),
    contract_end_date: optional(day(FIRST_DAY, addYears(today, 1))),
    min_wage_class: optional(oneOf('I', 'II', 'III')),
    retired: no,
    occupational_disease: no,
    old_soldier_relapse: no,
  };
});

type Read = ReturnType<typeof readInputs<ReturnType<typeof shape>>>;
type BenefitInputs = Extract<Read, { ok: true }>['value'];

function check(inputs: BenefitInputs, surroundings: Surroundings): Result<null, CalculationError> {
  if (inputs.injury_date === undefined && surroundings.overrides === null) return required('injury_date');
  if (inputs.grade > 0 && inputs.avg_contrib_wage_fen === undefined) return required('avg_contrib_wage_fen');
  if (inputs.sl_months !== '0' && inputs.sl_wage_fen === undefined) return required('sl_wage_fen');
  if (inputs.nursing_level !== 'none' && inputs.grade === 0)
    return contradiction('nursing_level', 'nursing_level comes with a grade');
  if (inputs.occupational_disease && inputs.old_soldier_relapse)
    return contradiction('old_soldier_relapse', 'a relapse of a veteran is not an occupational disease');
  if (
    inputs.injury_date !== undefined &&
    inputs.contract_end_date !== undefined &&
    inputs.contract_end_date < inputs.injury_date
  )
    return contradiction('contract_end_date', 'contract_end_date lies before injury_date');
  return success(null);
}

function treatment(sheet: Sheet, inputs: BenefitInputs, { rules }: Surroundings): void {
  const { medical_fen: medical, medical_paid_by_third_party_fen: paidByOther } = inputs;
  const deducted = medical > 0 && paidByOther > 0;
  if (deducted) sheet.flag('THIRD_PARTY_MEDICAL_DEDUCTED');
  const bills = money('medical', medical);
  sheet.add({
    code: 'WI_MEDICAL',
    formula: deducted ? formula(bills, ['-', money('third_party_paid', paidByOther)]) : formula(bills),
    payer: 'FUND',
    basis: ['第三十条'],
    notes: deducted ? ['CATALOGUE_ONLY', 'THIRD_PARTY_MEDICAL_DEDUCTED'] : ['CATALOGUE_ONLY'],
  });
  if (inputs.hospital_days > 0) {
    const rate = sheet.hospitalMealDay();
    const stay = ['×', days(inputs.hospital_days)] as const;
    if (rate.kind === 'lacking')
      sheet.withhold('WI_HOSP_MEAL', rate, formula(unknownMoney('hospital_meal_day'), stay));
    else
      sheet.add({
        code: 'WI_HOSP_MEAL',
        formula: formula(money('hospital_meal_day', rate.value), stay),
        payer: 'FUND',
        basis: ['第三十条'],
        from: [rate],
      });
  }
  paidLeave(sheet, inputs, rules.paid_leave_months, rules.paid_leave_months_extended);
  sheet.add({
    code: 'WI_SL_NURSING',
    formula: formula(money('sl_nursing', inputs.sl_nursing_fen)),
    payer: 'EMPLOYER',
    basis: ['第三十三条'],
  });
}

function paidLeave(sheet: Sheet, inputs: BenefitInputs, normal: number, extended: number): void {
  const limit = inputs.sl_extension_approved ? extended : normal;
  const asked = parseDecimal(inputs.sl_months);
  const wage = inputs.sl_wage_fen ?? 0;
  if (asked === null || asked.numerator === 0n || wage === 0) return;
  const capped = asked.numerator > BigInt(limit) * asked.denominator;
  const code = limit === normal ? 'SL_CAPPED_12' : 'SL_CAPPED_24';
  if (capped) sheet.flag(code);
  const due = formula(money('sl_wage', wage), ['×', months(capped ? limit : inputs.sl_months)]);
  const left =
    inputs.sl_paid_fen > 0
      ? [
          ...due,
          ...formula(money('sl_paid', inputs.sl_paid_fen)).map((part) => ({
            ...part,
            operator: '-' as const,
          })),
        ]
      : due;
  const amount = sheet.add({
    code: 'WI_SL_WAGE',
    formula: left,
    payer: 'EMPLOYER',
    basis: ['第三十三条'],
    notes: capped ? [code] : [],
  });
  if (amount === 0) sheet.flag('SL_WAGE_ALREADY_PAID');
}

const articleOf = (grade: number): string =>
  grade <= 4 ? '第三十五条' : grade <= 6 ? '第三十六条' : '第三十七条';

function lump(sheet: Sheet, inputs: BenefitInputs, wage: Needed, { rules }: Surroundings): void {
  if (inputs.old_soldier_relapse) {
    sheet.flag('NO_DIS_LUMP_ART15_3');
    return;
  }
  const count = ['×', months(rules.disability_lump_months[String(inputs.grade)] ?? 0)] as const;
  if (wage.kind === 'lacking') sheet.withhold('WI_DIS_LUMP', wage, formula(unknownMoney('self_wage'), count));
  else
    sheet.add({
      code: 'WI_DIS_LUMP',
      formula: formula(money('self_wage', wage.value), count),
      payer: 'FUND',
      basis: [articleOf(inputs.grade), '第六十四条'],
      from: [wage],
    });
}

/** Whether the monthly allowance is due at all: grades 1–4 until retirement, grades 5–6 while kept on and hard to place. */
function allowanceDue(
  sheet: Sheet,
  { grade, hard_to_place: hardToPlace, contract_end: end, retired }: BenefitInputs,
): boolean {
  if (grade > 6 || (grade >= 5 && (!hardToPlace || end === 'employee_resigns'))) return false;
  if (retired) sheet.flag('ALLOWANCE_STOPS_ON_RETIREMENT');
  return !retired;
}

function allowance(
  sheet: Sheet,
  inputs: BenefitInputs,
  wage: Needed,
  { rules, overrides, typed, today }: Surroundings,
): void {
  if (!allowanceDue(sheet, inputs)) return;
  const share = ['×', percent(rules.disability_allowance_bp[String(inputs.grade)] ?? 0)] as const;
  const [code, freq, basis] = ['WI_DIS_ALLOW', 'monthly', [articleOf(inputs.grade)]] as const;
  const payer = inputs.grade <= 4 ? 'FUND' : 'EMPLOYER';
  if (wage.kind === 'lacking') {
    sheet.withhold(code, wage, formula(unknownMoney('self_wage'), share));
    return;
  }
  const parts = formula(money('self_wage', wage.value), share);
  // Without a known class the highest one: an allowance above it is above all.
  const least = sheet.minimumWage(inputs.min_wage_class ?? null, today);
  const classLeftOpen =
    inputs.min_wage_class === undefined && (overrides?.min_wage_fen ?? typed?.min_wage_fen) === undefined;
  if (least.kind === 'lacking') sheet.withhold(code, least, parts);
  else if (fenOf(parts) >= least.value)
    sheet.add({
      code,
      formula: parts,
      payer,
      freq,
      basis: [...basis, '第六十四条'],
      from: classLeftOpen ? [wage] : [wage, least],
      notes: ['GROSS_ALLOWANCE'],
    });
  else if (classLeftOpen) sheet.withhold(code, { reason: 'input_missing', key: 'min_wage_class' }, parts);
  else {
    sheet.flag('ALLOWANCE_FLOOR_MIN_WAGE');
    sheet.add({
      code,
      formula: formula(money('minimum_wage', least.value)),
      payer,
      freq,
      basis,
      from: [least],
      notes: ['ALLOWANCE_FLOOR_MIN_WAGE', 'GROSS_ALLOWANCE'],
    });
  }
}

function nursing(sheet: Sheet, inputs: BenefitInputs, { rules, today }: Surroundings): void {
  if (inputs.nursing_level === 'none') return;
  const share = ['×', percent(rules.nursing_bp[inputs.nursing_level] ?? 0)] as const;
  const average = sheet.averageWage('avg_month_nursing_fen', yearOf(today) - 1);
  if (average.kind === 'lacking')
    sheet.withhold('WI_NURSING', average, formula(unknownMoney('average_wage'), share));
  else
    sheet.add({
      code: 'WI_NURSING',
      formula: formula(money('average_wage', average.value), share),
      payer: 'FUND',
      freq: 'monthly',
      basis: ['第三十四条'],
      from: [average],
    });
}

/** Grades 5–6 leave only at their own wish; grades 7–10 also when the term ends. Nobody who is retired (云南). */
function subsidiesDue(sheet: Sheet, { grade, contract_end: end, retired }: BenefitInputs): boolean {
  if (grade < 5) return false;
  if (retired) sheet.flag('NO_LUMPS_AFTER_RETIREMENT');
  else if (grade <= 6 && end === 'term_expired') sheet.flag('GRADE5_6_RELATION_RETAINED');
  return !retired && (end === 'employee_resigns' || (grade >= 7 && end === 'term_expired'));
}

function subsidies(sheet: Sheet, inputs: BenefitInputs, { today }: Surroundings): void {
  if (!subsidiesDue(sheet, inputs)) return;
  const average = sheet.lumpWage(yearOf(inputs.contract_end_date ?? today) - 1);
  const basis = [articleOf(inputs.grade)];
  for (const [code, kind, payer] of [
    ['WI_MED_SUBSIDY', 'med', 'FUND'],
    ['WI_EMP_SUBSIDY', 'emp', 'EMPLOYER'],
  ] as const) {
    const count = sheet.subsidyMonths(kind, inputs.grade);
    const uplift = kind === 'med' && inputs.occupational_disease ? sheet.occupationalUplift() : null;
    if (average.kind === 'lacking')
      sheet.withhold(
        code,
        average,
        count.kind === 'known'
          ? formula(unknownMoney('average_wage'), ['×', months(count.value)])
          : undefined,
      );
    else if (count.kind === 'lacking') sheet.withhold(code, count);
    else if (uplift?.kind === 'lacking') sheet.withhold(code, uplift);
    else {
      const month =
        average.yearly === true ? monthOfYear(average.value) : formula(money('average_wage', average.value));
      const plain = [...month, { ...months(count.value), operator: '×' as const }];
      if (uplift === null) sheet.add({ code, formula: plain, payer, basis, from: [average, count] });
      else {
        sheet.flag('OCC_DISEASE_UPLIFT');
        const raised = [
          ...plain,
          { ...percent(10_000 + uplift.value, 'with_uplift'), operator: '×' as const },
        ];
        sheet.add({
          code,
          formula: raised,
          payer,
          basis,
          from: [average, count, uplift],
          notes: ['OCC_DISEASE_UPLIFT'],
        });
      }
    }
  }
}

/** Work-injury benefits, grades 1–10 or none (compensation.md 1.2). */
export function benefits(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  const checked = check(inputs, surroundings);
  if (!checked.ok) return checked;
  const sheet = new Sheet(surroundings, inputs.insured);
  treatment(sheet, inputs, surroundings);
  const info: Record<string, number> = {};
  if (inputs.grade > 0) {
    const injured = yearOf(inputs.injury_date ?? surroundings.today);
    const wage = selfWage(sheet, surroundings.rules, inputs.avg_contrib_wage_fen ?? null, injured - 1);
    if (wage.kind === 'known') info['self_wage_fen'] = wage.value;
    lump(sheet, inputs, wage, surroundings);
    allowance(sheet, inputs, wage, surroundings);
    nursing(sheet, inputs, surroundings);
    subsidies(sheet, inputs, surroundings);
  }
  sheet.flagNothing();
  if (!inputs.insured) sheet.flag('UNINSURED_EMPLOYER_PAYS');
  return success(sheet.finish('wi.benefits', info));
}
