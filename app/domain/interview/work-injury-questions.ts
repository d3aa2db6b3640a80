import type { AnswerMap, Question } from './interview.ts';
import {
  before,
  count,
  dateOf,
  dayRate,
  is,
  published,
  sum as bill,
  wage,
  wageClass,
  whole,
  yearly,
  yesNo,
} from './parts.ts';

const hurt = (answers: AnswerMap): boolean => is(answers, 'situation', 'injured', 'occupational_disease');
const dead = (answers: AnswerMap): boolean => is(answers, 'situation', 'died');
const missing = (answers: AnswerMap): boolean => is(answers, 'situation', 'missing');
/** The authority has decided already: nothing about that is asked again. */
export const decided = (answers: AnswerMap): boolean => is(answers, 'decision', 'yes');
/** The grade on the appraisal, 0 while there is none. */
export const gradeOf = (answers: AnswerMap): number =>
  hurt(answers) && typeof answers['grade'] === 'string' ? Number(answers['grade']) || 0 : 0;
const gradeWithin = (answers: AnswerMap, first: number, last: number): boolean =>
  gradeOf(answers) >= first && gradeOf(answers) <= last;
const resting = (answers: AnswerMap): boolean =>
  hurt(answers) && typeof answers['sl_months'] === 'string' && answers['sl_months'] !== '0';
/** How many people the dead worker supported, by the answers. */
export const survivorCount = (answers: AnswerMap): number =>
  (is(answers, 'survivor_spouse', 'yes') ? 1 : 0) +
  count(answers, 'survivor_children') +
  count(answers, 'survivor_parents') +
  count(answers, 'survivor_others');

const persons = (max: number) => whole(0, max, 'persons');

const whoAndWhat: readonly Question[] = [
  {
    id: 'situation',
    kind: 'choice',
    options: ['injured', 'occupational_disease', 'died', 'missing'],
    unknownAllowed: false,
  },
  {
    id: 'worker',
    kind: 'choice',
    options: ['employee', 'casual', 'public_institution', 'over_age', 'civil_servant', 'owner'],
    unknownAllowed: true,
    stops: (answers) =>
      is(answers, 'worker', 'civil_servant')
        ? 'civil_servant'
        : is(answers, 'worker', 'owner')
          ? 'owner'
          : null,
  },
  {
    id: 'employer_licensed',
    ...yesNo,
    stops: (answers) => (is(answers, 'employer_licensed', 'no') ? 'unlicensed_employer' : null),
  },
  { id: 'aged_16', ...yesNo, stops: (answers) => (is(answers, 'aged_16', 'no') ? 'under_16' : null) },
  {
    id: 'injury_date',
    kind: 'date',
    notBefore: '1950-01-01',
    unknownAllowed: false,
    skip: missing,
    stops: (answers) =>
      typeof answers['injury_date'] === 'string' && answers['injury_date'] < '2011-01-01'
        ? 'before_2011'
        : null,
  },
];

/** 工伤保险条例第十四条至第十六条, as far as an honest kiosk can ask; little of it where the decision is in hand. */
const recognition: readonly Question[] = [
  { id: 'decision', kind: 'choice', options: ['yes', 'no'], unknownAllowed: true, skip: missing },
  {
    id: 'cause',
    kind: 'choice',
    options: [
      'working',
      'before_after_work',
      'violence',
      'business_trip',
      'commute',
      'sudden_illness',
      'rescue',
      'veteran_relapse',
      'other',
    ],
    unknownAllowed: true,
    skip: (answers) => missing(answers) || is(answers, 'situation', 'occupational_disease'),
    stops: (answers) =>
      is(answers, 'cause', 'sudden_illness') && !dead(answers) && !decided(answers)
        ? 'illness_survived'
        : null,
  },
  {
    id: 'within_48_hours',
    ...yesNo,
    skip: (answers) => !dead(answers) || !is(answers, 'cause', 'sudden_illness') || decided(answers),
    stops: (answers) => (is(answers, 'within_48_hours', 'no') ? 'illness_after_48_hours' : null),
  },
  {
    id: 'traffic_liability',
    kind: 'choice',
    options: ['none', 'minor', 'equal', 'main', 'full', 'no_document'],
    unknownAllowed: true,
    skip: (answers) => !is(answers, 'cause', 'commute') || decided(answers),
    stops: (answers) => (is(answers, 'traffic_liability', 'main', 'full') ? 'mainly_at_fault' : null),
  },
  // 工伤保险条例第四十三条, 审理工伤保险行政案件规定第三条: how one came to the employer tells which unit answers.
  {
    id: 'arrangement',
    kind: 'choice',
    options: ['direct', 'dispatch', 'several_employers', 'assigned', 'seconded', 'subcontract', 'affiliated'],
    unknownAllowed: true,
    skip: decided,
  },
  {
    id: 'excluded',
    kind: 'choice',
    options: ['no', 'drunk', 'drugs', 'crime', 'self_harm'],
    unknownAllowed: true,
    skip: (answers) => missing(answers) || decided(answers),
    stops: (answers) =>
      is(answers, 'excluded', 'drunk', 'drugs', 'crime', 'self_harm') ? dateOf(answers, 'excluded') : null,
  },
  { id: 'insured', ...yesNo },
];

