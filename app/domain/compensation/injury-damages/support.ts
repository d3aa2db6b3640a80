import type { FormulaPart } from '../calculation.ts';
import { fenOf, formula, money, percent } from '../formula.ts';
import { failure, success, type Result } from '../../result.ts';
import type { CalculationError } from '../calculation.ts';
import { contradiction, integer, list, oneOf, optional, withDefault } from '../inputs.ts';

import { joined, years } from './formula.ts';
import { identifier, YEAR, yearsField, yearsText } from './inputs.ts';
import { INTERPRETATION, yearsByAge } from './law.ts';

/** The least number that 1 to 20 divide, which is how many may share: parts of it add up without loss. */
const COMMON = 232_792_560;
const MOST_SHARERS = 20;

const shape = {
  id: optional(identifier),
  type: oneOf('minor', 'adult'),
  age: optional(yearsField(0, 130)),
  /** Instead of the age: the years for which support is due, e.g. `"1.2"`. */
  years: optional(yearsField(0, INTERPRETATION.fullYears)),
  /** How many people share the duty, the victim included. */
  share_n: withDefault(integer(1, MOST_SHARERS), 1),
};
export const dependantsField = withDefault(list(shape, 20), []);

type Given = Extract<ReturnType<(typeof dependantsField)['read']>, { ok: true }>['value'][number];
export type CapBasis = 'after_coefficient' | 'before_coefficient';

export interface Dependant {
  id: string;
  sharers: number;
  /** How long support is due, in parts of a year. */
  until: number;
}

function supportYears({ type, age, years: given }: Given): number | null {
  if (given !== undefined) return given;
  if (age === undefined) return null;
  if (type === 'adult') return yearsByAge(Math.floor(age / YEAR)) * YEAR;
  const left = INTERPRETATION.ageOfMajority * YEAR - age;
  return left < 0 ? null : left;
}

/**
 * The people to be supported, each with the years that are left; those without any are left out. Refuses a minor above 18 and
 * ids that stand twice.
 */
export function readDependants(entries: readonly Given[]): Result<readonly Dependant[], CalculationError> {
  const dependants: Dependant[] = [];
  for (const [index, entry] of entries.entries()) {
    const until = supportYears(entry);
    const id = entry.id ?? String(index + 1);
    if (until === null)
      return entry.age === undefined
        ? failure({ code: 'required', field: 'dependants', message: 'each dependant needs an age or years' })
        : contradiction('dependants', 'a minor is not above 18');
    if (dependants.some((other) => other.id === id))
      return contradiction('dependants', 'two dependants have the same id');
    dependants.push({ id, sharers: entry.share_n, until });
  }
  return success(dependants.filter(({ until }) => until > 0));
}

interface Share {
  dependant: Dependant;
  amountFen: number;
  formula: readonly FormulaPart[];
}

interface Support {
  shares: readonly Share[];
  totalFen: number;
  /** Whether the yearly total had to be held to one year's consumption (第十七条第二款). */
  capped: boolean;
}

interface Stretch {
  /** What the dependant gets of a year's consumption while the cap scales everybody; `null` while it does not. */
  scaled: Part | null;
  length: number;
}

/** A part of one year's consumption, in lowest terms. */
interface Part {
  numerator: number;
  denominator: number;
}

function part(of: number, all: number): Part {
  let [a, b] = [of, all];
  while (b !== 0) [a, b] = [b, a % b];
  return { numerator: of / a, denominator: all / a };
}

const same = (a: Part | null, b: Part | null): boolean =>
  a?.numerator === b?.numerator && a?.denominator === b?.denominator;

/**
 * Living costs of dependants (人身损害赔偿解释第十六、十七条): the time line is cut at every person's end; in each stretch a
 * person gets consumption ÷ sharers × coefficient, and all together never more than one year's consumption a year. The text
 * does not say whether the coefficient comes before that cap: `basis` chooses. Everybody's sum is rounded once; over all the
 * years that adds no more than half a fen a person to what the cap allows, so nobody's part is changed for it.
 */
export function support(
  dependants: readonly Dependant[],
  consumptionFen: number,
  coefficientBp: number,
  basis: CapBasis,
): Support {
  const ends = [...new Set(dependants.map(({ until }) => until))].sort((a, b) => a - b);
  const stretches = new Map<Dependant, Stretch[]>(dependants.map((dependant) => [dependant, []]));
  let capped = false;
  let start = 0;
  for (const end of ends) {
    const present = dependants.filter(({ until }) => until >= end);
    const parts = present.reduce((sum, { sharers }) => sum + COMMON / sharers, 0);
    const over = parts * (basis === 'after_coefficient' ? coefficientBp : 10_000) > COMMON * 10_000;
    capped ||= over;
    for (const dependant of present) {
      const scaled = over ? part(COMMON / dependant.sharers, parts) : null;
      const own = stretches.get(dependant) ?? [];
      const last = own.at(-1);
      if (last !== undefined && same(last.scaled, scaled)) last.length += end - start;
      else own.push({ scaled, length: end - start });
    }
    start = end;
  }
  const shares = dependants.map((dependant) => {
    const parts = joined(
      (stretches.get(dependant) ?? []).map((stretch) =>
        stretchFormula(stretch, dependant.sharers, consumptionFen, coefficientBp, basis),
      ),
    );
    return { dependant, formula: parts, amountFen: fenOf(parts) };
  });
  return { shares, capped, totalFen: shares.reduce((sum, { amountFen }) => sum + amountFen, 0) };
}

function stretchFormula(
  { scaled, length }: Stretch,
  sharers: number,
  consumptionFen: number,
  coefficientBp: number,
  basis: CapBasis,
): readonly FormulaPart[] {
  const share = (value: number): FormulaPart => ({
    term: 'none',
    value: String(value),
    unit: 'none',
  });
  const reduced = coefficientBp < 10_000 ? ([['×', percent(coefficientBp, 'capacity_loss')]] as const) : [];
  const time = ['×', years(yearsText(length))] as const;
  const base = money('urban_consumption', consumptionFen);
  if (scaled !== null)
    return formula(
      base,
      ['×', share(scaled.numerator)],
      ['÷', share(scaled.denominator)],
      // Scaled after the coefficient, the coefficient cancels out of everybody's part.
      ...(basis === 'before_coefficient' ? reduced : []),
      time,
    );
  const sharing =
    sharers > 1 ? ([['÷', { term: 'sharers', value: String(sharers), unit: 'persons' }]] as const) : [];
  return formula(base, ...sharing, ...reduced, time);
}
