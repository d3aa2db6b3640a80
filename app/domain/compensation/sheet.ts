import { fenFromYuan, trimDecimal, yuanFromFen } from '../money/index.ts';
import type {
  Calculation,
  CalculationItem,
  CalculatorId,
  FigureName,
  FormulaPart,
  LegalBasis,
  Payer,
  UsedFigure,
  WithheldItem,
} from './calculation.ts';
import { fenOf } from './formula.ts';
import type { Overrides } from './overrides.ts';
import {
  fenOfFigure,
  figureInForce,
  figureOfYear,
  unitOf,
  type Lookup,
  type ParameterTable,
} from './parameters.ts';
import type { WorkInjuryRules } from './rules.ts';

/** Bumped whenever the same inputs and figures would give another result. */
const ENGINE_VERSION = '1.3.0';

const AVERAGE_WAGE = 'wage.all_caliber.month';
const NATIONAL_INCOME = 'income.urban';

/** A figure ready for a formula: in fen (or months, or per cent) and where it came from. */
export type Given<Value = number> = {
  kind: 'known';
  value: Value;
  figures: readonly UsedFigure[];
  notes: readonly string[];
  /** The name by which a better one may be typed in. */
  wanted?: FigureName;
};
export type Lacking = {
  kind: 'lacking';
  reason: WithheldItem['reason'];
  key: string;
  /** The name by which it may be typed in. */
  wanted?: FigureName;
};
export type Needed<Value = number> = Given<Value> | Lacking;

export interface Surroundings {
  table: ParameterTable;
  rules: WorkInjuryRules;
  region: string;
  today: string;
  /** Figures given with the run: they go before the table's. */
  overrides: Overrides | null;
  /** Figures that a person typed in for this sheet: they stand in where the table's is lacking or doubtful, and the sheet says so. */
  typed: Overrides | null;
}

interface Draft {
  code: string;
  formula: readonly FormulaPart[];
  payer: Payer;
  freq?: 'once' | 'monthly';
  /** Where it is known already that the formula comes to this amount. */
  amountFen?: number;
  /** A bare text is an article of the 工伤保险条例. */
  basis: readonly (string | LegalBasis)[];
  from?: readonly Given<unknown>[];
  notes?: readonly string[];
  steps?: NonNullable<CalculationItem['steps']>;
}

/** One sheet under way: collects items, flags, figures used and items withheld, then adds up. */
export class Sheet {
  readonly #surroundings: Surroundings;
  readonly #insured: boolean;
  readonly #items: CalculationItem[] = [];
  readonly #flags: string[] = [];
  readonly #withheld: WithheldItem[] = [];
  readonly #figures: UsedFigure[] = [];
  readonly #wanted = new Set<FigureName>();

  /** `insured` matters to work injuries only: without insurance the employer pays what the fund would have paid. */
  constructor(surroundings: Surroundings, insured = true) {
    this.#surroundings = surroundings;
    this.#insured = insured;
  }

