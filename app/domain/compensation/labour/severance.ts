import { addYears, yearOf } from '../../calendar/index.ts';
import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError, LegalBasis } from '../calculation.ts';
import { formula, money, months, times, unknownMoney } from '../formula.ts';
import {
  daily,
  contradiction,
  day,
  flag,
  integer,
  MAX_WAGE_FEN,
  oneOf,
  optional,
  orUnknown,
  readInputs,
  withDefault,
} from '../inputs.ts';
import { arbitrateBy } from '../limitation.ts';
import { figureOfYear } from '../parameters.ts';
import { given, Sheet, type Given, type Needed, type Surroundings } from '../sheet.ts';
import {
  CONTRACT_LAW_FROM,
  contractLaw,
  contractRegulation,
  decimalMonths,
  fractionMonths,
  severanceMonths,
  yearsBefore2008,
  type HalfMonths,
} from './service.ts';

/** 第四十七条第二款, in force since 2008-01-01: above three times the local average both limits apply. */
const CAP_TIMES = 3;
const CAP_MONTHS = 12;
/** 劳部发〔1994〕481号 knew a limit of twelve months for these two grounds only, and nothing for the end of a term or task. */
const OLD_RULES_CAPPED: readonly string[] = ['mutual_employer_proposed', 'art40_incompetent'];
const OLD_RULES_PAID_NOTHING: readonly string[] = ['term_expiry', 'task_done'];

/** The sixteen prefectures of 云南: each has an average wage of its own. */
export const YUNNAN_PREFECTURES = [
  'CN-5301',
  'CN-5303',
  'CN-5304',
  'CN-5305',
  'CN-5306',
  'CN-5307',
  'CN-5308',
  'CN-5309',
  'CN-5323',
  'CN-5325',
  'CN-5326',
  'CN-5328',
  'CN-5329',
  'CN-5331',
  'CN-5333',
  'CN-5334',
] as const;

const shape = daily((today) => {
  const wage = integer(1, MAX_WAGE_FEN);
  return {
    start_date: day('1950-01-01', today),
    // Notice often names a last day that is still to come.
    last_day: day(CONTRACT_LAW_FROM, addYears(today, 1)),
    avg12_fen: orUnknown(wage),
    last_month_wage_fen: optional(orUnknown(wage)),
    notice_30_days: withDefault(flag, true),
    local_avg_month_fen: optional(orUnknown(wage)),
    min_wage_fen: optional(orUnknown(wage)),
    city: optional(orUnknown(oneOf(...YUNNAN_PREFECTURES))),
    min_wage_class: optional(orUnknown(oneOf('I', 'II', 'III'))),
    renewal_refused: withDefault(flag, false),
    pension_drawn: withDefault(flag, false),
    /** An authority has ordered the payment and it was not made in time (第八十五条). */
    unpaid_after_order: withDefault(flag, false),
    /** 第四十二条: pregnancy, nursing, medical period, work injury, near retirement … */
    protected_art42: withDefault(flag, false),
    ground: oneOf(
      'art38_forced',
      'mutual_employer_proposed',
      'art40_illness',
      'art40_incompetent',
      'art40_changed',
      'art41_layoff',
      'term_expiry',
      'employer_closed',
      'task_done',
      'unlawful',
      'none',
    ),
  };
});

type SeveranceInputs = Extract<
  ReturnType<typeof readInputs<ReturnType<typeof shape>>>,
  { ok: true }
>['value'];

const GROUND_ARTICLE: Readonly<Record<SeveranceInputs['ground'], readonly LegalBasis[]>> = {
  art38_forced: [contractLaw('第三十八条'), contractLaw('第四十六条')],
  mutual_employer_proposed: [contractLaw('第三十六条'), contractLaw('第四十六条')],
  art40_illness: [contractLaw('第四十条'), contractLaw('第四十六条')],
  art40_incompetent: [contractLaw('第四十条'), contractLaw('第四十六条')],
  art40_changed: [contractLaw('第四十条'), contractLaw('第四十六条')],
  art41_layoff: [contractLaw('第四十一条'), contractLaw('第四十六条')],
  term_expiry: [contractLaw('第四十四条'), contractLaw('第四十六条')],
  employer_closed: [contractLaw('第四十四条'), contractLaw('第四十六条')],
  task_done: [contractRegulation('第二十二条')],
  unlawful: [contractLaw('第四十八条'), contractLaw('第八十七条'), contractRegulation('第二十五条')],
  none: [],
};

