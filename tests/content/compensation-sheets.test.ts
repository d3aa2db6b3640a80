import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { calculate, type Calculation, type CalculationItem } from '../../app/domain/compensation/index.ts';
import { readParameterTable } from '../../tools/calc/parameters.ts';

interface Case {
  title: string;
  calculator?: string;
  today: string;
  inputs: unknown;
}

const root = join(import.meta.dirname, '../..');
const table = readParameterTable(join(root, 'content/parameters'));
const folder = join(root, 'content/cases');

const parts = (formula: CalculationItem['formula'] = []): string =>
  formula
    .map(({ operator, term, value, unit }) => [operator, term, value, unit].filter(Boolean).join(' '))
    .join(' ');
const item = ({
  code,
  amountFen,
  payer,
  freq,
  formula,
  basis,
  figureKeys,
  notes,
  steps,
}: CalculationItem) => [
  `${code} ${amountFen} ${payer} ${freq}`,
  `  = ${parts(formula)}`,
  `  《》 ${basis.map(({ law, article }) => `${law} ${article}`).join('; ')}`,
  `  figures ${figureKeys.join(' ')}`,
  `  notes ${notes.join(' ')}`,
  ...(steps ?? []).map((step) => `  ${step.code} ${step.amountFen} = ${parts(step.formula)}`),
];

/** Everything a sheet says, line by line: what stands behind an amount must not change unseen. */
const written = ({ calculator, items, totals, flags, withheld, figures, info }: Calculation): string[] => [
  calculator,
  ...items.flatMap(item),
  `total ${totals.onceFen} ${totals.monthlyFen}`,
  `flags ${flags.join(' ')}`,
  ...withheld.map(
    ({ code, reason, figureKey, formula }) => `${code} ${reason} ${figureKey} = ${parts(formula)}`,
  ),
  ...figures.map(
    ({ key, region, statYear, requiredYear, value, unit, grade, stale }) =>
      `${key} ${region} ${statYear ?? '-'} ${requiredYear ?? '-'} ${value} ${unit} ${grade}${stale ? ' stale' : ''}`,
  ),
  JSON.stringify(info),
];

describe('the whole sheets of the worked cases', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('of %s', async (name) => {
    const file = parse(readFileSync(join(folder, name), 'utf8')) as { calculator?: string; cases: Case[] };
    const sheets = file.cases.map(({ title, calculator = file.calculator ?? '', today, inputs }) => {
      const result = calculate(calculator, inputs, table, { today });
      return [`# ${title}`, ...(result.ok ? written(result.value) : [result.failure.code]), ''].join('\n');
    });
    await expect(sheets.join('\n')).toMatchFileSnapshot(`sheets/${name.replace('.yaml', '.txt')}`);
  });
});
