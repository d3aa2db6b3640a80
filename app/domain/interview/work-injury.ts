import type { CalculatorId } from '../compensation/calculation.ts';
import type { AnswerMap, Interview, Plan, Run } from './interview.ts';
import { alternatives, applying, is, known, typed, yes, type Inputs } from './parts.ts';
import { decided, gradeOf, survivorCount, workInjuryQuestions } from './work-injury-questions.ts';
import { otherwise } from './what-if.ts';

function benefitInputs(answers: AnswerMap): Inputs {
  const grade = gradeOf(answers);
  const leaving = answers['contract_end'];
  const base: Inputs = {
    ...known(answers, {
      injury_date: 'injury_date',
      hospital_days: 'hospital_days',
      medical_fen: 'medical',
      medical_paid_by_third_party_fen: 'third_party_paid',
      contract_end_date: 'contract_end_date',
      min_wage_class: 'min_wage_class',
      nursing_level: 'nursing_level',
    }),
    grade,
    contract_end: leaving === 'term_expired' || leaving === 'employee_resigns' ? leaving : 'none',
    retired: leaving === 'retired' || yes(answers, 'retired'),
    hard_to_place: answers['suitable_work'] === 'no',
    occupational_disease: answers['situation'] === 'occupational_disease',
    old_soldier_relapse: answers['cause'] === 'veteran_relapse',
    ...known(answers, { sl_nursing_fen: 'sl_nursing' }),
  };
  if (grade > 0) base['avg_contrib_wage_fen'] = answers['wage'] ?? null;
  if (typeof answers['sl_wage'] === 'number')
    Object.assign(
      base,
      known(answers, { sl_months: 'sl_months', sl_wage_fen: 'sl_wage', sl_paid_fen: 'sl_paid' }),
      {
        sl_extension_approved: yes(answers, 'sl_extension'),
      },
    );
  return base;
}

function survivors(answers: AnswerMap): readonly Inputs[] {
  const several = (id: string, relation: string): Inputs[] =>
    Array.from({ length: typeof answers[id] === 'number' ? answers[id] : 0 }, () => ({
      relation,
      orphan_or_lonely: false,
    }));
  const mark = (people: Inputs[], id: string): Inputs[] => {
    const marked = typeof answers[id] === 'number' ? answers[id] : 0;
    return people.map((person, index) => ({ ...person, orphan_or_lonely: index < marked }));
  };
  return [
    ...(yes(answers, 'survivor_spouse') ? [{ relation: 'spouse', orphan_or_lonely: false }] : []),
    ...mark(several('survivor_children', 'child'), 'orphans'),
    ...mark(
      [...several('survivor_parents', 'parent'), ...several('survivor_others', 'other')],
      'lonely_elders',
    ),
  ];
}

function deathInputs(answers: AnswerMap): Inputs {
  const people = survivors(answers);
  return {
    ...known(answers, { injury_date: 'injury_date', death_date: 'death_date' }),
    death_type: answers['death_type'] ?? 'accident',
    survivors: people,
    ...(people.length > 0 ? { avg_contrib_wage_fen: answers['survivor_wage'] ?? null } : {}),
  };
}

type Possibilities = Readonly<Record<string, Inputs>>;

const LEAVING: Possibilities = { leaving: { contract_end: 'employee_resigns', hard_to_place: false } };
const STAYING: Possibilities = { staying: { contract_end: 'none' } };
const PLACED: Possibilities = { placed: { hard_to_place: false }, not_placed: { hard_to_place: true } };

/** What hangs on how the contract ends and, for grades 5 and 6 that stay, on suitable work (工伤保险条例第三十六、三十七条). */
function unknownEnd(answers: AnswerMap): Possibilities | null {
  const placing = answers['suitable_work'] === null ? PLACED : null;
  if (answers['contract_end'] === null) return { ...LEAVING, ...(placing ?? STAYING) };
  return is(answers, 'contract_end', 'employee_resigns', 'retired') ? null : placing;
}

const INSURED: Possibilities = { insured: { insured: true }, uninsured: { insured: false } };

/** Every possibility of both, or of the one that is not known. */
function both(first: Possibilities | null, second: Possibilities | null): Possibilities | null {
  if (first === null || second === null) return first ?? second;
  return Object.fromEntries(
    Object.entries(first).flatMap(([label, inputs]) =>
      Object.entries(second).map(([other, more]) => [`${label}_${other}`, { ...inputs, ...more }]),
    ),
  );
}

const missingInputs = (answers: AnswerMap): Inputs => ({
  accident_date: answers['missing_date'],
  month_wage_fen: answers['month_wage'] ?? null,
  hardship: yes(answers, 'hardship'),
});

function amounts(answers: AnswerMap): { calculator: CalculatorId; inputs: Inputs } {
  switch (answers['situation']) {
    case 'died':
      return { calculator: 'wi.death', inputs: deathInputs(answers) };
    case 'missing':
      return { calculator: 'wi.missing', inputs: missingInputs(answers) };
    default:
      return { calculator: 'wi.benefits', inputs: benefitInputs(answers) };
  }
}