/** Why nothing is due, or `null`. */
function refusal({
  ground,
  renewal_refused: refused,
  pension_drawn: pension,
}: SeveranceInputs): string | null {
  if (pension && ground !== 'unlawful') return 'PENSION_DRAWN_ART44';
  if (refused && ground === 'term_expiry') return 'EQUAL_RENEWAL_REFUSED_ART46';
  return ground === 'none' ? 'NO_SEVERANCE_GROUND' : null;
}

/** Grounds that the law closes to the employer while somebody is protected (第四十二、四十五条). */
const PROTECTED_AGAINST = /^(art40_|art41_|term_expiry$)/;

/** The local average of the year before the contract ends: typed in, given with the run, or the city's. */
function localAverage(sheet: Sheet, inputs: SeveranceInputs): Needed | null {
  if (typeof inputs.local_avg_month_fen === 'number') return given(inputs.local_avg_month_fen);
  const year = yearOf(inputs.last_day) - 1;
  const average = sheet.moneyFigure('local_avg_month_fen', 'wage.city.month', (table) =>
    figureOfYear(table, 'wage.city.month', inputs.city ?? '', year),
  );
  return average.kind === 'lacking' ? null : average;
}

/** The minimum wage at the end of the contract; without a known class the highest, above which no question is left. */
const minimumWage = (sheet: Sheet, inputs: SeveranceInputs): Needed =>
  typeof inputs.min_wage_fen === 'number'
    ? given(inputs.min_wage_fen)
    : sheet.minimumWage(inputs.min_wage_class ?? null, inputs.last_day);

interface MonthBase {
  /** 第四十七条: at least the minimum wage (实施条例第二十七条), not yet capped. */
  plain: Given;
  /** After the limit of three times the local average. */
  capped: Given;
  isCapped: boolean;
}

/**
 * Limits that are lacking and may matter: minimum wages only rise, so above today's none of before is reached, and no local
 * average lies below the minimum wage.
 */
function wantLimits(
  sheet: Sheet,
  wageFen: number,
  least: Needed,
  average: Needed | null,
  today: string,
): void {
  const known = least.kind === 'known' ? least : sheet.minimumWage(null, today);
  if (known.kind === 'lacking') return;
  if (least.kind === 'lacking' && wageFen < known.value) sheet.want(least.wanted);
  if (average === null && wageFen > CAP_TIMES * known.value) sheet.want('local_avg_month_fen');
}

function monthBase(
  sheet: Sheet,
  inputs: SeveranceInputs,
  { overrides, typed, today }: Surroundings,
): MonthBase | Extract<Needed, { kind: 'lacking' }> {
  if (inputs.avg12_fen === null) return { kind: 'lacking', reason: 'input_missing', key: 'avg12_fen' };
  const least = minimumWage(sheet, inputs);
  const average = localAverage(sheet, inputs);
  const below = least.kind === 'known' && inputs.avg12_fen < least.value;
  const compared =
    inputs.min_wage_fen ?? inputs.min_wage_class ?? overrides?.min_wage_fen ?? typed?.min_wage_fen;
  if (below && compared == null) return { kind: 'lacking', reason: 'input_missing', key: 'min_wage_class' };
  const notes = [
    ...(least.kind === 'lacking' ? ['MIN_WAGE_NOT_CHECKED'] : []),
    ...(average === null ? ['LOCAL_AVERAGE_UNKNOWN'] : []),
    'GROSS_AVERAGE_WAGE',
  ];
  if (below) sheet.flag('BASE_RAISED_TO_MIN_WAGE');
  wantLimits(sheet, inputs.avg12_fen, least, average, today);
  const plain: Given = below
    ? { ...least, notes: ['BASE_RAISED_TO_MIN_WAGE', ...notes] }
    : { ...given(inputs.avg12_fen), notes };
  if (average?.kind !== 'known' || plain.value <= CAP_TIMES * average.value)
    return { plain, capped: plain, isCapped: false };
  const capped = {
    ...average,
    value: CAP_TIMES * average.value,
    notes: ['CAP_3X', ...average.notes, ...notes],
  };
  return { plain, capped, isCapped: true };
}

function capMonths(sheet: Sheet, service: HalfMonths, isCapped: boolean): HalfMonths {
  if (!isCapped) return service;
  const capped = service.halves > CAP_MONTHS * 2;
  if (capped) sheet.flag('CAP_12_YEARS');
  sheet.flag('CAP_3X');
  return capped ? { halves: CAP_MONTHS * 2 } : service;
}

