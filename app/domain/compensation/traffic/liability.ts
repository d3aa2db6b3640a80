import type { FormulaPart, LegalBasis } from '../calculation.ts';
import { formula, money, percent } from '../formula.ts';
import type { Sheet } from '../sheet.ts';
import { shareOut } from './compulsory.ts';
import { agreeing, portion } from './formula.ts';
import { sitsIn, type TrafficInputs, type Vehicle, type Victim } from './inputs.ts';

const code = (article: string): LegalBasis => ({ law: '民法典', article });
const TRAFFIC_SAFETY_76: LegalBasis = { law: '道路交通安全法', article: '第七十六条' };

const WHOLE_BP = 10_000;

interface Conditions {
  /** How far the liability towards free riders is reduced (民法典第一千二百一十七条). */
  reductionBp: number;
  commercialExcludesMental: boolean;
}

interface Rest {
  /** What the compulsory policies left of the loss, and the costs that no insurer pays. */
  lossFen: number;
  insurableFen: number;
  costsFen: number;
  totalLossFen: number;
  compulsoryFen: number;
  /** Each vehicle's part, and the victim's own last. */
  parts: readonly number[];
  /** The part of each that a commercial policy may answer for. */
  commercial: readonly number[];
}

const isFreeRider = ({ gratuitous_passengers: guests }: Vehicle, { id }: Victim): boolean =>
  guests.includes(id);

/** A vehicle's weight towards a victim in 1/10000 basis points: none towards its own driver, less towards a free rider. */
function weight(vehicle: Vehicle, victim: Victim, { reductionBp }: Conditions): number {
  if (victim.intentional || vehicle.driver === victim.id) return 0;
  return vehicle.liability_bp * (WHOLE_BP - (isFreeRider(vehicle, victim) ? reductionBp : 0));
}

/** Mental damages left after the compulsory policies: paid first there if the claimant so chose, else last. */
function mentalLeft(
  { mental_fen: mental, death_injury_fen: injury }: Victim,
  paidFen: number,
  first: boolean,
): number {
  const paid = first ? Math.min(mental, paidFen) : Math.max(0, paidFen - (injury - mental));
  return mental - paid;
}

function restOf(
  victim: Victim,
  { vehicles, mental_priority: mentalFirst }: TrafficInputs,
  compulsory: { deathInjuryFen: number; allFen: number },
  conditions: Conditions,
): Rest {
  const { death_injury_fen: injury, medical_fen: medical, property_fen: property } = victim;
  const totalLossFen = injury + medical + property;
  const lossFen = totalLossFen - compulsory.allFen;
  const costsFen = victim.uninsured_costs_fen;
  const mentalFen = mentalLeft(victim, compulsory.deathInjuryFen, mentalFirst);
  const insurableFen = lossFen - (conditions.commercialExcludesMental ? mentalFen : 0);
  const weights = vehicles.map((vehicle) => weight(vehicle, victim, conditions));
  const own = WHOLE_BP * WHOLE_BP - weights.reduce((sum, each) => sum + each, 0);
  const parts = shareOut(lossFen + costsFen, [...weights, own]);
  const insurable = shareOut(insurableFen, [...weights, own]);
  return {
    lossFen,
    insurableFen,
    costsFen,
    totalLossFen,
    compulsoryFen: compulsory.allFen,
    parts,
    commercial: vehicles.map((vehicle, index) =>
      vehicle.commercial_limit_fen === 0 || sitsIn(vehicle, victim) || vehicle.owner === victim.id
        ? 0
        : Math.min(parts[index] ?? 0, insurable[index] ?? 0),
    ),
  };
}

const times = (basisPoints: number, term?: string) =>
  basisPoints === WHOLE_BP ? [] : ([['×', percent(basisPoints, term)]] as const);

/** `what is left × share`; with the whole share the subtraction itself is shown. */
function liable(
  { totalLossFen, compulsoryFen }: Rest,
  baseFen: number,
  shareBp: number,
  reductionBp = 0,
): readonly FormulaPart[] {
  const factors = [...times(shareBp, 'liability'), ...times(WHOLE_BP - reductionBp, 'after_reduction')];
  return factors.length === 0 && compulsoryFen > 0 && baseFen === totalLossFen - compulsoryFen
    ? formula(money('loss_total', totalLossFen), ['-', money('ctp_paid', compulsoryFen)])
    : formula(money('loss_left', baseFen), ...factors);
}

function minus(parts: readonly FormulaPart[], term: string, fen: number): readonly FormulaPart[] {
  return fen === 0
    ? parts
    : [...parts, ...formula(money(term, fen)).map((part) => ({ ...part, operator: '-' as const }))];
}

/**
 * Adds what is left after the compulsory policies (民法典第一千二百一十三条): commercial policies up to their limit, shared
 * among victims by their parts; then whoever is liable; then the victim's own part.
 */
