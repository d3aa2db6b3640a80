import { success, type Result } from '../../result.ts';
import type { Calculation, CalculationError } from '../calculation.ts';
import { flag, oneOf, readInputs, withDefault } from '../inputs.ts';
import { Sheet, type Surroundings } from '../sheet.ts';

/** 法律援助法第三十一条 (in force since 2022-01-01), in its order. */
const LISTED = [
  'state_compensation',
  'social_insurance_or_assistance',
  'pension',
  'support_or_alimony',
  'labor_relation_or_pay',
  'capacity',
  'work_injury',
  'traffic_injury',
  'food_drug_injury',
  'medical_injury',
  'environment',
] as const;
const UNLISTED = ['private_loan', 'other'] as const;
/** Not said yet: nothing can be ruled out. */
const UNKNOWN = 'unknown';

/** 第四十二条第三项: migrant workers are spared the check for these two matters only. */
const MIGRANT_MATTERS: readonly string[] = ['labor_relation_or_pay', 'work_injury'];

const SHAPE = {
  domain: oneOf('civil', 'administrative', 'state_compensation', 'criminal_defendant', 'criminal_victim'),
  /** 第二十五条: minors, the blind, deaf or mute, those facing life or death, … */
  art25: withDefault(flag, false),
  matter: withDefault(oneOf(...LISTED, ...UNLISTED, UNKNOWN), 'other'),
  /** 第三十二条. */
  exempt: withDefault(
    oneOf('none', 'hero_kin', 'good_samaritan', 'retrial_acquittal', 'abuse_victim', 'abandonment_victim'),
    'none',
  ),
  /** 第四十二条. */
  status: withDefault(
    oneOf(
      'none',
      'no_income_minor',
      'no_income_elderly',
      'no_income_disabled',
      'welfare_recipient',
      'judicial_aid_recipient',
      'preferential_recipient',
      'migrant_worker_pay_or_work_injury',
    ),
    'none',
  ),
};

type PrecheckInputs = Extract<ReturnType<typeof readInputs<typeof SHAPE>>, { ok: true }>['value'];

/** In the order of the law: criminal matters, 第三十二条, the list of 第三十一条, 第四十二条, and what is left is 第四十一条. */
function outcome({ domain, art25, matter, exempt, status }: PrecheckInputs): string {
  if (domain === 'criminal_defendant') return art25 ? 'NOTIFIED_DEFENCE_ART25' : 'CRIMINAL_APPLY_ART24';
  if (domain === 'criminal_victim') return 'CRIMINAL_VICTIM_ART29';
  if (exempt !== 'none') return 'NO_MEANS_TEST_ART32';
  const listed = domain === 'state_compensation' || LISTED.some((each) => each === matter);
  if (!listed) return matter === UNKNOWN ? 'DEPENDS_ON_MATTER' : 'NOT_LISTED_CONSULT_ONLY';
  const spared =
    status === 'migrant_worker_pay_or_work_injury' ? MIGRANT_MATTERS.includes(matter) : status !== 'none';
  return spared ? 'MEANS_CHECK_WAIVED_ART42' : 'MEANS_DECLARATION_ART41';
}

/**
 * Whether legal aid may be open to somebody (compensation.md 1.11; 法律援助法第二十二条至第四十四条). `info.result` is a code, never
 * an approval; incomes are never compared, because the province's line is not verified.
 */
export function precheck(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(SHAPE, raw);
  if (!read.ok) return read;
  return success(new Sheet(surroundings).finish('legalaid.precheck', { result: outcome(read.value) }));
}
