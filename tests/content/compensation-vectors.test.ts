import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { calculate, CALCULATOR_IDS, expressionOf } from '../../app/domain/compensation/index.ts';
import { readParameterTable } from '../../tools/calc/parameters.ts';

interface Vector {
  id: string;
  calc: string;
  inputs: unknown;
  params: unknown;
  expect: {
    items: { code: string; amount_fen: number; payer?: string; freq?: string; formula_yuan: string }[];
    totals: { once?: number; monthly?: number };
    flags?: string[];
    info?: Record<string, unknown>;
  };
}

const root = join(import.meta.dirname, '../..');
const file = join(root, '../shared/fixtures/compensation/vectors.json');
const present = existsSync(file);
if (!present)
  console.warn(
    'SKIPPED: the shared compensation vectors (../shared/fixtures/compensation/vectors.json) are not beside this checkout',
  );

const vectors = present
  ? (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] }).vectors.filter(({ calc }) =>
      CALCULATOR_IDS.some((id) => id === calc),
    )
  : [];
/** Calculators that the shared cases do not show; content/cases does. */
const NOT_SHOWN: readonly string[] = ['consumer.punitive', 'wi.gate'];
const table = readParameterTable(join(root, 'content/parameters'));

/** Plain arithmetic in yuan, by an evaluator that knows nothing of ours. */
const evaluate = (expression: string): number => {
  if (!/^[\d.+\-*/]+$/.test(expression)) throw new Error('not plain arithmetic');
  return Number(runInNewContext(expression));
};

describe.skipIf(!present)('shared compensation vectors', () => {
  it('has cases of every calculator built', () => {
    const shown = CALCULATOR_IDS.filter((id) => !NOT_SHOWN.includes(id));
    expect([...new Set(vectors.map(({ calc }) => calc))].sort()).toEqual([...shown].sort());
  });

  it.each(vectors)('$id agrees to the fen', ({ calc, inputs, params, expect: expected }) => {
    const result = calculate(calc, inputs, table, { today: '2026-11-22', overrides: params });
    if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
    const { items, totals, flags, info, withheld } = result.value;
    expect(items.map(({ code, amountFen, payer, freq }) => ({ code, amountFen, payer, freq }))).toEqual(
      expected.items.map(({ code, amount_fen, payer, freq = 'once' }) => ({
        code,
        amountFen: amount_fen,
        // Fees and interest name no payer there.
        payer: payer ?? (expect.any(String) as string),
        freq,
      })),
    );
    expect(totals).toEqual({ onceFen: expected.totals.once ?? 0, monthlyFen: expected.totals.monthly ?? 0 });
    expect(flags).toEqual(expected.flags ?? []);
    expect(info).toMatchObject(expected.info ?? {});
    expect(withheld).toEqual([]);
    for (const { amountFen, formula } of items)
      expect(Math.round(evaluate(expressionOf(formula)) * 100 + 1e-6)).toBe(amountFen);
  });
});
