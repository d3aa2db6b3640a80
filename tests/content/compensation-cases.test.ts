import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { calculate } from '../../app/domain/compensation/index.ts';
import { yuanFromFen } from '../../app/domain/money/index.ts';
import { readParameterTable } from '../../tools/calc/parameters.ts';

interface Case {
  title: string;
  calculator?: string;
  law: string;
  today: string;
  inputs: unknown;
  expect: {
    items: { code: string; yuan: string; payer: string; freq?: string; how: string }[];
    withheld?: string[];
    flags?: string[];
    stale?: number[];
    once?: string;
    monthly?: string;
    info?: Record<string, string>;
  };
}

const root = join(import.meta.dirname, '../..');
const table = readParameterTable(join(root, 'content/parameters'));
const folder = join(root, 'content/cases');

describe.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('worked cases of %s', (name) => {
  const file = parse(readFileSync(join(folder, name), 'utf8')) as { calculator?: string; cases: Case[] };

  it.each(file.cases)('$title', ({ calculator = file.calculator ?? '', today, inputs, expect: expected }) => {
    const result = calculate(calculator, inputs, table, { today });
    if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
    const { items, totals, withheld, flags, figures, info } = result.value;
    expect(
      items.map(({ code, amountFen, payer, freq }) => ({ code, yuan: yuanFromFen(amountFen), payer, freq })),
    ).toEqual(expected.items.map(({ code, yuan, payer, freq = 'once' }) => ({ code, yuan, payer, freq })));
    expect(withheld.map(({ code }) => code)).toEqual(expected.withheld ?? []);
    expect(flags).toEqual(expected.flags ?? []);
    expect(yuanFromFen(totals.onceFen)).toBe(expected.once ?? '0.00');
    expect(yuanFromFen(totals.monthlyFen)).toBe(expected.monthly ?? '0.00');
    expect(figures.filter(({ stale }) => stale).map(({ statYear }) => statYear)).toEqual(
      expected.stale ?? [],
    );
    expect(info).toMatchObject(expected.info ?? {});
    for (const item of items)
      for (const key of item.figureKeys) expect(figures.map((figure) => figure.key)).toContain(key);
  });
});
