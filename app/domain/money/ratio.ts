/** An exact fraction; the denominator is positive. Nothing in this folder ever touches floating point. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const whole = (value: number | bigint): Ratio => ({ numerator: BigInt(value), denominator: 1n });

export const multiply = (a: Ratio, b: Ratio): Ratio => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

export const add = (a: Ratio, b: Ratio): Ratio =>
  a.denominator === b.denominator
    ? { numerator: a.numerator + b.numerator, denominator: a.denominator }
    : {
        numerator: a.numerator * b.denominator + b.numerator * a.denominator,
        denominator: a.denominator * b.denominator,
      };

export const subtract = (a: Ratio, b: Ratio): Ratio =>
  add(a, { numerator: -b.numerator, denominator: b.denominator });

/** `a ÷ b`. Dividing by zero is a bug of the formula, not of the citizen. */
export function divide(a: Ratio, b: Ratio): Ratio {
  if (b.numerator === 0n) throw new RangeError('division by zero in a formula');
  const sign = b.numerator < 0n ? -1n : 1n;
  return { numerator: a.numerator * b.denominator * sign, denominator: a.denominator * b.numerator * sign };
}

/** The same fraction in lowest terms. */
export function reduce({ numerator, denominator }: Ratio): Ratio {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

const LONG = 1n << 96n;

/** The same fraction, in lowest terms once it has grown long: for chains of fractions that nobody reads on the way. */
export const shorten = (ratio: Ratio): Ratio => (ratio.denominator > LONG ? reduce(ratio) : ratio);

/** Negative, zero or positive, as a comparison function does. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Rounds to a whole number, half away from zero ("half up" for amounts), and refuses what a number cannot hold exactly. */
export function roundHalfUp(value: Ratio): number {
  const negative = value.numerator < 0n;
  const magnitude = negative ? -value.numerator : value.numerator;
  const rounded = (2n * magnitude + value.denominator) / (2n * value.denominator);
  const result = Number(negative ? -rounded : rounded);
  if (!Number.isSafeInteger(result)) throw new RangeError('amount beyond exact integers');
  return result;
}

/**
 * `amount × part ÷ total`, rounded half up; none below zero, `total` above it. In plain whole numbers as long as they are exact.
 */
export function portionOf(amount: number, part: number, total: number): number {
  const [product, twice] = [amount * part, 2 * total];
  if (product > Number.MAX_SAFE_INTEGER / 2 || twice > Number.MAX_SAFE_INTEGER)
    return roundHalfUp({ numerator: BigInt(amount) * BigInt(part), denominator: BigInt(total) });
  const rest = product % total;
  return (product - rest) / total + (2 * rest >= total ? 1 : 0);
}

const POWERS_OF_TEN = Array.from({ length: 9 }, (_, places) => 10n ** BigInt(places));

/** Reads a plain decimal such as `1.5` or `-20`; anything else (exponents, signs, spaces, full-width digits) is `null`. */
export function parseDecimal(text: string): Ratio | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/.exec(text);
  if (match === null) return null;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${fraction}`);
  return {
    numerator: match[1] === '-' ? -digits : digits,
    denominator: POWERS_OF_TEN[fraction.length] ?? 1n,
  };
}
