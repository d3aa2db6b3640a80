import { success } from '../../result.ts';
import type { FormulaPart } from '../calculation.ts';
import { days, formula, money, percent, unknownMoney } from '../formula.ts';
import { group, integer, list, oneOf, optional, orAbsent, withDefault, type Field } from '../inputs.ts';
import type { Given, Needed, Sheet } from '../sheet.ts';
import { joined, persons, years } from './formula.ts';
import { YEAR, yearsField, yearsText } from './inputs.ts';
import { damagesBasis, INTERPRETATION } from './law.ts';

export const MAX_LOSS_FEN = 10_000_000_000;
const MAX_DAY_FEN = 10_000_000;
const MAX_DAYS = 7_300;

const amount = integer(0, MAX_LOSS_FEN);
const none = orAbsent(withDefault(amount, 0));

const lostWages = group({
  /** Fixed income: what was really lost, as a sum or by the day. */
  loss_fen: optional(amount),
  daily_fen: optional(integer(0, MAX_DAY_FEN)),
  /** No fixed income: the income of the last three years. */
  three_year_total_fen: optional(amount),
  /** Neither can be shown: a year's average wage of the same or a near industry, or that industry. */
  annual_fen: optional(amount),
  industry: optional(
    oneOf(
      'agriculture',
      'mining',
      'manufacturing',
      'utilities',
      'construction',
      'transport',
      'it',
      'wholesale_retail',
      'hospitality',
      'finance',
      'real_estate',
      'resident_services',
      'education',
      'health',
    ),
  ),
  days: optional(integer(0, MAX_DAYS)),
});

const carers = list(
  {
    daily_fen: optional(integer(0, MAX_DAY_FEN)),
    annual_fen: optional(amount),
    days: integer(0, MAX_DAYS),
    persons: withDefault(integer(1, 10), 1),
  },
  20,
);

const longTermCare = group({
  annual_fen: amount,
  years: yearsField(0, 100),
  /** How far the victim depends on care, in basis points. */
  ratio_bp: withDefault(integer(0, 10_000), 10_000),
});

const deviceShape = {
  unit_fen: amount,
  years: yearsField(0, 100),
  cycle_years: yearsField(0.01, 100),
  maintenance_fen: none,
};
const severalDevices = list(deviceShape, 10);
const oneDevice = group(deviceShape);

type Read<Source> = Source extends Field<infer Value> ? Value : never;

const devices: Field<Read<typeof severalDevices>> = {
  read: (value) => {
    if (Array.isArray(value)) return severalDevices.read(value);
    const read = oneDevice.read(value);
    return read.ok ? success([read.value]) : read;
  },
};

/** Inputs of the losses that do not hang on age or grade. */
export const lossFields = {
  medical_fen: none,
  /** What will certainly be needed later, by certificate. */
  future_medical_fen: none,
  lost_wages: optional(lostWages),
  care: withDefault(carers, []),
  long_term_care: optional(longTermCare),
  transport_fen: none,
  lodging_fen: none,
  hospital_days: withDefault(integer(0, 3_650), 0),
  nutrition_days: withDefault(integer(0, 3_650), 0),
  /** The hospital's or the appraiser's figure, where there is one. */
  nutrition_fen: none,
  device: withDefault(devices, []),
};

export type Losses = { [Name in keyof typeof lossFields]: Read<(typeof lossFields)[Name]> };
type LostWages = NonNullable<Losses['lost_wages']>;

/** Which inputs of a group were given. */
const givenOf = (inputs: object, names: readonly string[]): readonly string[] =>
  names.filter((name) => Object.entries(inputs).some(([key, value]) => key === name && value !== undefined));

/** What is wrong with the losses taken together; `null` if nothing is. */
export function lossFault({ lost_wages: wages, care }: Losses): {
  field: string;
  message: string;
} | null {
  if (wages !== undefined) {
    const ways = givenOf(wages, ['loss_fen', 'daily_fen', 'three_year_total_fen', 'annual_fen', 'industry']);
    if (ways.length !== 1)
      return { field: 'lost_wages', message: 'lost_wages takes exactly one way of reckoning' };
    if (wages.loss_fen === undefined && wages.days === undefined)
      return { field: 'lost_wages', message: 'every way of reckoning but loss_fen needs days' };
  }
  if (care.some((carer) => givenOf(carer, ['daily_fen', 'annual_fen']).length > 1))
    return { field: 'care', message: 'a carer is paid by the day or by the year' };
  return null;
}

/** Adds an item that rests on one dated figure, or withholds it with its formula as far as it is known. */
export function addPriced(
  sheet: Sheet,
  code: string,
  rate: Needed,
  parts: (value: number | null) => readonly FormulaPart[],
  basis: ReturnType<typeof damagesBasis>,
  notes: readonly string[] = [],
): void {
  if (rate.kind === 'lacking') sheet.withhold(code, rate, parts(null));
  else sheet.add({ code, formula: parts(rate.value), payer: 'TORTFEASOR', basis, from: [rate], notes });
}

function wagesFormula({
  loss_fen: loss,
  daily_fen: daily,
  three_year_total_fen: total,
  annual_fen: annual,
  days: count = 0,
}: Omit<LostWages, 'industry'>): readonly FormulaPart[] {
  const missed = ['×', days(count)] as const;
  const yearLong = ['÷', { ...days(365), term: 'days_of_year' }] as const;
  if (loss !== undefined) return formula(money('wage_loss', loss));
  if (daily !== undefined) return formula(money('day_wage', daily), missed);
  if (total !== undefined)
    return formula(money('three_year_income', total), ['÷', years(3)], yearLong, missed);
  return formula(money('industry_wage', annual ?? 0), missed, yearLong);
}

