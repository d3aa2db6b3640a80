import { z } from 'zod';

import { calculate, type Calculation, type ParameterTable } from '../../domain/compensation/index.ts';
import { yuanFromFen } from '../../domain/money/index.ts';

const text = z.string().min(1);
const yuan = z.string().regex(/^\d+\.\d{2}$/u);

/** One calculation worked by hand: what is put in on which day, and what has to come out to the fen. */
export const workedCase = z.strictObject({
  title: text,
  calculator: text,
  law: text,
  today: z.iso.date(),
  inputs: z.record(z.string(), z.unknown()),
  expect: z.strictObject({
    items: z.array(
      z.strictObject({
        code: text,
        yuan,
        payer: text,
        freq: z.enum(['once', 'monthly']).default('once'),
        how: text,
      }),
    ),
    withheld: z.array(text).default([]),
    flags: z.array(text).default([]),
    stale: z.array(z.number().nullable()).default([]),
    once: yuan.default('0.00'),
    monthly: yuan.default('0.00'),
    info: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  }),
});
export type WorkedCase = z.infer<typeof workedCase>;

type Expectation = WorkedCase['expect'];

const expectedParts = ({ items, ...parts }: Expectation) => ({
  items: items.map(({ code, yuan: amount, payer, freq }) => ({ code, yuan: amount, payer, freq })),
  ...parts,
});

const calculatedParts = (
  { items, totals, withheld, flags, figures, info }: Calculation,
  expected: Expectation,
): ReturnType<typeof expectedParts> => ({
  items: items.map(({ code, amountFen, payer, freq }) => ({
    code,
    yuan: yuanFromFen(amountFen),
    payer,
    freq,
  })),
  withheld: withheld.map(({ code }) => code),
  flags: [...flags],
  stale: figures.filter(({ stale }) => stale).map(({ statYear }) => statYear),
  once: yuanFromFen(totals.onceFen),
  monthly: yuanFromFen(totals.monthlyFen),
  info: Object.fromEntries(
    Object.keys(expected.info).flatMap((key) => (info[key] === undefined ? [] : [[key, info[key]]])),
  ),
});

/** Where these figures lead elsewhere than the case says (`items`, `once`, …); null when they agree to the fen. */
export function differenceFrom(
  { calculator, today, inputs, expect }: WorkedCase,
  table: ParameterTable,
): string | null {
  const result = calculate(calculator, inputs, table, { today });
  if (!result.ok) return result.failure.code;
  const expected = Object.entries(expectedParts(expect));
  const calculated = new Map(Object.entries(calculatedParts(result.value, expect)));
  const other = expected.find(
    ([part, value]) => JSON.stringify(value) !== JSON.stringify(calculated.get(part)),
  );
  return other?.[0] ?? null;
}
