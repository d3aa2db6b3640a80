import { entriesOf } from './answer.ts';
import type { AnswerMap, Interview, Plan, Question } from './interview.ts';
import {
  count,
  dateOf,
  day,
  dayRate,
  is,
  known,
  missingOf,
  needed,
  published,
  applying,
  sum,
  typed,
  wage,
  whole,
  yearly,
  yes,
  yesNo,
  type Inputs,
} from './parts.ts';
import { otherwise } from './what-if.ts';

/** The interpretation asked here covers torts from this day on (人身损害赔偿解释第二十四条). */
const FIRST_DAY = '2022-05-01';
const GRADES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'] as const;

const dead = (answers: AnswerMap): boolean => is(answers, 'outcome', 'died');
const graded = (answers: AnswerMap): boolean => !dead(answers) && yes(answers, 'appraised');

const what: readonly Question[] = [
  {
    id: 'tort_date',
    ...needed(day('1990-01-01')),
    stops: (answers) => ((dateOf(answers, 'tort_date') ?? FIRST_DAY) < FIRST_DAY ? 'before_2022_05' : null),
  },
  { id: 'at_work', ...yesNo, stops: (answers) => (yes(answers, 'at_work') ? 'use_work_injury' : null) },
  { id: 'traffic', ...yesNo },
  { id: 'outcome', kind: 'choice', options: ['injured', 'died'], unknownAllowed: false },
  { id: 'appraised', ...yesNo, skip: dead },
  {
    id: 'grades',
    kind: 'entries',
    min: 1,
    max: 10,
    questions: [{ id: 'grade', kind: 'choice', options: GRADES, unknownAllowed: false }],
    unknownAllowed: false,
    skip: (answers) => !graded(answers),
  },
  { id: 'age', ...needed(whole(0, 130, 'age')), skip: (answers) => !dead(answers) && !graded(answers) },
];

const lostPay = (answers: AnswerMap): boolean => is(answers, 'pay_kind', 'no_fixed', 'cannot_prove');
const cared = (answers: AnswerMap): boolean => count(answers, 'care_days') > 0;

const costs: readonly Question[] = [
  { id: 'medical', ...sum },
  { id: 'future_medical', ...sum, skip: dead },
  {
    id: 'pay_kind',
    kind: 'choice',
    options: ['none', 'fixed', 'no_fixed', 'cannot_prove'],
    unknownAllowed: true,
  },
  { id: 'pay_loss', ...sum, skip: (answers) => !is(answers, 'pay_kind', 'fixed') },
  { id: 'three_years', ...sum, skip: (answers) => !is(answers, 'pay_kind', 'no_fixed') },
  {
    id: 'industry',
    kind: 'choice',
    options: [
      'agriculture',
      'construction',
      'manufacturing',
      'transport',
      'wholesale_retail',
      'hospitality',
      'resident_services',
      'mining',
      'utilities',
      'it',
      'finance',
      'real_estate',
      'education',
      'health',
    ],
    unknownAllowed: true,
    picksFigures: true,
    skip: (answers) => !is(answers, 'pay_kind', 'cannot_prove'),
  },
  { id: 'lost_days', ...whole(0, 7_300, 'days'), skip: (answers) => !lostPay(answers) },
  { id: 'care_days', ...whole(0, 7_300, 'days') },
  { id: 'carers', ...whole(1, 10, 'persons'), skip: (answers) => !cared(answers) },
  {
    id: 'carer_pay',
    kind: 'choice',
    options: ['by_day', 'by_month'],
    unknownAllowed: true,
    skip: (answers) => !cared(answers),
  },
  { id: 'carer_day', ...dayRate, skip: (answers) => !cared(answers) || !is(answers, 'carer_pay', 'by_day') },
  { id: 'carer_month', ...wage, skip: (answers) => !cared(answers) || !is(answers, 'carer_pay', 'by_month') },
  { id: 'long_care', ...yesNo, skip: dead },
  { id: 'long_care_years', ...whole(1, 100, 'years'), skip: (answers) => !yes(answers, 'long_care') },
  { id: 'long_care_month', ...wage, skip: (answers) => !yes(answers, 'long_care') },
  { id: 'long_care_share', ...whole(1, 100, 'percent'), skip: (answers) => !yes(answers, 'long_care') },
  { id: 'transport', ...sum },
  { id: 'lodging', ...sum },
  { id: 'hospital_days', ...whole(0, 3_650, 'days') },
  { id: 'nutrition_days', ...whole(0, 3_650, 'days') },
];

const years = { ...whole(0, 100, 'years'), min: 1, unknownAllowed: false } as const;

const people: readonly Question[] = [
  {
    id: 'devices',
    kind: 'entries',
    min: 0,
    max: 10,
    questions: [
      { id: 'unit', ...needed(sum) },
      { id: 'cycle', ...years },
      { id: 'years', ...years },
      { id: 'maintenance', ...sum },
    ],
    unknownAllowed: true,
    skip: dead,
  },
  {
    id: 'dependants',
    kind: 'entries',
    min: 0,
    max: 20,
    questions: [
      { id: 'who', kind: 'choice', options: ['minor', 'adult'], unknownAllowed: false },
      {
        id: 'age',
        ...needed(whole(0, 130, 'age')),
        contradicts: (entry) => is(entry, 'who', 'minor') && count(entry, 'age') >= 18,
      },
      { id: 'sharers', ...needed(whole(1, 20, 'persons')) },
    ],
    unknownAllowed: true,
  },
  { id: 'mental', ...sum },
  { id: 'liability', ...whole(0, 100, 'percent') },
  { id: 'other_province', ...yesNo },
];

