import { isCalendarDate } from '../calendar/index.ts';
import { groupedBy } from '../grouped.ts';
import { fenFromYuan } from '../money/index.ts';
import { failure, success, type Result } from '../result.ts';
import { parseCourtFeeRules, type CourtFeeRules } from './court/rules.ts';
import { isRecord } from './record.ts';
import { parseRules, type ParameterProblem, type WorkInjuryRules } from './rules.ts';

/** One dated figure, as it stands in `content/parameters/*.yaml`. Grades: compensation.md 0.1; a figure of grade U has no value. */
export interface Figure {
  key: string;
  /** CN, CN-53 (云南), … */
  region: string;
  /** The year that the data describe; `null` where a figure is simply in force. */
  stat_year: number | null;
  effective_from: string | null;
  effective_to: string | null;
  /** In `unit`; a text names a rule or another figure's key. */
  value: number | string | null;
  unit: string;
  source: string;
  grade: 'A' | 'B' | 'C' | 'U';
  note?: string;
}

/** Plain JSON: what the content builder writes as `parameters.json`, and what every calculation reads its figures from. */
export interface ParameterTable {
  schema: 1;
  /** ISO day on which the figures were last looked at as a whole. */
  as_of: string;
  figures: readonly Figure[];
  work_injury_rules: readonly WorkInjuryRules[];
  court_fee_rules: readonly CourtFeeRules[];
}

const isDateOrNull = (value: unknown): value is string | null =>
  value === null || (typeof value === 'string' && isCalendarDate(value));
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const FIGURE_FIELDS = [
  'key',
  'region',
  'stat_year',
  'effective_from',
  'effective_to',
  'value',
  'unit',
  'source',
  'grade',
  'note',
];

/** Other provinces take something off as retirement comes near; whoever enters such a rule must not think that it is applied. */
const NEAR_RETIREMENT = 'wi.near_retirement_reduction';

function figureFault(row: Readonly<Record<string, unknown>>): string | null {
  const {
    region,
    stat_year: year,
    effective_from: from,
    effective_to: to,
    value,
    unit,
    source,
    grade,
    note,
  } = row;
  const unknown = Object.keys(row).find((field) => !FIGURE_FIELDS.includes(field));
  if (unknown !== undefined) return `unknown field ${unknown}`;
  if (!isText(region) || !isText(unit) || !isText(source)) return 'region, unit and source must be texts';
  if (year !== null && !(Number.isInteger(year) && Number(year) >= 1990 && Number(year) <= 2999))
    return 'stat_year must be a year or null';
  if (!isDateOrNull(from) || !isDateOrNull(to))
    return 'effective_from and effective_to must be days (YYYY-MM-DD) or null';
  if (from !== null && to !== null && to < from) return 'effective_to lies before effective_from';
  if (grade !== 'A' && grade !== 'B' && grade !== 'C' && grade !== 'U') return 'grade must be A, B, C or U';
  if ((grade === 'U') !== (value === null)) return 'a figure has no value exactly when its grade is U';
  if (typeof value === 'number' && !(value > 0 && /^\d{1,12}(\.\d{1,2})?$/.test(String(value))))
    return 'value must be above 0 with at most two decimals';
  if (value !== null && typeof value !== 'number' && !isText(value))
    return 'value must be a number, a text or null';
  if (value !== null && year === null && from === null) return 'a figure in force needs effective_from';
  if (row['key'] === NEAR_RETIREMENT && value !== null && value !== 'none')
    return 'value must be none: no other rule can be computed yet';
  return note === undefined || typeof note === 'string' ? null : 'note must be a text';
}

function parseFigures(rows: unknown): Result<readonly Figure[], ParameterProblem> {
  if (!Array.isArray(rows)) return failure({ key: 'figures', message: 'must be a list' });
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const label = isRecord(row) && isText(row['key']) ? row['key'] : '?';
    const key = `figures[${index}] ${label}`;
    if (!isRecord(row) || label === '?') return failure({ key, message: 'must be a figure with a key' });
    const fault = figureFault(row);
    if (fault !== null) return failure({ key, message: fault });
    const identity = JSON.stringify([label, row['region'], row['stat_year'], row['effective_from']]);
    if (seen.has(identity)) return failure({ key, message: 'stands twice for the same region and period' });
    seen.add(identity);
  }
  return success(rows as readonly Figure[]);
}

/** Checks a table read from JSON or YAML. The failure names the key, so that an author finds the line. Idempotent. */
export function parseParameterTable(json: unknown): Result<ParameterTable, ParameterProblem> {
  if (!isRecord(json)) return failure({ key: 'table', message: 'must be an object' });
  const unknown = Object.keys(json).find(
    (field) => !['schema', 'as_of', 'figures', 'work_injury_rules', 'court_fee_rules'].includes(field),
  );
  if (unknown !== undefined) return failure({ key: unknown, message: 'is not a part of the table' });
  if (json['schema'] !== 1) return failure({ key: 'schema', message: 'must be 1' });
  const asOf = json['as_of'];
  if (typeof asOf !== 'string' || !isCalendarDate(asOf))
    return failure({ key: 'as_of', message: 'must be a day (YYYY-MM-DD)' });
  const figures = parseFigures(json['figures']);
  if (!figures.ok) return figures;
  const rules = parseRules(json['work_injury_rules']);
  if (!rules.ok) return rules;
  const fees = parseCourtFeeRules(json['court_fee_rules'] ?? []);
  if (!fees.ok) return fees;
  return success({
    schema: 1,
    as_of: asOf,
    figures: figures.value,
    work_injury_rules: rules.value,
    court_fee_rules: fees.value,
  });
}