/** The gate of 工伤保险条例第十四至十六条 as far as it was answered; who went missing was away on duty (第四十一条). */
function gateInputs(answers: AnswerMap): Inputs {
  const cause = is(answers, 'situation', 'occupational_disease')
    ? 'occupational_disease'
    : is(answers, 'situation', 'missing')
      ? 'business_trip'
      : (answers['cause'] ?? 'other');
  const { within_48_hours: inTime, traffic_liability: liability } = answers;
  return {
    cause,
    ...(is(answers, 'worker', 'over_age') ? { worker: 'over_age' } : {}),
    ...known(answers, { arrangement: 'arrangement' }),
    ...(inTime === undefined ? {} : { died_within_48_hours: inTime === null ? null : inTime === 'yes' }),
    ...(liability === undefined
      ? {}
      : { traffic_liability: liability === 'no_document' ? 'unknown' : (liability ?? 'unknown') }),
  };
}

/** Until when to act: after the decision only what hangs on the end of the employment. */
function deadlineInputs(answers: AnswerMap, today: string): Inputs | null {
  const start = answers['injury_date'] ?? answers['missing_date'];
  const end = known(answers, { relation_end_date: 'contract_end_date' });
  if (typeof start !== 'string' || start > today) return null;
  if (!decided(answers)) return { start_date: start, ...end };
  return Object.keys(end).length === 0 ? null : { start_date: start, decided: true, ...end };
}

const leaving = (answers: AnswerMap): boolean =>
  is(answers, 'contract_end', 'term_expired', 'employee_resigns', 'employer_ended');

const remarksOf = (answers: AnswerMap): readonly string[] =>
  applying([
    ['apply_for_decision', answers['decision'] === 'no' || answers['decision'] === null],
    ['insurance_unknown', answers['insured'] === null],
    ['appraisal_first', answers['grade'] === 'not_yet' || answers['grade'] === null],
    ['employer_ended', answers['contract_end'] === 'employer_ended'],
    ['two_tracks', answers['third_party'] === 'yes'],
    ['leaving_severance', leaving(answers)],
    ['outside_treatment', typeof answers['hospital_days'] === 'number'],
    ['monthly_may_stop', gradeOf(answers) >= 1 && gradeOf(answers) <= 6],
    ['second_injury', gradeOf(answers) > 0],
    ['pension_from_fourth_month', answers['situation'] === 'missing'],
    ['allowance_when_placed', yes(answers, 'suitable_work') && is(answers, 'contract_end', 'still_working')],
    ['subsidies_on_leaving', is(answers, 'contract_end', 'still_working')],
    ['no_survivors', is(answers, 'situation', 'died') && survivorCount(answers) === 0],
  ]);

const timesOf = (answers: AnswerMap): readonly string[] =>
  applying([
    ['employer_applies_late', !decided(answers)],
    ['own_delay', !decided(answers)],
    ['decision_days', !decided(answers)],
    ['object_to_decision', decided(answers)],
    ['appraisal_days', decided(answers) && (answers['grade'] === 'not_yet' || answers['grade'] === null)],
    ['object_to_grade', gradeOf(answers) > 0 || answers['grade'] === 'none'],
    ['arbitration_about_money', true],
  ]);

/**
 * What to calculate from a finished interview. Insurance, the end of the contract or suitable work not known gives a run for
 * each possibility; grade not known gives the treatment items only; a decision not yet in hand adds whether there will be one
 * and until when to apply.
 */
function plan(answers: AnswerMap, today: string): Plan {
  const { calculator, inputs } = amounts(answers);
  const open = both(answers['insured'] === null ? INSURED : null, unknownEnd(answers));
  const figures = typed(workInjuryQuestions, answers);
  const deadlines = deadlineInputs(answers, today);
  const runs: readonly Run[] = [
    ...(decided(answers) ? [] : alternatives('wi.gate', gateInputs(answers), null)),
    ...alternatives(calculator, { ...inputs, insured: yes(answers, 'insured'), ...figures }, open),
    ...(deadlines === null ? [] : alternatives('wi.deadlines', deadlines, null)),
  ];
  const unknown = workInjuryQuestions
    .filter(({ id, figure }) => answers[id] === null && figure === undefined)
    .map(({ id }) => `missing.${id}`);
  return { kind: 'runs', runs, missing: unknown, remarks: remarksOf(answers), times: timesOf(answers) };
}

/** 工伤待遇 (compensation.md 4.2). */
export const workInjury: Interview = {
  id: 'work-injury',
  questions: workInjuryQuestions,
  plan,
  whatIf: [
    otherwise('insured', 'yes', 'no'),
    otherwise('grade', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'),
    otherwise('nursing_level', 'none', 'part', 'most', 'full'),
    otherwise('suitable_work', 'yes', 'no'),
    otherwise('contract_end', 'still_working', 'employee_resigns'),
    otherwise('min_wage_class', 'I', 'II', 'III'),
    otherwise('hardship', 'yes', 'no'),
  ],
};