const figures: readonly Question[] = [
  { id: 'income', ...published('urban_income_fen', yearly) },
  { id: 'consumption', ...published('urban_consumption_fen', yearly) },
  { id: 'staff_wage', ...published('avg_wage_year_fen', yearly) },
  { id: 'industry_wage', ...published('industry_wage_fen', yearly) },
  { id: 'care_rate', ...published('caregiver_day_fen', dayRate) },
  { id: 'meal_day', ...published('hospital_meal_day_fen', dayRate) },
  { id: 'nutrition_day', ...published('nutrition_day_fen', dayRate) },
];

const questions = [...what, ...costs, ...people, ...figures];

/** Lost earnings in one of the three ways of 第七条; left out as long as something of it is not known. */
function lostWages(answers: AnswerMap): Inputs {
  const way = known(answers, {
    loss_fen: 'pay_loss',
    three_year_total_fen: 'three_years',
    industry: 'industry',
  });
  const days = known(answers, { days: 'lost_days' });
  const whole = 'loss_fen' in way || (Object.keys(way).length === 1 && 'days' in days);
  return whole ? { lost_wages: { ...way, ...days } } : {};
}

function care(answers: AnswerMap): Inputs {
  const [month, long] = [answers['carer_month'], answers['long_care_month']];
  const [span, share] = [answers['long_care_years'], answers['long_care_share']];
  const carer = {
    days: count(answers, 'care_days'),
    persons: typeof answers['carers'] === 'number' ? answers['carers'] : 1,
    ...known(answers, { daily_fen: 'carer_day' }),
    ...(typeof month === 'number' ? { annual_fen: month * 12 } : {}),
  };
  const lasting =
    typeof long === 'number' && typeof span === 'number' && typeof share === 'number'
      ? { long_term_care: { annual_fen: long * 12, years: span, ratio_bp: share * 100 } }
      : {};
  return { ...(cared(answers) ? { care: [carer] } : {}), ...lasting };
}

function inputsOf(answers: AnswerMap): Inputs {
  const grades = entriesOf(answers, 'grades').map(({ grade }) => Number(grade));
  return {
    kind: dead(answers) ? 'death' : 'injury',
    ...known(answers, {
      tort_date: 'tort_date',
      age: 'age',
      medical_fen: 'medical',
      future_medical_fen: 'future_medical',
      transport_fen: 'transport',
      lodging_fen: 'lodging',
      hospital_days: 'hospital_days',
      nutrition_days: 'nutrition_days',
      mental_fen: 'mental',
    }),
    // Not appraised yet: the item is withheld, not left out.
    ...(dead(answers) ? {} : { grades: graded(answers) ? grades : null }),
    ...lostWages(answers),
    ...care(answers),
    device: entriesOf(answers, 'devices').map((device) => ({
      ...known(device, { unit_fen: 'unit', cycle_years: 'cycle', years: 'years' }),
      maintenance_fen: count(device, 'maintenance'),
    })),
    dependants: entriesOf(answers, 'dependants').map((person) =>
      known(person, { type: 'who', age: 'age', share_n: 'sharers' }),
    ),
    ...(typeof answers['liability'] === 'number' ? { liability_bp: answers['liability'] * 100 } : {}),
    ...typed(questions, answers),
  };
}

const plan = (answers: AnswerMap): Plan => ({
  kind: 'runs',
  runs: [{ calculator: 'pi.damages', inputs: inputsOf(answers), label: null }],
  missing: missingOf('injury-damages', questions, answers),
  remarks: applying([
    ['traffic_next', yes(answers, 'traffic')],
    ['damages_appraisal_first', !dead(answers) && !graded(answers)],
    ['liability_whole', answers['liability'] === null],
    ['other_province', yes(answers, 'other_province')],
    ['beyond_the_years', graded(answers)],
    ['same_amount_for_all', dead(answers)],
  ]),
  times: [],
});

/** One grade heavier and one lighter, where there is one injury: an appraisal is often disputed by one. */
function neighbours(answers: AnswerMap): readonly Inputs[] {
  const grades = entriesOf(answers, 'grades').map(({ grade }) => Number(grade));
  const [only] = grades;
  if (only === undefined || grades.length > 1) return [];
  return [only - 1, only + 1]
    .filter((grade) => GRADES.some((each) => Number(each) === grade))
    .map((grade) => ({ grades: [{ grade: String(grade) }] }));
}

/** 人身损害 (compensation.md 4.3). */
export const injuryDamages: Interview = {
  id: 'injury-damages',
  questions,
  plan,
  whatIf: [
    otherwise('liability', '30', '50', '70', '100'),
    { question: 'grades', field: 'grade', ways: neighbours },
  ],
};