function noticePay(sheet: Sheet, inputs: SeveranceInputs): void {
  if (!inputs.ground.startsWith('art40_') || inputs.notice_30_days) return;
  const wage = inputs.last_month_wage_fen ?? null;
  if (wage === null)
    sheet.withhold(
      'LB_NOTICE_PAY',
      { reason: 'input_missing', key: 'last_month_wage_fen' },
      formula(unknownMoney('last_month_wage')),
    );
  else
    sheet.add({
      code: 'LB_NOTICE_PAY',
      formula: formula(money('last_month_wage', wage)),
      payer: 'EMPLOYER',
      basis: [contractLaw('第四十条'), contractRegulation('第二十条')],
    });
}

/** Service before 2008 stands on a line of its own, by the older rules and uncapped by 第四十七条; a person has to look at it. */
function before2008(sheet: Sheet, inputs: SeveranceInputs, base: Given): void {
  sheet.flag('PRE2008_MANUAL_CHECK');
  if (OLD_RULES_PAID_NOTHING.includes(inputs.ground)) return;
  const years = yearsBefore2008(inputs.start_date);
  sheet.add({
    code: 'LB_SEVERANCE_PRE2008',
    formula: formula(money('severance_base', base.value), [
      '×',
      months(OLD_RULES_CAPPED.includes(inputs.ground) ? Math.min(years, CAP_MONTHS) : years),
    ]),
    payer: 'EMPLOYER',
    basis: [contractLaw('第九十七条')],
    from: [base],
    notes: ['PRE2008_MANUAL_CHECK'],
  });
}

function amounts(sheet: Sheet, inputs: SeveranceInputs, surroundings: Surroundings): Calculation['info'] {
  const { ground, start_date: start, last_day: last } = inputs;
  const unlawful = ground === 'unlawful';
  const early = start < CONTRACT_LAW_FROM && !unlawful;
  const service = severanceMonths(early ? CONTRACT_LAW_FROM : start, last);
  const code = unlawful ? 'LB_2N' : 'LB_SEVERANCE';
  const base = monthBase(sheet, inputs, surroundings);
  if ('kind' in base) {
    sheet.withhold(
      code,
      base,
      formula(unknownMoney('severance_base'), ['×', months(decimalMonths(service))]),
    );
    noticePay(sheet, inputs);
    return { months: fractionMonths(service) };
  }
  const counted = capMonths(sheet, service, base.isCapped);
  const wage = formula(money(base.isCapped ? 'capped_base' : 'severance_base', base.capped.value), [
    '×',
    months(decimalMonths(counted)),
  ]);
  const due = sheet.add({
    code,
    formula: unlawful ? [...wage, { ...times(2), operator: '×' as const }] : wage,
    payer: 'EMPLOYER',
    basis: [...GROUND_ARTICLE[ground], contractLaw('第四十七条')],
    from: [base.capped],
    notes: [
      ...(counted.halves < service.halves ? ['CAP_12_YEARS'] : []),
      ...(unlawful ? ['EXCLUDES_SEVERANCE'] : []),
      ...(inputs.protected_art42 && PROTECTED_AGAINST.test(ground) ? ['PROTECTED_ART42'] : []),
    ],
  });
  if (early) before2008(sheet, inputs, base.plain);
  noticePay(sheet, inputs);
  const info = { months: fractionMonths(counted) };
  return inputs.unpaid_after_order && !unlawful
    ? { ...info, additional_low_fen: Math.floor((due + 1) / 2), additional_high_fen: due }
    : info;
}

/**
 * 经济补偿, 代通知金 and 赔偿金 at the end of an employment (compensation.md 1.6; 劳动合同法第四十六、四十七、八十七条). Wages in fen;
 * `info.months` is the number of months counted, as a fraction.
 */
export function severance(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape(surroundings.today), raw);
  if (!read.ok) return read;
  const inputs = read.value;
  if (inputs.last_day < inputs.start_date)
    return contradiction('last_day', 'last_day lies before start_date');
  const sheet = new Sheet(surroundings);
  const reason = refusal(inputs);
  const info =
    reason === null
      ? { ...amounts(sheet, inputs, surroundings), claim_by: arbitrateBy(inputs.last_day) }
      : { result: reason };
  return success(sheet.finish('labor.severance', info));
}
