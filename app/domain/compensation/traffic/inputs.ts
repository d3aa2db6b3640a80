import { failure, success, type Result } from '../../result.ts';
import type { CalculationError } from '../calculation.ts';
import { identifier } from '../injury-damages/index.ts';
import {
  daily,
  contradiction,
  day,
  flag,
  integer,
  list,
  oneOf,
  optional,
  readInputs,
  withDefault,
  type Field,
} from '../inputs.ts';

/** The limits of the compulsory policy are known from this day on. */
const FIRST_DAY = '2008-02-01';
const MAX_LOSS_FEN = 10_000_000_000;

const amount = withDefault(integer(0, MAX_LOSS_FEN), 0);
const no = withDefault(flag, false);

const marks = list({ id: identifier }, 50);
const identifiers: Field<readonly string[]> = {
  read: (value) => {
    const read = marks.read(Array.isArray(value) ? value.map((id: unknown) => ({ id })) : value);
    return read.ok ? success(read.value.map(({ id }) => id)) : read;
  },
};

const victimShape = {
  id: identifier,
  /** Death and disability limit: everything of 1.4 but treatment; mental damages are part of it. */
  death_injury_fen: amount,
  mental_fen: amount,
  medical_fen: amount,
  property_fen: amount,
  /** Appraisal, lawyer, court: no insurer pays them. */
  uninsured_costs_fen: amount,
  /** Who brings the accident about on purpose gets nothing (道路交通安全法第七十六条第二款). */
  intentional: no,
};

const vehicleShape = {
  id: identifier,
  liability_bp: integer(0, 10_000),
  /** Which limits of the compulsory policy apply. */
  at_fault: withDefault(flag, true),
  /** `trailer`: needs no policy of its own; `unknown`: it fled and was not found. */
  ctp: withDefault(oneOf('insured', 'uninsured', 'trailer', 'unknown'), 'insured'),
  commercial_limit_fen: amount,
  /** Unlicensed, drunk, on drugs or on purpose (条例第二十二条). */
  art22: no,
  /** Who sat in this vehicle, by victim id; the driver and free riders belong here without being named twice. */
  occupants: withDefault(identifiers, []),
  gratuitous_passengers: withDefault(identifiers, []),
  driver: optional(identifier),
  owner: optional(identifier),
};

const shape = daily((today) => ({
  accident_date: day(FIRST_DAY, today),
  victims: list(victimShape, 50),
  vehicles: list(vehicleShape, 20),
  /** Whether mental damages come first within the death and disability limit; the claimant's choice. */
  mental_priority: withDefault(flag, true),
}));

export type TrafficInputs = Extract<
  ReturnType<typeof readInputs<ReturnType<typeof shape>>>,
  { ok: true }
>['value'];
export type Victim = TrafficInputs['victims'][number];
export type Vehicle = TrafficInputs['vehicles'][number];

export const sitsIn = (
  { occupants, gratuitous_passengers: guests, driver }: Vehicle,
  { id }: Victim,
): boolean => occupants.includes(id) || guests.includes(id) || driver === id;

const twice = (ids: readonly string[]): boolean => new Set(ids).size !== ids.length;

function fault({ victims, vehicles }: TrafficInputs): { field: string; message: string } | null {
  const known = new Set(victims.map(({ id }) => id));
  const named = vehicles.flatMap(({ occupants, gratuitous_passengers: guests, driver, owner }) => [
    ...occupants,
    ...guests,
    ...[driver, owner].filter((id) => id !== undefined),
  ]);
  if (twice(victims.map(({ id }) => id)))
    return { field: 'victims', message: 'two victims have the same id' };
  if (twice(vehicles.map(({ id }) => id)))
    return { field: 'vehicles', message: 'two vehicles have the same id' };
  if (named.some((id) => !known.has(id)))
    return { field: 'vehicles', message: 'an occupant or owner is not among the victims' };
  if (victims.some((victim) => vehicles.filter((vehicle) => sitsIn(vehicle, victim)).length > 1))
    return { field: 'vehicles', message: 'a victim sits in one vehicle' };
  if (
    vehicles.some(
      ({ gratuitous_passengers: guests, driver }) => driver !== undefined && guests.includes(driver),
    )
  )
    return { field: 'vehicles', message: 'a driver is no passenger' };
  if (victims.some(({ mental_fen: mental, death_injury_fen: whole }) => mental > whole))
    return { field: 'victims', message: 'mental_fen is a part of death_injury_fen' };
  return vehicles.reduce((sum, { liability_bp: share }) => sum + share, 0) > 10_000
    ? { field: 'vehicles', message: 'the shares of liability exceed 100 %' }
    : null;
}

/** Reads an accident: at least one victim and one vehicle, nobody in two places. */
export function readTraffic(raw: unknown, today: string): Result<TrafficInputs, CalculationError> {
  const read = readInputs(shape(today), raw);
  if (!read.ok) return read;
  const empty = (['victims', 'vehicles'] as const).find((field) => read.value[field].length === 0);
  if (empty !== undefined)
    return failure({ code: 'required', field: empty, message: `${empty} must have an entry` });
  const found = fault(read.value);
  return found === null ? read : contradiction(found.field, found.message);
}
