/** What every calculator returns (compensation.md 0.5). Amounts are whole fen; nothing monthly is added to a one-off sum. */
export interface Calculation {
  calculator: CalculatorId;
  engineVersion: string;
  items: readonly CalculationItem[];
  totals: { onceFen: number; monthlyFen: number };
  /** Codes that drive a warning on screen and paper, e.g. `SELF_WAGE_FLOOR_60`. */
  flags: readonly string[];
  /** Items of the law that were not computed because a figure is missing or unverified (grade U). */
  withheld: readonly WithheldItem[];
  /** Every dated figure that entered an amount, each once. */
  figures: readonly UsedFigure[];
  /** Figures that the table lacks, or has only older or doubtful ones of: whoever knows them may type them in. */
  wanted: readonly FigureName[];
  /** What each compulsory policy pays in all, in fen: death and disability, medical, property (traffic.allocate only). */
  ctpByVehicle?: Readonly<Record<string, Readonly<Record<'D' | 'M' | 'P', number>>>>;
  /** Further results that are not amounts: dates (ISO), the clamped wage (`self_wage_fen`), … */
  info: Readonly<Record<string, string | number>>;
}

export type CalculatorId =
  'wi.benefits' | 'wi.death' | 'wi.missing' | 'wi.deadlines' | DamagesCalculatorId | ClaimCalculatorId;

export type Payer = 'FUND' | 'EMPLOYER' | DamagesPayer | ClaimPayer;

export type ClaimCalculatorId =
  | 'labor.severance'
  | 'labor.double_wage'
  | 'labor.overtime'
  | 'labor.annual_leave'
  | 'court.fee'
  | 'legalaid.precheck'
  | 'loan.interest'
  | 'loan.delay'
  | 'consumer.punitive';

/** `LITIGANT`: whoever sues or applies advances the fee; who bears it in the end the court decides. */
export type ClaimPayer = 'LITIGANT' | 'BORROWER' | 'JUDGMENT_DEBTOR' | 'SELLER';

export type DamagesCalculatorId = 'wi.gate' | 'pi.damages' | 'pi.dependants' | 'traffic.allocate';

export type DamagesPayer =
  'TORTFEASOR' | 'CTP_INSURER' | 'OWNER_CTP_ART16' | 'COMMERCIAL_INSURER' | 'VICTIM_SELF';

export interface CalculationItem {
  /** e.g. `WI_DIS_LUMP`; its words are `item.<code>` in calculator.json (a trailing `_n` of WD_PENSION_n is a position). */
  code: string;
  amountFen: number;
  payer: Payer;
  freq: 'once' | 'monthly';
  /** The formula with the actual numbers, for the screen and the slip. */
  formula: readonly FormulaPart[];
  basis: readonly LegalBasis[];
  /** Keys of `figures` that entered this item. */
  figureKeys: readonly string[];
  /** Codes of clamps and choices printed under this item. */
  notes: readonly string[];
  /** Amounts that were rounded on their own before this item adds them up, e.g. one for each dependant. */
  steps?: readonly { code: string; amountFen: number; formula: readonly FormulaPart[] }[];
}

export interface FormulaPart {
  /** How this part joins what stands before it; absent on the first. */
  operator?: '+' | '-' | '×' | '÷';
  /** Key under `term.*` of calculator.json: `self_wage`, `months`, `average_wage` … */
  term: string;
  /** Decimal string; money in yuan with two decimals. */
  value: string;
  unit: 'yuan' | 'months' | 'days' | 'hours' | 'percent' | 'times' | 'years' | 'persons' | 'none';
}

export interface LegalBasis {
  /** Short name without 中华人民共和国, e.g. 工伤保险条例. */
  law: string;
  /** e.g. 第三十七条. */
  article: string;
}

export interface WithheldItem {
  code: string;
  /** `input_missing`: the citizen does not know a figure of their own; `figureKey` then names the input. */
  reason: 'figure_missing' | 'figure_unverified' | 'input_missing';
  figureKey: string;
  /** As far as it is known; the part that is lacking has an empty value and is printed as 标准待更新. */
  formula?: readonly FormulaPart[];
}

/** Figures that one may type in, as `inputs.typed` names them. */
export type FigureName =
  | 'avg_month_cap_fen'
  | 'avg_month_nursing_fen'
  | 'avg_month_lump_fen'
  | 'avg_month_funeral_fen'
  | 'hospital_meal_day_fen'
  | 'nutrition_day_fen'
  | 'caregiver_day_fen'
  | 'local_avg_month_fen'
  | 'min_wage_fen'
  | 'national_income_fen'
  | 'urban_income_fen'
  | 'urban_consumption_fen'
  | 'avg_wage_year_fen'
  | 'industry_wage_fen'
  | 'court_base_fen'
  | 'lpr_bp';

export interface UsedFigure {
  key: string;
  region: string;
  statYear: number | null;
  /** The year the law asks for; later than `statYear` means the staleness banner. */
  requiredYear: number | null;
  value: number;
  unit: string;
  source: string;
  /**
   * Evidence grade of compensation.md 0.1. Grade C is printed with a caution; U never gets here. T: typed in by the citizen or
   * staff for this sheet, with no source.
   */
  grade: 'A' | 'B' | 'C' | 'T';
  stale: boolean;
}

/** An input that cannot be computed with: which field, and why in a stable code (words in calculator.json `error.<code>`). */
export interface CalculationError {
  code: string;
  field: string | null;
  message: string;
}
