import {
  add,
  divide,
  multiply,
  parseDecimal,
  roundHalfUp,
  subtract,
  trimDecimal,
  whole,
  yuanFromFen,
  type Ratio,
} from '../money/index.ts';
import type { FormulaPart } from './calculation.ts';

type Operator = NonNullable<FormulaPart['operator']>;
type Part = Omit<FormulaPart, 'operator'>;

export const money = (term: string, fen: number): Part => ({ term, value: yuanFromFen(fen), unit: 'yuan' });
/** A yearly wage as the monthly one that it comes to: never rounded before it is multiplied. */
export const monthOfYear = (fenAYear: number): readonly FormulaPart[] =>
  formula(money('staff_wage_year', fenAYear), ['÷', { ...months(12), term: 'months_of_year' }]);
/** A figure that is not verified: it has a name in the formula and no value. */
export const unknownMoney = (term: string): Part => ({ term, value: '', unit: 'yuan' });
export const unknownPercent = (term: string): Part => ({ term, value: '', unit: 'percent' });
export const months = (value: number | string): Part => ({
  term: 'months',
  value: String(value),
  unit: 'months',
});
export const days = (value: number): Part => ({ term: 'days', value: String(value), unit: 'days' });
export const hours = (value: string): Part => ({ term: 'hours', value, unit: 'hours' });
/** A bare number, such as the 2 of a halved fee. */
export const count = (value: number | string): Part => ({ term: 'none', value: String(value), unit: 'none' });
export const times = (value: number): Part => ({ term: 'times', value: String(value), unit: 'times' });
/** Basis points as per cent: 4000 → `40`, 12500 → `125`. */
export const percent = (basisPoints: number, term = 'percent'): Part => ({
  term,
  value: trimDecimal(yuanFromFen(basisPoints)),
  unit: 'percent',
});

/** A formula read from left to right: `formula(wage, ['×', months(7)], ['-', paid])`. */
export const formula = (
  first: Part,
  ...rest: readonly (readonly [Operator, Part])[]
): readonly FormulaPart[] => [
  first,
  ...rest.map(([operator, { term, value, unit }]) => ({ operator, term, value, unit })),
];

function valueOf({ value, unit }: FormulaPart): Ratio {
  const ratio = parseDecimal(value);
  if (ratio === null) throw new RangeError('a formula part without a value');
  return unit === 'percent' ? divide(ratio, whole(100)) : ratio;
}

/** The exact value of a formula; products bind tighter than sums. In yuan where the parts are yuan. */
export function evaluate(parts: readonly FormulaPart[]): Ratio {
  let sum = whole(0);
  let product = whole(0);
  for (const part of parts) {
    const value = valueOf(part);
    if (part.operator === '×') product = multiply(product, value);
    else if (part.operator === '÷') product = divide(product, value);
    else {
      sum = add(sum, product);
      product = part.operator === '-' ? subtract(whole(0), value) : value;
    }
  }
  return add(sum, product);
}

/** A formula of yuan in whole fen, rounded once, half up. */
export const fenOf = (parts: readonly FormulaPart[]): number =>
  smallFenOf(parts) ?? roundHalfUp(multiply(evaluate(parts), whole(100)));

/**
 * The same in plain whole numbers, as long as every one of them is exact (below 2^53); `null` beyond. Most sheets never get
 * there, and are made several times faster.
 */
function smallFenOf(parts: readonly FormulaPart[]): number | null {
  let [sum, sumOf] = [0, 1];
  let [product, productOf] = [0, 1];
  for (const { operator, value, unit } of parts) {
    const digits = digitsOf(value);
    const of = placesOf(value) * (unit === 'percent' ? 100 : 1);
    if (operator === '×') [product, productOf] = [product * digits, productOf * of];
    else if (operator === '÷') [product, productOf] = [product * of, productOf * digits];
    else {
      [sum, sumOf] = plus(sum, sumOf, product, productOf);
      [product, productOf] = [operator === '-' ? -digits : digits, of];
    }
    if (product % 100 === 0 && productOf % 100 === 0) [product, productOf] = [product / 100, productOf / 100];
    if (!exact(product, productOf) || !exact(sum, sumOf)) return null;
  }
  const [fen, of] = plus(sum, sumOf, product, productOf);
  if (fen < 0 || !exact(200 * fen, 2 * of)) return null;
  const [hundredfold, rest] = [100 * fen, (100 * fen) % of];
  return (hundredfold - rest) / of + (2 * rest >= of ? 1 : 0);
}

const [POINT, ZERO, NINE] = [46, 48, 57];

/** The digits of a plain decimal as one whole number, e.g. 650 of `6.50`; `NaN` for a sign or nothing at all. */
function digitsOf(value: string): number {
  let digits = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === POINT) continue;
    if (code < ZERO || code > NINE) return NaN;
    digits = 10 * digits + code - ZERO;
  }
  return value === '' ? NaN : digits;
}

/** By what the digits of a plain decimal have to be divided: 100 for `6.50`. */
function placesOf(value: string): number {
  const point = value.indexOf('.');
  return point === -1 ? 1 : 10 ** (value.length - point - 1);
}

/** Neither number has left the range in which every whole number is exact; nothing was divided by zero. */
const exact = (numerator: number, denominator: number): boolean =>
  Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && denominator > 0;

const plus = (a: number, aOf: number, b: number, bOf: number): readonly [number, number] =>
  aOf === bOf ? [a + b, aOf] : [a * bOf + b * aOf, aOf * bOf];

function plainNumber({ value, unit }: FormulaPart): string {
  if (unit !== 'percent') return value.replace(/\.0+$/, '');
  const [units = '', cents = ''] = value.split('.');
  const digits = units.padStart(3, '0');
  return trimDecimal(`${digits.slice(0, -2)}.${digits.slice(-2)}${cents}`);
}

/** The formula as plain arithmetic in yuan, e.g. `6000*7` or `7000*0.4/1.3`. */
export const expressionOf = (parts: readonly FormulaPart[]): string =>
  parts
    .map(
      (part) =>
        `${part.operator === undefined ? '' : { '+': '+', '-': '-', '×': '*', '÷': '/' }[part.operator]}${plainNumber(part)}`,
    )
    .join('');