/** A figure found for a purpose, or why there is none to compute with. */
export type Lookup =
  | { kind: 'found'; figure: Figure; requiredYear: number | null; stale: boolean }
  | { kind: 'lacking'; reason: 'figure_missing' | 'figure_unverified' };

const verified = (figure: Figure): boolean => figure.grade !== 'U' && figure.value !== null;

/** Rows of a key and region: all, those of a statistical year and those in force, each newest first, as they are looked for. */
interface Rows {
  all: readonly Figure[];
  byYear: readonly Figure[];
  inForce: readonly Figure[];
  published: readonly Figure[];
}

const from = ({ effective_from: date }: Figure): string => date ?? '';
const newestDay = (a: Figure, b: Figure): number => (from(a) < from(b) ? 1 : from(a) > from(b) ? -1 : 0);

const inOrder = (all: readonly Figure[]): Rows => ({
  all,
  byYear: all
    .filter((figure) => verified(figure) && figure.stat_year !== null)
    .sort((a, b) => (b.stat_year ?? 0) - (a.stat_year ?? 0)),
  inForce: all.filter(verified).sort(newestDay),
  published: all.filter(({ effective_from: date }) => date !== null).sort(newestDay),
});

const NO_ROWS = inOrder([]);
type Index = ReadonlyMap<string, ReadonlyMap<string, Rows>>;
const indexes = new WeakMap<ParameterTable, Index>();

const indexOf = ({ figures }: ParameterTable): Index =>
  new Map(
    [...groupedBy(figures, ({ key }) => key)].map(([key, ofKey]) => [
      key,
      new Map([...groupedBy(ofKey, ({ region }) => region)].map(([region, rows]) => [region, inOrder(rows)])),
    ]),
  );

/** The rows of a key and region; a table is sorted once, at its first use. */
function rowsOf(table: ParameterTable, key: string, region: string): Rows {
  let index = indexes.get(table);
  if (index === undefined) {
    index = indexOf(table);
    indexes.set(table, index);
  }
  return index.get(key)?.get(region) ?? NO_ROWS;
}

/** The unit that the table's rows of a key are in; yuan a month for a key that only names a choice of series. */
export function unitOf({ figures }: ParameterTable, key: string): string {
  const unit = figures.find((figure) => figure.key === key)?.unit;
  return unit?.startsWith('yuan') === true || unit === 'percent' ? unit : 'yuan/month';
}

const fens = new WeakMap<Figure, number | null>();

/** A figure in yuan, in whole fen; `null` where a text stands. Each is read once. */
export function fenOfFigure(figure: Figure): number | null {
  const known = fens.get(figure);
  if (known !== undefined) return known;
  const fen = fenFromYuan(String(figure.value));
  fens.set(figure, fen);
  return fen;
}

const lacking = (rows: readonly Figure[]): Lookup => ({
  kind: 'lacking',
  reason: rows.length > 0 ? 'figure_unverified' : 'figure_missing',
});

/** The figure of a statistical year; if that year has none, the newest earlier one, marked stale. Never a later one, never extrapolated. */
export function figureOfYear(
  table: ParameterTable,
  key: string,
  region: string,
  requiredYear: number,
): Lookup {
  const { all, byYear } = rowsOf(table, key, region);
  const before = ({ stat_year: year }: Figure): boolean => year !== null && year <= requiredYear;
  const newest = byYear.find(before);
  if (newest === undefined) return lacking(all.filter(before));
  return { kind: 'found', figure: newest, requiredYear, stale: newest.stat_year !== requiredYear };
}

/** The figure in force on a day; if its validity has run out without a successor, the last one, marked stale. */
export function figureInForce(table: ParameterTable, key: string, region: string, date: string): Lookup {
  const { all, inForce } = rowsOf(table, key, region);
  const begun = (figure: Figure): boolean => from(figure) <= date;
  const newest = inForce.find(begun);
  if (newest === undefined) return lacking(all.filter(begun));
  return {
    kind: 'found',
    figure: newest,
    requiredYear: null,
    stale: newest.effective_to !== null && newest.effective_to < date,
  };
}

/** The newest publication of a series on or before a day. One that is not verified is never passed over for an older one. */
export function figurePublished(table: ParameterTable, key: string, region: string, date: string): Lookup {
  const newest = rowsOf(table, key, region).published.find((figure) => from(figure) <= date);
  return newest !== undefined && verified(newest)
    ? { kind: 'found', figure: newest, requiredYear: null, stale: false }
    : lacking(newest === undefined ? [] : [newest]);
}
