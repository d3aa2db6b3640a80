import { isCalendarDate } from '../../calendar/index.ts';
import type { Figure, ParameterTable } from '../parameters.ts';

/** A figure as a proof carries it: all that a sheet hangs on, without its source, which the published table knows. */
export type Row = readonly [
  key: string,
  region: string,
  statYear: number | null,
  from: string | null,
  to: string | null,
  value: number | string | null,
  unit: string,
  grade: Figure['grade'],
];

const rowOf = (figure: Figure): Row => [
  figure.key,
  figure.region,
  figure.stat_year,
  figure.effective_from,
  figure.effective_to,
  figure.value,
  figure.unit,
  figure.grade,
];

const text = (value: unknown): value is string => typeof value === 'string' && value.length <= 80;
const day = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && isCalendarDate(value));

/** Whether something read from a proof is a row. */
export function isRow(value: unknown): value is Row {
  if (!Array.isArray(value) || value.length !== 8) return false;
  const [key, region, year, from, to, amount, unit, grade] = value as readonly unknown[];
  return (
    text(key) &&
    text(region) &&
    (year === null || Number.isInteger(year)) &&
    day(from) &&
    day(to) &&
    (amount === null || text(amount) || (typeof amount === 'number' && amount > 0)) &&
    text(unit) &&
    (grade === 'A' || grade === 'B' || grade === 'C' || grade === 'U') &&
    (grade === 'U') === (amount === null)
  );
}

const same = (row: Row, figure: Figure): boolean => JSON.stringify(row) === JSON.stringify(rowOf(figure));

/** The table that a proof brings along: its own rows, with sources where the published table has the very same figure. */
export const tableOf = (rows: readonly Row[], published: ParameterTable): ParameterTable => ({
  ...published,
  figures: rows.map((row) => {
    const [key, region, year, from, to, value, unit, grade] = row;
    const source = published.figures.find((figure) => same(row, figure))?.source ?? '';
    const dates = { stat_year: year, effective_from: from, effective_to: to };
    return { key, region, ...dates, value, unit, source, grade };
  }),
});

/** Keys of rows that the published table does not have as they stand. */
export const unpublished = (rows: readonly Row[], { figures }: ParameterTable): readonly string[] => [
  ...new Set(rows.filter((row) => !figures.some((figure) => same(row, figure))).map(([key]) => key)),
];

/**
 * The fewest rows of a table that lead to the same sheet: whole keys first, then row by row. `sheet` computes with a table and
 * tells the outcome as a text.
 */
export function rowsNeeded(table: ParameterTable, sheet: (table: ParameterTable) => string): readonly Row[] {
  const wanted = sheet(table);
  const suffices = (figures: readonly Figure[]): boolean => sheet({ ...table, figures }) === wanted;
  let kept = table.figures;
  for (const key of new Set(table.figures.map((figure) => figure.key))) {
    const rest = kept.filter((figure) => figure.key !== key);
    if (suffices(rest)) kept = rest;
  }
  for (const figure of kept) {
    const rest = kept.filter((other) => other !== figure);
    if (suffices(rest)) kept = rest;
  }
  return kept.map(rowOf);
}
