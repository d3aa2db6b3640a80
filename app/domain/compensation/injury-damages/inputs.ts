import { parseDecimal } from '../../money/index.ts';
import { failure, success } from '../../result.ts';
import type { Field } from '../inputs.ts';

/** A short mark chosen by the form, never a name: letters, digits, `_` and `-`; it stands in item codes. */
export const identifier: Field<string> = {
  read: (value) =>
    typeof value === 'string' && /^[\p{L}\p{N}_-]{1,32}$/u.test(value)
      ? success(value)
      : failure({ code: 'not_an_identifier', message: 'must be 1 to 32 letters, digits, _ or -' }),
};

/** Years as a number or a decimal text with at most two decimals, e.g. `12` or `"1.2"`; read into hundredths of a year. */
export const yearsField = (min: number, max: number): Field<number> => ({
  read: (value) => {
    const ratio = typeof value === 'string' || typeof value === 'number' ? parseDecimal(String(value)) : null;
    if (ratio === null || 100n % ratio.denominator !== 0n)
      return failure({ code: 'not_a_decimal', message: 'must be years with at most two decimals' });
    const hundredths = Number((ratio.numerator * 100n) / ratio.denominator);
    if (hundredths < min * 100) return failure({ code: 'too_small', message: `must be at least ${min}` });
    return hundredths > max * 100
      ? failure({ code: 'too_large', message: `must be at most ${max}` })
      : success(hundredths);
  },
});
