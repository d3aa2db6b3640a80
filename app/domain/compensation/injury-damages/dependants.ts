import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, FormulaPart } from '../calculation.ts';
import { formula, money, unknownMoney } from '../formula.ts';
import { integer, readInputs, withDefault } from '../inputs.ts';
import { Sheet, type Given, type Needed, type Surroundings } from '../sheet.ts';
import { yearOf } from '../../calendar/index.ts';
import { damagesBasis } from './law.ts';
import { dependantsField, readDependants, support, type CapBasis, type Dependant } from './support.ts';

const basis = damagesBasis('第十六条', '第十七条');

/** Yunnan urban consumption of the year before the hearing ends; the kiosk takes the year before today (第二十二条). */
export const consumption = (sheet: Sheet, today: string): Needed =>
  sheet.ofYear('urban_consumption_fen', 'consumption.urban', yearOf(today) - 1);

export const openFormula = (): readonly FormulaPart[] => formula(unknownMoney('urban_consumption'));

const chosenBasis = ({ overrides }: Surroundings): CapBasis =>
  overrides?.dep_cap_basis ?? 'after_coefficient';

/** The shares under the chosen reading of the yearly cap; where the other reading gives another sum, both go into `info`. */
export function sharesOf(
  sheet: Sheet,
  dependants: readonly Dependant[],
  yearly: Given,
  coefficientBp: number,
  surroundings: Surroundings,
  info: Record<string, string | number>,
): ReturnType<typeof support> {
  const reckon = (reading: CapBasis) => support(dependants, yearly.value, coefficientBp, reading);
  const before = reckon('before_coefficient');
  // What needs no cap before the coefficient needs none after it: then both readings are one.
  const after = before.capped ? reckon('after_coefficient') : before;
  const chosen = chosenBasis(surroundings) === 'after_coefficient' ? after : before;
  if (chosen.capped) sheet.flag('DEP_ANNUAL_CAP');
  if (after.totalFen !== before.totalFen) {
    info['dependants_after_coefficient_fen'] = after.totalFen;
    info['dependants_before_coefficient_fen'] = before.totalFen;
  }
  return chosen;
}

/** Adds all dependants as the one item that joins the disability or death compensation (第十六条). */
export function addDependants(
  sheet: Sheet,
  { shares, capped }: ReturnType<typeof support>,
  yearly: Given,
): number {
  const [only, ...more] = shares;
  if (only === undefined) return 0;
  return sheet.add({
    code: 'PI_DEPENDANTS',
    formula:
      more.length === 0
        ? only.formula
        : formula(
            money('dependant', only.amountFen),
            ...more.map(({ amountFen }) => ['+', money('dependant', amountFen)] as const),
          ),
    payer: 'TORTFEASOR',
    basis,
    from: [yearly],
    notes: capped ? ['DEP_ANNUAL_CAP'] : [],
    steps: shares.map(({ dependant, amountFen, formula: parts }) => ({
      code: `PI_DEP_${dependant.id}`,
      amountFen,
      formula: parts,
    })),
  });
}

/** Living costs of dependants, one item for each (compensation.md 1.4). `dep_coef_bp` is the loss of capacity; 100 % after a death. */
export function dependants(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(
    { dependants: dependantsField, dep_coef_bp: withDefault(integer(0, 10_000), 10_000) },
    raw,
  );
  if (!read.ok) return read;
  const people = readDependants(read.value.dependants);
  if (!people.ok) return people;
  const sheet = new Sheet(surroundings);
  if (people.value.length < read.value.dependants.length) sheet.flag('DEP_NO_YEARS_LEFT');
  const yearly = consumption(sheet, surroundings.today);
  const info: Record<string, string | number> = {};
  if (yearly.kind === 'lacking') {
    for (const { id } of people.value) sheet.withhold(`PI_DEP_${id}`, yearly, openFormula());
  } else {
    const { shares, capped } = sharesOf(
      sheet,
      people.value,
      yearly,
      read.value.dep_coef_bp,
      surroundings,
      info,
    );
    for (const { dependant, formula: parts } of shares)
      sheet.add({
        code: `PI_DEP_${dependant.id}`,
        formula: parts,
        payer: 'TORTFEASOR',
        basis,
        from: [yearly],
        notes: capped ? ['DEP_ANNUAL_CAP'] : [],
      });
  }
  sheet.flagNothing();
  return success(sheet.finish('pi.dependants', info));
}