export function addLiability(
  sheet: Sheet,
  accident: TrafficInputs,
  compulsory: readonly { deathInjuryFen: number; allFen: number }[],
  conditions: Conditions,
): void {
  const { victims, vehicles } = accident;
  const rests = victims.map((victim, index) =>
    restOf(victim, accident, compulsory[index] ?? { deathInjuryFen: 0, allFen: 0 }, conditions),
  );
  const commercial = vehicles.map((vehicle, index) => {
    const asked = rests.map((rest) => rest.commercial[index] ?? 0);
    const all = asked.reduce((sum, fen) => sum + fen, 0);
    const limit = vehicle.commercial_limit_fen;
    return { all, paid: all <= limit ? asked : shareOut(limit, asked) };
  });
  for (const [victimIndex, victim] of victims.entries())
    for (const [vehicleIndex, vehicle] of vehicles.entries()) {
      const [rest, policy] = [rests[victimIndex], commercial[vehicleIndex]];
      const amountFen = policy?.paid[victimIndex] ?? 0;
      if (rest === undefined || policy === undefined || amountFen === 0) continue;
      const limit = ['commercial_limit', vehicle.commercial_limit_fen] as const;
      sheet.add({
        code: `TR_COMM:${victim.id}:${vehicle.id}`,
        amountFen,
        formula: agreeing(
          amountFen,
          'commercial_share',
          () => liable(rest, rest.insurableFen, vehicle.liability_bp),
          () => formula(money(...limit)),
          () => portion(limit, ['own_part', rest.commercial[vehicleIndex] ?? 0], ['all_parts', policy.all]),
        ),
        payer: 'COMMERCIAL_INSURER',
        basis: [code('第一千二百一十三条')],
        notes: vehicle.art22 ? ['COMMERCIAL_MAY_EXCLUDE'] : [],
      });
    }
  for (const [victimIndex, victim] of victims.entries()) {
    const rest = rests[victimIndex];
    if (rest === undefined) continue;
    for (const [vehicleIndex, vehicle] of vehicles.entries())
      addTortfeasor(sheet, victim, vehicle, rest, {
        partFen: rest.parts[vehicleIndex] ?? 0,
        insuredFen: commercial[vehicleIndex]?.paid[victimIndex] ?? 0,
        reductionBp: isFreeRider(vehicle, victim) ? conditions.reductionBp : null,
      });
    addOwn(sheet, victim, rest, vehicles);
  }
}

function addTortfeasor(
  sheet: Sheet,
  victim: Victim,
  vehicle: Vehicle,
  rest: Rest,
  { partFen, insuredFen, reductionBp }: { partFen: number; insuredFen: number; reductionBp: number | null },
): void {
  if (reductionBp !== null) sheet.flag('GRATUITOUS_PASSENGER_REDUCTION');
  const amountFen = partFen - insuredFen;
  if (amountFen === 0) return;
  sheet.add({
    code: `TR_TORT:${victim.id}:${vehicle.id}`,
    amountFen,
    formula: agreeing(
      amountFen,
      'tort_share',
      () =>
        minus(
          liable(rest, rest.lossFen + rest.costsFen, vehicle.liability_bp, reductionBp ?? 0),
          'commercial_paid',
          insuredFen,
        ),
      () => minus(formula(money('own_part', partFen)), 'commercial_paid', insuredFen),
    ),
    payer: 'TORTFEASOR',
    basis: [
      code('第一千二百一十三条'),
      TRAFFIC_SAFETY_76,
      ...(reductionBp === null ? [] : [code('第一千二百一十七条')]),
    ],
    notes: [
      ...(reductionBp === null ? [] : ['GRATUITOUS_PASSENGER_REDUCTION']),
      ...(insuredFen > 0 && victim.mental_fen > 0 ? ['MENTAL_NOT_IN_COMMERCIAL'] : []),
    ],
  });
}

function addOwn(sheet: Sheet, victim: Victim, rest: Rest, vehicles: readonly Vehicle[]): void {
  const amountFen = rest.parts.at(-1) ?? 0;
  if (victim.intentional) sheet.flag('VICTIM_INTENT_NO_COMPENSATION');
  if (amountFen === 0) return;
  const left = rest.lossFen + rest.costsFen;
  const others = vehicles.reduce((sum, { liability_bp: share }) => sum + share, 0);
  sheet.add({
    code: `TR_SELF:${victim.id}`,
    amountFen,
    formula: agreeing(
      amountFen,
      'own_part',
      () => liable(rest, left, WHOLE_BP - others),
      () => formula(money('loss_left', left), ['-', money('others_parts', left - amountFen)]),
    ),
    payer: 'VICTIM_SELF',
    basis: victim.intentional ? [TRAFFIC_SAFETY_76] : [code('第一千一百七十三条'), TRAFFIC_SAFETY_76],
  });
}