  /** Adds an item whose amount is its own formula, rounded once. An amount of zero or less is left out. Returns the amount in fen. */
  add({
    code,
    formula,
    payer,
    freq = 'once',
    amountFen = fenOf(formula),
    basis,
    from = [],
    notes = [],
    steps,
  }: Draft): number {
    if (amountFen <= 0) return 0;
    const figureKeys: string[] = [];
    const said = [...notes];
    for (const { figures, notes: more, wanted } of from) {
      for (const figure of figures) {
        this.#use(figure);
        addOnce(figureKeys, figure.key);
      }
      for (const note of more) addOnce(said, note);
      this.want(wanted);
    }
    const shifted = payer === 'FUND' && !this.#insured;
    this.#items.push({
      code,
      amountFen,
      payer: shifted ? 'EMPLOYER' : payer,
      freq,
      formula,
      basis: articles(shifted ? [...basis, '第六十二条'] : basis),
      figureKeys,
      notes: said,
      ...(steps === undefined ? {} : { steps }),
    });
    return amountFen;
  }

  flag(code: string): void {
    if (!this.#flags.includes(code)) this.#flags.push(code);
  }

  /** Says so where no cost, no day and no grade was given that an item could come from: there is no bare nought. */
  flagNothing(): void {
    if (this.#items.length === 0 && this.#withheld.length === 0 && this.#flags.length === 0)
      this.flag('NOTHING_FILLED_IN');
  }

  /** Notes that a figure may be typed in: the table lacks it, or has only an older or a doubtful one. */
  want(name: FigureName | undefined): void {
    if (name !== undefined) this.#wanted.add(name);
  }

  withhold(
    code: string,
    { reason, key, wanted }: Omit<Lacking, 'kind'>,
    formula?: readonly FormulaPart[],
  ): void {
    this.want(wanted);
    this.#withheld.push({ code, reason, figureKey: key, ...(formula === undefined ? {} : { formula }) });
  }

  /** The average monthly wage of a statistical year, in fen. Which series counts is not verified: who knows may type another. */
  averageWage(
    name: 'avg_month_cap_fen' | 'avg_month_nursing_fen' | 'avg_month_funeral_fen',
    year: number,
  ): Needed {
    const entered = this.given(name) ?? this.#typed(name, AVERAGE_WAGE);
    if (entered !== null) return entered;
    const found = this.ofYear(null, AVERAGE_WAGE, year);
    return found.kind === 'lacking'
      ? { ...found, wanted: name }
      : { ...found, notes: ['WAGE_CALIBER_PROVISIONAL'], wanted: name };
  }

  /**
   * The average wage behind the two lump subsidies, in fen a month or, where the series is `yearly`, a year; withheld until
   * somebody has verified which series it is.
   */
  lumpWage(year: number): Needed & { yearly?: boolean } {
    const [name, key] = ['avg_month_lump_fen', 'wi.lump_base_caliber'] as const;
    const entered = this.given(name);
    if (entered !== null) return entered;
    const series = this.plainFigure(key);
    if (series.kind === 'lacking') return this.orTyped(name, key, series);
    const yearly = unitOf(this.#surroundings.table, series.value) === 'yuan/year';
    return this.orTyped(name, key, { ...this.ofYear(null, series.value, year), yearly });
  }

  /** National urban disposable income of a year, in fen a year. */
  nationalIncome(year: number): Needed {
    return this.moneyFigure('national_income_fen', NATIONAL_INCOME, (table) =>
      figureOfYear(table, NATIONAL_INCOME, 'CN', year),
    );
  }

  /** A figure of a statistical year in fen, unless one was given with the run. */
  ofYear(name: FigureName | null, key: string, year: number): Needed {
    return this.moneyFigure(name, key, (table, region) => figureOfYear(table, key, region, year));
  }

  /** A figure in force on a day, in fen, unless one was given with the run. */
  onDay(name: FigureName | null, key: string, date: string, region = this.#surroundings.region): Needed {
    return this.moneyFigure(name, key, (table) => figureInForce(table, key, region, date));
  }

  hospitalMealDay(): Needed {
    return this.onDay('hospital_meal_day_fen', 'wi.hospital_meal_day', this.#surroundings.today);
  }

  /** The minimum wage of a day where the workplace is, in fen a month; without a known class that of the highest. */
  minimumWage(workplace: 'I' | 'II' | 'III' | null, date: string): Needed {
    const key = `min_wage.month.class${workplace ?? 'I'}`;
    const typed = workplace === null ? this.#typed('min_wage_fen', key) : null;
    return typed ?? this.onDay('min_wage_fen', key, date);
  }

  /** Months of the two lump subsidies by grade. */
  subsidyMonths(kind: 'med' | 'emp', grade: number): Needed<string> {
    const override = this.#surroundings.overrides?.[`${kind}_subsidy_months`]?.[String(grade)];
    if (override !== undefined) return given(override);
    return this.plainFigure(`wi.${kind}_subsidy_months.g${grade}`);
  }

  /** Uplift of the medical subsidy for occupational disease, in basis points. */
  occupationalUplift(): Needed {
    const override = this.#surroundings.overrides?.occ_uplift_bp;
    if (override !== undefined) return given(override);
    const percentage = this.plainFigure('wi.occ_disease_uplift');
    return percentage.kind === 'lacking'
      ? percentage
      : { ...percentage, value: fenFromYuan(percentage.value) ?? 0 };
  }

  finish(calculator: CalculatorId, info: Calculation['info'] = {}): Calculation {
    const total = (freq: CalculationItem['freq']) =>
      this.#items.filter((item) => item.freq === freq).reduce((sum, { amountFen }) => sum + amountFen, 0);
    return {
      calculator,
      engineVersion: ENGINE_VERSION,
      items: this.#items,
      totals: { onceFen: total('once'), monthlyFen: total('monthly') },
      flags: this.#flags,
      withheld: this.#withheld,
      figures: this.#figures,
      wanted: [...this.#wanted],
      info,
    };
  }

  /** A figure given with the run, in fen or basis points; `null` where there is none. */
  given(name: FigureName): Given | null {
    const direct = this.#surroundings.overrides?.[name];
    return direct === undefined ? null : given(direct);
  }

  /** What was found, unless it is lacking or of an earlier time and somebody typed the right one in. */
  orTyped<Found extends Needed>(name: FigureName, key: string, found: Found): Found | Needed {
    if (found.kind === 'known' && !found.figures.some(({ stale }) => stale)) return found;
    return this.#typed(name, key) ?? { ...found, wanted: name };
  }

  /** A figure in yuan from the table, in fen; one given with the run goes first, one typed in where the table's will not do. */
  moneyFigure(
    name: FigureName | null,
    key: string,
    find: (table: ParameterTable, region: string) => Lookup,
  ): Needed {
    const entered = name === null ? null : this.given(name);
    if (entered !== null) return entered;
    const found = this.#fenFigure(key, find);
    return name === null ? found : this.orTyped(name, key, found);
  }

  /** A figure as it stands in the table: a count or a percentage; what is in force today unless told. */
  plainFigure(
    key: string,
    find: (table: ParameterTable, region: string) => Lookup = (table, region) =>
      figureInForce(table, key, region, this.#surroundings.today),
  ): Needed<string> {
    const { table, region } = this.#surroundings;
    const lookup = find(table, region);
    if (lookup.kind === 'lacking') return { kind: 'lacking', reason: lookup.reason, key };
    return { kind: 'known', value: String(lookup.figure.value), figures: usedFigure(lookup), notes: [] };
  }

  #fenFigure(key: string, find: (table: ParameterTable, region: string) => Lookup): Needed {
    const { table, region } = this.#surroundings;
    const lookup = find(table, region);
    if (lookup.kind === 'lacking') return { kind: 'lacking', reason: lookup.reason, key };
    const fen = fenOfFigure(lookup.figure);
    if (fen === null) return { kind: 'lacking', reason: 'figure_unverified', key };
    return { kind: 'known', value: fen, figures: usedFigure(lookup), notes: [] };
  }

  #typed(name: FigureName, key: string): Given | null {
    const typed = this.#surroundings.typed?.[name];
    return typed === undefined ? null : this.byHand(key, typed);
  }

  /** A figure that somebody typed in: it has a name, but neither year nor source. In fen or basis points. */
  byHand(key: string, hundredths: number): Given {
    const { table, region } = this.#surroundings;
    const unit = unitOf(table, key);
    const value = Number(trimDecimal(yuanFromFen(hundredths)));
    const figure = { key, region, statYear: null, requiredYear: null, value, unit, source: '' } as const;
    return { ...given(hundredths), figures: [{ ...figure, grade: 'T', stale: false }] };
  }

  #use(figure: UsedFigure): void {
    if (!this.#figures.some((used) => used === figure || same(used, figure))) this.#figures.push(figure);
  }
}

/** Lists of an item are short: nothing finds faster than looking through them. */
function addOnce(list: string[], text: string): void {
  if (!list.includes(text)) list.push(text);
}

/** The same number for the same purpose, however often it was looked up. */
const same = (one: UsedFigure, other: UsedFigure): boolean =>
  one.key === other.key &&
  one.value === other.value &&
  one.region === other.region &&
  one.statYear === other.statYear &&
  one.requiredYear === other.requiredYear;

function usedFigure({
  figure,
  requiredYear,
  stale,
}: Extract<Lookup, { kind: 'found' }>): readonly UsedFigure[] {
  const { key, region, stat_year: statYear, value, unit, source, grade } = figure;
  return typeof value === 'number' && grade !== 'U'
    ? [{ key, region, statYear, requiredYear, value, unit, source, grade, stale }]
    : [];
}

export const given = <Value>(value: Value): Given<Value> => ({
  kind: 'known',
  value,
  figures: [],
  notes: [],
});

const articles = (basis: readonly (string | LegalBasis)[]): readonly LegalBasis[] =>
  basis.map((each) => (typeof each === 'string' ? { law: '工伤保险条例', article: each } : each));