const disability: readonly Question[] = [
  {
    id: 'grade',
    kind: 'choice',
    options: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'none', 'not_yet'],
    unknownAllowed: true,
    skip: (answers) => !hurt(answers),
  },
  { id: 'wage', ...wage, skip: (answers) => gradeOf(answers) === 0 },
  {
    id: 'nursing_level',
    kind: 'choice',
    options: ['none', 'part', 'most', 'full'],
    unknownAllowed: true,
    skip: (answers) => gradeOf(answers) === 0,
  },
  { id: 'suitable_work', ...yesNo, skip: (answers) => !gradeWithin(answers, 5, 6) },
  { id: 'retired', ...yesNo, skip: (answers) => !gradeWithin(answers, 1, 4) },
  {
    id: 'contract_end',
    kind: 'choice',
    options: ['still_working', 'term_expired', 'employee_resigns', 'employer_ended', 'retired'],
    unknownAllowed: true,
    skip: (answers) => !gradeWithin(answers, 5, 10),
  },
  {
    id: 'contract_end_date',
    kind: 'date',
    notBefore: '2011-01-01',
    daysAhead: 360,
    unknownAllowed: true,
    skip: (answers) => !is(answers, 'contract_end', 'term_expired', 'employee_resigns'),
    contradicts: (answers) => before(answers, 'injury_date', 'contract_end_date'),
  },
  {
    id: 'min_wage_class',
    ...wageClass,
    skip: (answers) =>
      !(gradeWithin(answers, 1, 4) && !is(answers, 'retired', 'yes')) &&
      !is(answers, 'suitable_work', 'no') &&
      answers['suitable_work'] !== null,
  },
];

const treatment: readonly Question[] = [
  {
    id: 'hospital_days',
    kind: 'number',
    min: 0,
    max: 3650,
    decimals: 0,
    unit: 'days',
    unknownAllowed: true,
    skip: (answers) => !hurt(answers),
  },
  { id: 'medical', ...bill, skip: (answers) => !hurt(answers) },
  { id: 'third_party', ...yesNo, skip: missing },
  {
    id: 'third_party_paid',
    ...bill,
    skip: (answers) =>
      !hurt(answers) || !is(answers, 'third_party', 'yes') || count(answers, 'medical') === 0,
    contradicts: (answers) => count(answers, 'third_party_paid') > count(answers, 'medical'),
  },
  {
    id: 'sl_months',
    kind: 'number',
    min: 0,
    max: 60,
    decimals: 1,
    unit: 'months',
    unknownAllowed: true,
    skip: (answers) => !hurt(answers),
  },
  {
    id: 'sl_extension',
    ...yesNo,
    skip: (answers) => !resting(answers) || Number(answers['sl_months']) <= 12,
  },
  { id: 'sl_wage', ...wage, skip: (answers) => !resting(answers) },
  { id: 'sl_paid', ...bill, skip: (answers) => !resting(answers) || answers['sl_wage'] === null },
  { id: 'sl_nursing', ...bill, skip: (answers) => !resting(answers) },
];

const death: readonly Question[] = [
  {
    id: 'death_date',
    kind: 'date',
    notBefore: '2011-01-01',
    unknownAllowed: false,
    skip: (answers) => !dead(answers),
    contradicts: (answers) => before(answers, 'injury_date', 'death_date'),
  },
  {
    id: 'death_type',
    kind: 'choice',
    options: ['accident', 'during_sl', 'grade1_4_after_sl', 'other_later'],
    unknownAllowed: false,
    skip: (answers) => !dead(answers) || is(answers, 'cause', 'sudden_illness'),
    contradicts: (answers) =>
      is(answers, 'death_type', 'grade1_4_after_sl') && answers['injury_date'] === answers['death_date'],
    stops: (answers) => (is(answers, 'death_type', 'other_later') ? 'later_death' : null),
  },
  { id: 'survivor_spouse', ...yesNo, skip: (answers) => !dead(answers) },
  { id: 'survivor_children', ...persons(6), skip: (answers) => !dead(answers) },
  { id: 'survivor_parents', ...persons(4), skip: (answers) => !dead(answers) },
  { id: 'survivor_others', ...persons(6), skip: (answers) => !dead(answers) },
  {
    id: 'orphans',
    ...persons(6),
    skip: (answers) => !dead(answers) || count(answers, 'survivor_children') === 0,
    contradicts: (answers) => count(answers, 'orphans') > count(answers, 'survivor_children'),
  },
  {
    id: 'lonely_elders',
    ...persons(10),
    skip: (answers) =>
      !dead(answers) || count(answers, 'survivor_parents') + count(answers, 'survivor_others') === 0,
    contradicts: (answers) =>
      count(answers, 'lonely_elders') >
      count(answers, 'survivor_parents') + count(answers, 'survivor_others'),
  },
  { id: 'survivor_wage', ...wage, skip: (answers) => !dead(answers) || survivorCount(answers) === 0 },
];

const disappearance: readonly Question[] = [
  {
    id: 'missing_date',
    kind: 'date',
    notBefore: '2011-01-01',
    unknownAllowed: false,
    skip: (answers) => !missing(answers),
  },
  { id: 'month_wage', ...wage, skip: (answers) => !missing(answers) },
  { id: 'hardship', ...yesNo, skip: (answers) => !missing(answers) },
];

const figures: readonly Question[] = [
  { id: 'cap_wage', ...published('avg_month_cap_fen', wage) },
  { id: 'nursing_wage', ...published('avg_month_nursing_fen', wage) },
  { id: 'funeral_wage', ...published('avg_month_funeral_fen', wage) },
  { id: 'lump_wage', ...published('avg_month_lump_fen', wage) },
  { id: 'meal_day', ...published('hospital_meal_day_fen', dayRate) },
  { id: 'min_wage', ...published('min_wage_fen', wage) },
  { id: 'national_income', ...published('national_income_fen', yearly) },
];

/** The questions of the work-injury interview (compensation.md 4.2), one path for the hurt, the dead and the missing. */
export const workInjuryQuestions: readonly Question[] = [
  ...whoAndWhat,
  ...recognition,
  ...disability,
  ...treatment,
  ...death,
  ...disappearance,
  ...figures,
];
