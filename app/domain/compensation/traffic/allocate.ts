import { failure, success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { claimBy } from '../limitation.ts';
import { given, Sheet, type Given, type Needed, type Surroundings } from '../sheet.ts';
import { shareLimits, type Payments } from './compulsory.ts';
import { compulsoryFormula } from './formula.ts';
import { readTraffic, sitsIn, type TrafficInputs, type Vehicle, type Victim } from './inputs.ts';
import { addLiability } from './liability.ts';

const CIVIL_CODE_1213: LegalBasis = { law: '民法典', article: '第一千二百一十三条' };
const interpretation = (article: string): LegalBasis => ({ law: '道路交通事故损害赔偿解释', article });

/** 道路交通安全法第七十六条: a vehicle without fault bears no more where the other side is at fault. */
const NO_FAULT_BP = 1_000;

/** The three limits of the compulsory policy: which loss goes under which is from the policy terms (grade C). */
const CATEGORIES = [
  {
    letter: 'D',
    loss: 'death_injury_fen',
    figure: 'death_disability',
    lossTerm: 'loss_death_injury',
    limitTerm: 'limit_death_injury',
  },
  {
    letter: 'M',
    loss: 'medical_fen',
    figure: 'medical',
    lossTerm: 'loss_medical',
    limitTerm: 'limit_medical',
  },
  {
    letter: 'P',
    loss: 'property_fen',
    figure: 'property',
    lossTerm: 'loss_property',
    limitTerm: 'limit_property',
  },
] as const;
type Category = (typeof CATEGORIES)[number];

/** A policy, or whoever should have taken one out, answers within the limits; not to its own occupants, nor for its owner's property. */
function answers(vehicle: Vehicle, victim: Victim, { letter }: Category): boolean {
  if (vehicle.ctp === 'trailer' || vehicle.ctp === 'unknown' || victim.intentional) return false;
  if (sitsIn(vehicle, victim)) return false;
  return letter !== 'P' || (!vehicle.art22 && vehicle.owner !== victim.id);
}

/** The limits in force on the day of the accident, for each vehicle the three of its policy. */
function limitsOf(
  sheet: Sheet,
  { accident_date: date, vehicles }: TrafficInputs,
  { overrides }: Surroundings,
): Result<readonly (readonly Needed[])[], CalculationError> {
  if (overrides?.ctp === undefined) {
    const policy = (atFault: boolean) =>
      vehicles.some(({ at_fault: each }) => each === atFault)
        ? CATEGORIES.map(({ figure }) =>
            sheet.onDay(null, `ctp.${atFault ? 'fault' : 'no_fault'}.${figure}`, date, 'CN'),
          )
        : [];
    const [withFault, withoutFault] = [policy(true), policy(false)];
    return success(vehicles.map(({ at_fault: atFault }) => (atFault ? withFault : withoutFault)));
  }
  const [version] = overrides.ctp
    .filter(({ from }) => from <= date)
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  if (version === undefined)
    return failure({
      code: 'too_early',
      field: 'accident_date',
      message: 'no limits are given for that day',
    });
  return success(
    vehicles.map(({ at_fault: atFault }) =>
      (atFault ? version.fault : version.no_fault).map((fen) => given(fen)),
    ),
  );
}

function basisOf(vehicle: Vehicle, victims: number, vehicles: number): readonly LegalBasis[] {
  return [
    CIVIL_CODE_1213,
    interpretation('第十三条'),
    ...(vehicle.art22 ? [interpretation('第十五条')] : []),
    ...(vehicle.ctp === 'uninsured' ? [interpretation('第十六条')] : []),
    ...(vehicles > 1 ? [interpretation('第十八条')] : []),
    ...(victims > 1 ? [interpretation('第十九条')] : []),
  ];
}

/** Adds what the policies pay of one kind of loss, one item for each victim and vehicle. */
function addCompulsory(
  sheet: Sheet,
  { victims, vehicles }: TrafficInputs,
  category: Category,
  limits: readonly Given[],
): Payments {
  const losses = victims.map((victim) => victim[category.loss]);
  const amounts = limits.map(({ value }) => value);
  const covers = (victim: number, vehicle: number): boolean => {
    const [who, which] = [victims[victim], vehicles[vehicle]];
    return who !== undefined && which !== undefined && answers(which, who, category);
  };
  const payments = shareLimits(losses, amounts, covers);
  const bases = vehicles.map((vehicle) => basisOf(vehicle, victims.length, vehicles.length));
  for (const [victimIndex, victim] of victims.entries())
    for (const [vehicleIndex, vehicle] of vehicles.entries()) {
      const amountFen = payments[victimIndex]?.[vehicleIndex] ?? 0;
      const limit = limits[vehicleIndex];
      if (limit === undefined || amountFen === 0) continue;
      const uninsured = vehicle.ctp === 'uninsured';
      sheet.add({
        code: `TR_CTP:${victim.id}:${vehicle.id}:${category.letter}`,
        amountFen,
        formula: compulsoryFormula(amountFen, category, {
          lossFen: losses[victimIndex] ?? 0,
          limitFen: limit.value,
          allLossesFen: () => all(losses.filter((_, index) => covers(index, vehicleIndex))),
          allLimitsFen: () => all(amounts.filter((_, index) => covers(victimIndex, index))),
        }),
        payer: uninsured ? 'OWNER_CTP_ART16' : 'CTP_INSURER',
        basis: bases[vehicleIndex] ?? [],
        from: [limit],
        notes: [
          'CTP_CLASSIFICATION',
          ...(vehicle.art22 && !uninsured ? ['INSURER_RECOVERS'] : []),
          ...(uninsured || (category.letter === 'M' && amountFen < (losses[victimIndex] ?? 0))
            ? ['RESCUE_FUND']
            : []),
        ],
      });
    }
  return payments;
}

const all = (row: readonly number[] | undefined): number => (row ?? []).reduce((sum, fen) => sum + fen, 0);

/**
 * Who pays how much after a traffic accident (compensation.md 1.5): compulsory policies within their limits, then commercial
 * third-party policies, then whoever is liable; the rest stays with the victim. All parts sum to the loss.
 */
export function allocate(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readTraffic(raw, surroundings.today);
  if (!read.ok) return read;
  const accident = read.value;
  const { victims, vehicles } = accident;
  const { overrides, typed } = surroundings;
  const reduction = overrides?.gratuitous_reduction_bp ?? typed?.gratuitous_reduction_bp;
  if (reduction === undefined && vehicles.some(({ gratuitous_passengers: guests }) => guests.length > 0))
    return failure({
      code: 'required',
      field: 'params.gratuitous_reduction_bp',
      message: 'how far the share for a free rider is reduced must be given',
    });
  const sheet = new Sheet(surroundings);
  const limits = limitsOf(sheet, accident, surroundings);
  if (!limits.ok) return limits;
  const needed = limits.value.flat();
  const lacking = needed.find((limit) => limit.kind === 'lacking');
  if (lacking?.kind === 'lacking') {
    sheet.withhold('TR_CTP', lacking);
    return success(sheet.finish('traffic.allocate'));
  }
  const known = limits.value.map((row) => row.filter((limit) => limit.kind === 'known'));
  const payments = CATEGORIES.map((category, index) =>
    addCompulsory(
      sheet,
      accident,
      category,
      known.flatMap((row) => row.slice(index, index + 1)),
    ),
  );
  const paidTo = (victim: number, category: number): number => all(payments[category]?.[victim]);
  addLiability(
    sheet,
    accident,
    victims.map((_, victim) => ({
      deathInjuryFen: paidTo(victim, 0),
      allFen: paidTo(victim, 0) + paidTo(victim, 1) + paidTo(victim, 2),
    })),
    {
      reductionBp: reduction ?? 0,
      commercialExcludesMental: overrides?.commercial_excludes_mental ?? true,
    },
  );
  if (vehicles.some(({ at_fault: atFault, liability_bp: share }) => !atFault && share > NO_FAULT_BP))
    sheet.flag('NO_FAULT_ABOVE_TEN_PERCENT');
  if (vehicles.some(({ ctp }) => ctp === 'unknown')) sheet.flag('RESCUE_FUND');
  sheet.flagNothing();
  const byVehicle = vehicles.map(({ id }, vehicle) => {
    const paid = (category: number): number => all(payments[category]?.map((row) => row[vehicle] ?? 0));
    return [id, { D: paid(0), M: paid(1), P: paid(2) }] as const;
  });
  return success({
    ...sheet.finish('traffic.allocate', { claim_by: claimBy(accident.accident_date) }),
    ctpByVehicle: Object.fromEntries(byVehicle),
  });
}
