import { parseDecimal, trimDecimal } from '../../money/index.ts';
import { failure, success } from '../../result.ts';
import type { Field } from '../inputs.ts';

/** A short mark chosen by the form, never a name: letters, digits, `_` and `-`; it stands in item codes. */
export const identifier: Field<string> = {
  read: (value) =>
    typeof value === 'string' && /^[\p{L}\p{N}_-]{1,32}$/u.test(value)
      ? success(value)
      : failure({ code: 'not_an_identifier', message: 'must be 1 to 32 letters, digits, _ or -' }),
};

const YEAR_PLACES = 8;
/** Years are held in so many parts of a year that every decimal that can be read stays exact. */
export const YEAR = 10 ** YEAR_PLACES;

/** Years from their parts, as a decimal text: `1.2`. */
export const yearsText = (parts: number): string =>
  trimDecimal(`${Math.floor(parts / YEAR)}.${String(parts % YEAR).padStart(YEAR_PLACES, '0')}`);

/** Years as a number or a decimal text, e.g. `12` or `"12.417"`; read into parts of a year (`YEAR`). */
export const yearsField = (min: number, max: number): Field<number> => ({
  read: (value) => {
    const ratio = typeof value === 'string' || typeof value === 'number' ? parseDecimal(String(value)) : null;
    if (ratio === null)
      return failure({ code: 'not_a_decimal', message: 'must be years with at most eight decimals' });
    const parts = Number((ratio.numerator * BigInt(YEAR)) / ratio.denominator);
    if (parts < min * YEAR) return failure({ code: 'too_small', message: `must be at least ${min}` });
    return parts > max * YEAR
      ? failure({ code: 'too_large', message: `must be at most ${max}` })
      : success(parts);
  },
});