function addLostWages(sheet: Sheet, wages: LostWages, year: number): void {
  const basis = damagesBasis('第七条');
  const notes = ['LOST_WAGES_UNTIL_APPRAISAL'];
  const { industry, ...direct } = wages;
  if (industry === undefined)
    sheet.add({ code: 'PI_LOST_WAGES', formula: wagesFormula(direct), payer: 'TORTFEASOR', basis, notes });
  else
    addPriced(
      sheet,
      'PI_LOST_WAGES',
      sheet.ofYear('industry_wage_fen', `wage.industry.${industry}`, year),
      (value) =>
        value === null
          ? formula(unknownMoney('industry_wage'), ['×', days(direct.days ?? 0)])
          : wagesFormula({ ...direct, annual_fen: value }),
      basis,
      notes,
    );
}

function addCare(sheet: Sheet, { care, long_term_care: longTerm }: Losses, today: string): void {
  const used: Given[] = [];
  const parts: (readonly FormulaPart[])[] = [];
  for (const { daily_fen: daily, annual_fen: annual, days: count, persons: carers } of care) {
    const rate = daily ?? annual ?? sheet.onDay('caregiver_day_fen', 'pi.caregiver_day', today);
    if (typeof rate !== 'number') {
      if (rate.kind === 'lacking') {
        sheet.withhold('PI_CARE', rate, formula(unknownMoney('care_day'), ['×', days(count)]));
        return;
      }
      used.push(rate);
    }
    const pay = typeof rate === 'number' ? rate : rate.value;
    const several = carers > 1 ? ([['×', persons(carers)]] as const) : [];
    parts.push(
      annual === undefined
        ? formula(money('care_day', pay), ['×', days(count)], ...several)
        : formula(
            money('care_year', pay),
            ['÷', { ...days(365), term: 'days_of_year' }],
            ['×', days(count)],
            ...several,
          ),
    );
  }
  const longest = INTERPRETATION.longestCareYears * YEAR;
  const capped = longTerm !== undefined && longTerm.years > longest;
  if (capped) sheet.flag('CARE_CAPPED_20Y');
  if (longTerm !== undefined)
    parts.push(
      formula(
        money('care_year', longTerm.annual_fen),
        ['×', years(yearsText(Math.min(longTerm.years, longest)))],
        ...(longTerm.ratio_bp < 10_000 ? ([['×', percent(longTerm.ratio_bp, 'care_ratio')]] as const) : []),
      ),
    );
  if (parts.length > 0)
    sheet.add({
      code: 'PI_CARE',
      formula: joined(parts),
      payer: 'TORTFEASOR',
      basis: damagesBasis('第八条', ...(longTerm === undefined ? [] : ['第十九条'])),
      from: used,
      notes: capped ? ['CARE_CAPPED_20Y'] : [],
    });
}

/** Assistive devices: price × times of replacement, rounded up, + maintenance (第十三条). */
export function addDevices(sheet: Sheet, { device: devices }: Losses): void {
  if (devices.length === 0) return;
  sheet.add({
    code: 'PI_DEVICE',
    formula: joined(
      devices.map(({ unit_fen: unit, years: span, cycle_years: cycle, maintenance_fen: maintenance }) =>
        formula(
          money('device_unit', unit),
          ['×', { term: 'device_count', value: String(Math.ceil(span / cycle)), unit: 'none' }],
          ...(maintenance > 0 ? ([['+', money('device_maintenance', maintenance)]] as const) : []),
        ),
      ),
    ),
    payer: 'TORTFEASOR',
    basis: damagesBasis('第十三条'),
  });
}

/** Medical cost, lost earnings, care, travel, meals and nutrition (人身损害赔偿解释第六至十一条). */
export function addLosses(sheet: Sheet, losses: Losses, today: string, year: number): void {
  const receipts = (code: string, parts: readonly FormulaPart[], article: string) =>
    sheet.add({
      code,
      formula: parts,
      payer: 'TORTFEASOR',
      basis: damagesBasis(article),
      notes: ['RECEIPTS_NEEDED'],
    });
  const { medical_fen: medical, future_medical_fen: later } = losses;
  receipts(
    'PI_MEDICAL',
    later > 0
      ? formula(money('medical', medical), ['+', money('future_medical', later)])
      : formula(money('medical', medical)),
    '第六条',
  );
  if (losses.lost_wages !== undefined) addLostWages(sheet, losses.lost_wages, year);
  addCare(sheet, losses, today);
  receipts('PI_TRANSPORT', formula(money('transport', losses.transport_fen)), '第九条');
  receipts('PI_LODGING', formula(money('lodging', losses.lodging_fen)), '第十条');
  const { hospital_days: stay, nutrition_days: fed, nutrition_fen: fedFor } = losses;
  if (stay > 0)
    addPriced(
      sheet,
      'PI_HOSP_MEAL',
      sheet.onDay('hospital_meal_day_fen', 'pi.hospital_meal_day', today),
      (rate) =>
        formula(rate === null ? unknownMoney('hospital_meal_day') : money('hospital_meal_day', rate), [
          '×',
          days(stay),
        ]),
      damagesBasis('第十条'),
    );
  // The hospital's or the appraiser's figure goes before a rate by the day (第十一条).
  if (fed > 0 && fedFor === 0)
    addPriced(
      sheet,
      'PI_NUTRITION',
      sheet.onDay('nutrition_day_fen', 'pi.nutrition_day', today),
      (rate) =>
        formula(rate === null ? unknownMoney('nutrition_day') : money('nutrition_day', rate), [
          '×',
          days(fed),
        ]),
      damagesBasis('第十一条'),
    );
  else receipts('PI_NUTRITION', formula(money('nutrition', fedFor)), '第十一条');
}
