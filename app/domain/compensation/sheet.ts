import { fenFromYuan, trimDecimal, yuanFromFen } from '../money/index.ts';
import type {
  Calculation,
  CalculationItem,
  CalculatorId,
  FormulaPart,
  LegalBasis,
  Payer,
  UsedFigure,
  WithheldItem,
} from './calculation.ts';
import { fenOf } from './formula.ts';
import type { Overrides } from './overrides.ts';
import { figureInForce, figureOfYear, unitOf, type Lookup, type ParameterTable } from './parameters.ts';
import type { WorkInjuryRules } from './rules.ts';

/** Bumped whenever the same inputs and figures would give another result. */
const ENGINE_VERSION = '1.2.0';

const AVERAGE_WAGE = 'wage.all_caliber.month';
const NATIONAL_INCOME = 'income.urban';

/** A figure ready for a formula: in fen (or months, or per cent) and where it came from. */
export type Given<Value = number> = {
  kind: 'known';
  value: Value;
  figures: readonly UsedFigure[];
  notes: readonly string[];
};
export type Needed<Value = number> =
  Given<Value> | { kind: 'lacking'; reason: WithheldItem['reason']; key: string };

export interface Surroundings {
  table: ParameterTable;
  rules: WorkInjuryRules;
  region: string;
  today: string;
  overrides: Overrides | null;
  /** Those of `overrides` that a person typed in for this sheet: the sheet says so. */
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
  readonly #figures = new Map<string, UsedFigure>();

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
    const figures = from.flatMap((given) => given.figures);
    for (const figure of figures) this.#use(figure);
    const shifted = payer === 'FUND' && !this.#insured;
    this.#items.push({
      code,
      amountFen,
      payer: shifted ? 'EMPLOYER' : payer,
      freq,
      formula,
      basis: articles(shifted ? [...basis, '第六十二条'] : basis),
      figureKeys: once(figures.map(({ key }) => key)),
      notes: once([...notes, ...from.flatMap((given) => given.notes)]),
      ...(steps === undefined ? {} : { steps }),
    });
    return amountFen;
  }

  flag(code: string): void {
    if (!this.#flags.includes(code)) this.#flags.push(code);
  }

  withhold(
    code: string,
    { reason, key }: { reason: WithheldItem['reason']; key: string },
    formula?: readonly FormulaPart[],
  ): void {
    this.#withheld.push({ code, reason, figureKey: key, ...(formula === undefined ? {} : { formula }) });
  }

  /** The average monthly wage of a statistical year, in fen. */
  averageWage(
    override: 'avg_month_cap_fen' | 'avg_month_nursing_fen' | 'avg_month_lump_fen' | 'avg_month_funeral_fen',
    year: number,
  ): Needed {
    return this.moneyFigure(
      override,
      AVERAGE_WAGE,
      (table, region) => figureOfYear(table, AVERAGE_WAGE, region, year),
      ['WAGE_CALIBER_PROVISIONAL'],
    );
  }

  /**
   * The average wage behind the two lump subsidies, in fen a month or, where the series is `yearly`, a year; withheld until
   * somebody has verified which series it is.
   */
  lumpWage(year: number): Needed & { yearly?: boolean } {
    const key = 'wi.lump_base_caliber';
    const entered = this.entered('avg_month_lump_fen', key);
    if (entered !== null) return entered;
    const series = this.plainFigure(key);
    if (series.kind === 'lacking') return series;
    const yearly = unitOf(this.#surroundings.table, series.value) === 'yuan/year';
    return { ...this.ofYear(null, series.value, year), yearly };
  }

  /** National urban disposable income of a year, in fen a year. */
  nationalIncome(year: number): Needed {
    return this.moneyFigure('national_income_fen', NATIONAL_INCOME, (table) =>
      figureOfYear(table, NATIONAL_INCOME, 'CN', year),
    );
  }

  /** A figure of a statistical year in fen, unless one was given with the run. */
  ofYear(override: keyof Overrides | null, key: string, year: number): Needed {
    return this.moneyFigure(override, key, (table, region) => figureOfYear(table, key, region, year));
  }

  /** A figure in force on a day, in fen, unless one was given with the run. */
  onDay(
    override: keyof Overrides | null,
    key: string,
    date: string,
    region = this.#surroundings.region,
  ): Needed {
    return this.moneyFigure(override, key, (table) => figureInForce(table, key, region, date));
  }

  hospitalMealDay(): Needed {
    const { today } = this.#surroundings;
    return this.moneyFigure('hospital_meal_day_fen', 'wi.hospital_meal_day', (table, region) =>
      figureInForce(table, 'wi.hospital_meal_day', region, today),
    );
  }

  minimumWage(workplace: 'I' | 'II' | 'III'): Needed {
    const key = `min_wage.month.class${workplace}`;
    return this.moneyFigure('min_wage_fen', key, (table, region) =>
      figureInForce(table, key, region, this.#surroundings.today),
    );
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
      figures: [...this.#figures.values()],
      info,
    };
  }

  /** A figure given with the run or typed in for it, in fen or basis points; `null` where there is none. */
  entered(override: keyof Overrides, key: string): Given | null {
    const { overrides, typed } = this.#surroundings;
    const direct = overrides?.[override];
    if (typeof direct !== 'number') return null;
    return typed?.[override] === direct ? this.#typed(key, direct) : given(direct);
  }

  /** A figure in yuan from the table, in fen; one given by hand goes first. */
  moneyFigure(
    override: keyof Overrides | null,
    key: string,
    find: (table: ParameterTable, region: string) => Lookup,
    notes: readonly string[] = [],
  ): Needed {
    const { table, region } = this.#surroundings;
    const entered = override === null ? null : this.entered(override, key);
    if (entered !== null) return entered;
    const lookup = find(table, region);
    if (lookup.kind === 'lacking') return { kind: 'lacking', reason: lookup.reason, key };
    const fen = fenFromYuan(String(lookup.figure.value));
    if (fen === null) return { kind: 'lacking', reason: 'figure_unverified', key };
    return { kind: 'known', value: fen, figures: usedFigure(lookup), notes };
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

  /** A figure that somebody typed in: it has a name, but neither year nor source. */
  #typed(key: string, hundredths: number): Given {
    const { table, region } = this.#surroundings;
    const unit = unitOf(table, key);
    const value = Number(trimDecimal(yuanFromFen(hundredths)));
    const figure = { key, region, statYear: null, requiredYear: null, value, unit, source: '' } as const;
    return { ...given(hundredths), figures: [{ ...figure, grade: 'T', stale: false }] };
  }

  #use(figure: UsedFigure): void {
    const { key, region, statYear, requiredYear, value } = figure;
    const identity = [key, region, statYear, requiredYear, value].join();
    if (!this.#figures.has(identity)) this.#figures.set(identity, figure);
  }
}

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

/** Each text once, in the order of their first standing. */
const once = (texts: readonly string[]): readonly string[] =>
  texts.length < 2 ? texts : [...new Set(texts)];

const articles = (basis: readonly (string | LegalBasis)[]): readonly LegalBasis[] =>
  basis.map((each) => (typeof each === 'string' ? { law: '工伤保险条例', article: each } : each));
