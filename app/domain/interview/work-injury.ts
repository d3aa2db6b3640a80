import type { CalculatorId } from '../compensation/calculation.ts';
import type { AnswerMap, Interview, Plan, Run } from './interview.ts';
import { alternatives, is, known, remarks, typed, yes, type Inputs } from './parts.ts';
import { gradeOf, workInjuryQuestions } from './work-injury-questions.ts';

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
  return {
    ...base,
    ...typed(answers, { hospital_meal_day_fen: 'meal_day', avg_month_lump_fen: 'lump_wage' }),
  };
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

const leaving = (answers: AnswerMap): boolean =>
  is(answers, 'contract_end', 'term_expired', 'employee_resigns', 'employer_ended');

const remarksOf = (answers: AnswerMap): readonly string[] =>
  remarks([
    ['over_age', answers['worker'] === 'over_age'],
    ['get_traffic_document', answers['traffic_liability'] === 'no_document'],
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
  ]);

/**
 * What to calculate from a finished interview. Insurance, the end of the contract or suitable work not known gives a run for
 * each possibility; grade not known gives the treatment
 * items only; a decision not yet in hand adds the deadlines.
 */
function plan(answers: AnswerMap, today: string): Plan {
  const { calculator, inputs } = amounts(answers);
  const open = both(answers['insured'] === null ? INSURED : null, unknownEnd(answers));
  const runs: Run[] = [...alternatives(calculator, { ...inputs, insured: yes(answers, 'insured') }, open)];
  const start = answers['injury_date'];
  if (answers['decision'] !== 'yes' && typeof start === 'string' && start <= today)
    runs.push({ calculator: 'wi.deadlines', inputs: { start_date: start }, label: null });
  const unknown = workInjuryQuestions
    .filter(({ id, figure }) => answers[id] === null && figure !== true)
    .map(({ id }) => `missing.${id}`);
  return { kind: 'runs', runs, missing: unknown, remarks: remarksOf(answers) };
}

/** 工伤待遇 (compensation.md 4.2). */
export const workInjury: Interview = {
  id: 'work-injury',
  questions: workInjuryQuestions,
  plan,
  whatIf: [
    { question: 'insured', options: ['yes', 'no'] },
    { question: 'grade', options: ['5', '6', '7', '8', '9', '10'] },
    { question: 'contract_end', options: ['still_working', 'employee_resigns'] },
  ],
};
