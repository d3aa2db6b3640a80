import { isCalendarDate } from '../calendar/index.ts';
import { parseDecimal } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import type { CalculationError } from './calculation.ts';
import { isRecord } from './record.ts';

type Read<Value> = Result<Value, { code: string; message: string }>;

/** One input: how it is read, and what stands in when it is absent (without a stand-in it must be given). */
export interface Field<Value> {
  read: (value: unknown) => Read<Value>;
  absent?: { value: Value };
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type Inputs<Shape extends Fields> = {
  [Name in keyof Shape]: Shape[Name] extends Field<infer Value> ? Value : never;
};

const refuse = (code: string, message: string): { ok: false; failure: { code: string; message: string } } =>
  failure({ code, message });

/** A whole number from `min` to `max`, as a number, never as a text. */
export const integer = (min: number, max: number): Field<number> => ({
  read: (value) => {
    if (!Number.isInteger(value)) return refuse('not_an_integer', 'must be a whole number');
    if (Number(value) < min) return refuse('too_small', `must be at least ${min}`);
    return Number(value) > max ? refuse('too_large', `must be at most ${max}`) : success(Number(value));
  },
});

export const flag: Field<boolean> = {
  read: (value) =>
    typeof value === 'boolean' ? success(value) : refuse('not_a_boolean', 'must be true or false'),
};

export const oneOf = <Option extends string>(...options: readonly Option[]): Field<Option> => ({
  read: (value) => {
    const option = options.find((candidate) => candidate === value);
    return option === undefined
      ? refuse('not_an_option', `must be one of ${options.join(', ')}`)
      : success(option);
  },
});

/** An ISO day from `notBefore` to `today`. */
export const day = (notBefore: string, today: string): Field<string> => ({
  read: (value) => {
    if (typeof value !== 'string' || !isCalendarDate(value))
      return refuse('not_a_date', 'must be a day (YYYY-MM-DD)');
    if (value < notBefore) return refuse('too_early', `must not lie before ${notBefore}`);
    return value > today ? refuse('in_the_future', 'must not lie after today') : success(value);
  },
});

/** A decimal as a text, e.g. `"1.5"`, from 0 to `max`, with at most eight decimals. */
export const decimal = (max: number): Field<string> => ({
  read: (value) => {
    const ratio = typeof value === 'string' ? parseDecimal(value) : null;
    if (typeof value !== 'string' || ratio === null)
      return refuse('not_a_decimal', 'must be a decimal text with at most eight decimals');
    if (ratio.numerator < 0n) return refuse('too_small', 'must be at least 0');
    return ratio.numerator > BigInt(max) * ratio.denominator
      ? refuse('too_large', `must be at most ${max}`)
      : success(value);
  },
});

/** `null` stands for "the citizen does not know": what depends on it is withheld. */
export const orUnknown = <Value>(field: Field<Value>): Field<Value | null> => ({
  read: (value) => (value === null ? success(null) : field.read(value)),
});

/** `null` stands for "not given". */
export const orAbsent = <Value>(field: Field<Value> & { absent: { value: Value } }): Field<Value> => ({
  ...field,
  read: (value) => (value === null ? success(field.absent.value) : field.read(value)),
});

export const list = <Shape extends Fields>(shape: Shape, max: number): Field<readonly Inputs<Shape>[]> => ({
  read: (value) => {
    if (!Array.isArray(value)) return refuse('not_a_list', 'must be a list');
    if (value.length > max) return refuse('too_many', `must have at most ${max} entries`);
    const entries: Inputs<Shape>[] = [];
    for (const [index, entry] of (value as readonly unknown[]).entries()) {
      const read = readInputs(shape, entry);
      if (!read.ok) return refuse(read.failure.code, `entry ${index + 1}: ${read.failure.message}`);
      entries.push(read.value);
    }
    return success(entries);
  },
});

/** Inputs that belong together, e.g. the price and the life of a device. */
export const group = <Shape extends Fields>(shape: Shape): Field<Inputs<Shape>> => ({
  read: (value) => {
    const read = readInputs(shape, value);
    return read.ok ? read : refuse(read.failure.code, `: ${read.failure.message}`);
  },
});

export const withDefault = <Value>(
  field: Field<Value>,
  value: Value,
): Field<Value> & { absent: { value: Value } } => ({ ...field, absent: { value } });
export const optional = <Value>(
  field: Field<Value>,
): Field<Value | undefined> & { absent: { value: Value | undefined } } => ({
  read: field.read,
  absent: { value: undefined },
});

/**
 * Reads strictly: every field in range, none unknown. The error names the field and never repeats the value. Never throws.
 */
export function readInputs<Shape extends Fields>(
  shape: Shape,
  raw: unknown,
): Result<Inputs<Shape>, CalculationError> {
  if (!isRecord(raw))
    return failure({ code: 'not_an_object', field: null, message: 'inputs must be an object' });
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(shape, name));
  if (unknown !== undefined) {
    const field = unknown.slice(0, 60);
    return failure({ code: 'unknown_field', field, message: `${field} is not an input of this calculator` });
  }
  const inputs: Record<string, unknown> = {};
  for (const name in shape) {
    const field = shape[name];
    if (field === undefined) continue;
    if (!Object.hasOwn(raw, name)) {
      if (field.absent === undefined) return required(name);
      inputs[name] = field.absent.value;
      continue;
    }
    const read = field.read(raw[name]);
    if (!read.ok)
      return failure({ code: read.failure.code, field: name, message: `${name} ${read.failure.message}` });
    inputs[name] = read.value;
  }
  return success(inputs as Inputs<Shape>);
}

/** Fields that hang on the day of the sheet, made anew when the day changes and not for every sheet. */
export function daily<Shape extends Fields>(make: (today: string) => Shape): (today: string) => Shape {
  let made: { today: string; shape: Shape } | null = null;
  return (today) => {
    if (made?.today !== today) made = { today, shape: make(today) };
    return made.shape;
  };
}

/** Two inputs that cannot both be true; `field` is the one to look at again. */
export const contradiction = (field: string, message: string): { ok: false; failure: CalculationError } =>
  failure({ code: 'contradiction', field, message });

/** An input that the others make necessary. */
export const required = (field: string): { ok: false; failure: CalculationError } =>
  failure({ code: 'required', field, message: `${field} is required` });

/** Above this a month's wage is a slip of the finger: one million yuan. */
export const MAX_WAGE_FEN = 100_000_000;
