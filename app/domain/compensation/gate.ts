import { success, type Result } from '../result.ts';
import type { Calculation, CalculationError } from './calculation.ts';
import { contradiction, flag, oneOf, optional, orUnknown, readInputs, withDefault } from './inputs.ts';
import { Sheet, type Surroundings } from './sheet.ts';

const shape = {
  worker: withDefault(oneOf('employee', 'civil_servant', 'over_age'), 'employee'),
  employer_licensed: withDefault(flag, true),
  aged_16: withDefault(flag, true),
  /** How the worker came to this employer: it decides which unit answers. */
  arrangement: withDefault(
    oneOf('direct', 'dispatch', 'several_employers', 'assigned', 'seconded', 'subcontract', 'affiliated'),
    'direct',
  ),
  cause: oneOf(
    'working',
    'before_after_work',
    'violence',
    'occupational_disease',
    'business_trip',
    'commute',
    'sudden_illness',
    'rescue',
    'veteran_relapse',
    'other',
  ),
  /** Sudden illness at work and post: death there, or within 48 hours of the first diagnosis; `null`: died, nobody knows when. */
  died_within_48_hours: optional(orUnknown(flag)),
  /** Commuting: what the police found. */
  traffic_liability: optional(oneOf('none', 'minor', 'equal', 'main', 'full', 'unknown')),
  excluded: withDefault(oneOf('none', 'crime', 'drunk', 'drugs', 'self_harm'), 'none'),
};

type Gate = Extract<ReturnType<typeof readInputs<typeof shape>>, { ok: true }>['value'];

interface Outcome {
  /** LIKELY 第十四条, DEEMED 第十五条 (视同), NOT, REFERRAL (other rules), STAFF_CHECK. */
  result: 'LIKELY' | 'DEEMED' | 'NOT' | 'REFERRAL' | 'STAFF_CHECK';
  article: string;
  /** The sentence that explains it, under `flag.*`. */
  because: string;
}

const EXCLUDED = {
  crime: { article: '第十六条第一项', because: 'GATE_EXCLUDED_CRIME' },
  drunk: { article: '第十六条第二项', because: 'GATE_EXCLUDED_DRUNK_DRUGS' },
  drugs: { article: '第十六条第二项', because: 'GATE_EXCLUDED_DRUNK_DRUGS' },
  self_harm: { article: '第十六条第三项', because: 'GATE_EXCLUDED_SELF_HARM' },
} as const;

const CAUSES = {
  working: { result: 'LIKELY', article: '第十四条第一项', because: 'GATE_WORKING' },
  before_after_work: { result: 'LIKELY', article: '第十四条第二项', because: 'GATE_BEFORE_AFTER_WORK' },
  violence: { result: 'LIKELY', article: '第十四条第三项', because: 'GATE_VIOLENCE' },
  occupational_disease: { result: 'LIKELY', article: '第十四条第四项', because: 'GATE_OCCUPATIONAL_DISEASE' },
  business_trip: { result: 'LIKELY', article: '第十四条第五项', because: 'GATE_BUSINESS_TRIP' },
  rescue: { result: 'DEEMED', article: '第十五条第一款第二项', because: 'GATE_RESCUE' },
  veteran_relapse: { result: 'DEEMED', article: '第十五条第一款第三项', because: 'GATE_VETERAN_RELAPSE' },
  other: { result: 'STAFF_CHECK', article: '第十四条第七项', because: 'GATE_STAFF_CHECK' },
} as const satisfies Partial<Record<Gate['cause'], Outcome>>;

const UNITS = {
  direct: null,
  dispatch: 'UNIT_DISPATCHING',
  several_employers: 'UNIT_WORKED_FOR',
  assigned: 'UNIT_ASSIGNING',
  seconded: 'UNIT_ORIGINAL',
  subcontract: 'UNIT_CONTRACTOR',
  affiliated: 'UNIT_AFFILIATED',
} as const;

function suddenIllness(diedInTime: boolean | null | undefined): Omit<Outcome, 'article'> {
  if (diedInTime === null) return { result: 'STAFF_CHECK', because: 'GATE_STAFF_CHECK' };
  return diedInTime === true
    ? { result: 'DEEMED', because: 'GATE_SUDDEN_DEATH' }
    : { result: 'NOT', because: 'GATE_ILLNESS_SURVIVED' };
}

function outcomeOf(gate: Gate): Outcome {
  if (gate.worker === 'civil_servant')
    return { result: 'REFERRAL', article: '第六十五条', because: 'GATE_CIVIL_SERVANT' };
  if (!gate.employer_licensed || !gate.aged_16)
    return { result: 'REFERRAL', article: '第六十六条', because: 'GATE_ILLEGAL_EMPLOYMENT' };
  if (gate.excluded !== 'none') return { result: 'NOT', ...EXCLUDED[gate.excluded] };
  if (gate.cause === 'commute')
    return gate.traffic_liability === 'main' || gate.traffic_liability === 'full'
      ? { result: 'NOT', article: '第十四条第六项', because: 'GATE_MAINLY_AT_FAULT' }
      : { result: 'LIKELY', article: '第十四条第六项', because: 'GATE_COMMUTE' };
  if (gate.cause === 'sudden_illness')
    return { article: '第十五条第一款第一项', ...suddenIllness(gate.died_within_48_hours) };
  return CAUSES[gate.cause];
}

/**
 * Whether an accident may be a work injury (工伤保险条例第十四至十六、六十五、六十六条), without an amount: `info.result` and
 * `info.article`, the reason and hints as flags. Only the authority decides.
 */
export function gate(raw: unknown, surroundings: Surroundings): Result<Calculation, CalculationError> {
  const read = readInputs(shape, raw);
  if (!read.ok) return read;
  const answers = read.value;
  if (answers.died_within_48_hours !== undefined && answers.cause !== 'sudden_illness')
    return contradiction('died_within_48_hours', 'died_within_48_hours goes with a sudden illness');
  if (answers.traffic_liability !== undefined && answers.cause !== 'commute')
    return contradiction('traffic_liability', 'traffic_liability goes with an accident on the way to work');
  const sheet = new Sheet(surroundings);
  const { result, article, because } = outcomeOf(answers);
  sheet.flag(because);
  const possible = result === 'LIKELY' || result === 'DEEMED';
  if (possible && answers.cause === 'commute' && (answers.traffic_liability ?? 'unknown') === 'unknown')
    sheet.flag('GET_POLICE_REPORT');
  if (possible && answers.worker === 'over_age') sheet.flag('OVER_AGE_NEW_RULE');
  const unit = UNITS[answers.arrangement];
  if (result !== 'REFERRAL' && unit !== null) sheet.flag(unit);
  return success(sheet.finish('wi.gate', { result, article: `工伤保险条例${article}` }));
}
