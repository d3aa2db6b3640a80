import { addDays, addYears, daysBetween } from '../calendar/index.ts';
import { nextPaidDay, unsignedPeriod, YUNNAN_PREFECTURES } from '../compensation/labour/index.ts';
import { divide, roundHalfUp, whole as exactly } from '../money/index.ts';
import type { AnswerMap, Interview, Plan, Question } from './interview.ts';
import {
  alternatives,
  before,
  count,
  dateOf,
  day,
  is,
  known,
  missingOf,
  needed,
  published,
  applying,
  sum,
  typed,
  wage,
  wageClass,
  whole,
  yes,
  yesNo,
  type Inputs,
} from './parts.ts';
import { otherwise } from './what-if.ts';

const CONTRACT_LAW_FROM = '2008-01-01';
/** Below this wage a minimum wage may matter: nobody else is asked about it. */
const NEAR_MINIMUM_FEN = 400_000;

const ahead = (notBefore: string) => ({ ...day(notBefore), daysAhead: 360 }) as const;

const averageFen = (answers: AnswerMap): number | null => {
  const [total, months] = [answers['wage_total'], answers['wage_months'] ?? 12];
  if (typeof total !== 'number' || typeof months !== 'number') return null;
  return Math.max(1, roundHalfUp(divide(exactly(total), exactly(months))));
};

/** In the citizen's words; each is a ground of 第四十六条 or none. */
const GROUNDS = {
  agreed: 'mutual_employer_proposed',
  incompetent: 'art40_incompetent',
  changed: 'art40_changed',
  illness: 'art40_illness',
  layoff: 'art41_layoff',
  expiry: 'term_expiry',
  task_done: 'task_done',
  closed: 'employer_closed',
  forced: 'art38_forced',
  no_reason: 'unlawful',
  resigned: 'none',
} as const;
const NOTICE_GROUNDS = ['incompetent', 'changed', 'illness'] as const;

const severanceQuestions: readonly Question[] = [
  { id: 'start_date', ...needed(day('1950-01-01')) },
  { id: 'still_there', ...needed(yesNo) },
  {
    id: 'last_day',
    ...needed(ahead(CONTRACT_LAW_FROM)),
    skip: (answers) => yes(answers, 'still_there'),
    contradicts: (answers) => before(answers, 'start_date', 'last_day'),
  },
  { id: 'ground', kind: 'choice', options: Object.keys(GROUNDS), unknownAllowed: true },
  { id: 'renewal_refused', ...yesNo, skip: (answers) => !is(answers, 'ground', 'expiry') },
  { id: 'notice', ...yesNo, skip: (answers) => !is(answers, 'ground', ...NOTICE_GROUNDS) },
  { id: 'wage_total', ...wage },
  {
    id: 'wage_months',
    ...needed(whole(1, 12, 'months')),
    skip: (answers) => typeof answers['wage_total'] !== 'number',
  },
  {
    id: 'last_wage',
    ...wage,
    skip: (answers) => !is(answers, 'ground', ...NOTICE_GROUNDS) || yes(answers, 'notice'),
  },
  {
    id: 'city',
    kind: 'choice',
    options: YUNNAN_PREFECTURES,
    unknownAllowed: true,
    picksFigures: true,
  },
  {
    id: 'min_wage_class',
    ...wageClass,
    skip: (answers) => (averageFen(answers) ?? NEAR_MINIMUM_FEN) >= NEAR_MINIMUM_FEN,
  },
  { id: 'protected', ...yesNo },
  { id: 'pension', ...yesNo },
  { id: 'unsigned', ...yesNo },
  { id: 'other_pay', ...yesNo },
  { id: 'local_average', ...published('local_avg_month_fen', wage) },
  { id: 'min_wage', ...published('min_wage_fen', wage) },
];

function severanceInputs(answers: AnswerMap, today: string): Inputs {
  const start = dateOf(answers, 'start_date');
  const last = dateOf(answers, 'last_day') ?? today;
  return {
    start_date: start,
    last_day: last,
    avg12_fen: averageFen(answers),
    ...known(answers, { last_month_wage_fen: 'last_wage', city: 'city', min_wage_class: 'min_wage_class' }),
    ...typed(severanceQuestions, answers),
    notice_30_days: answers['notice'] !== 'no',
    renewal_refused: yes(answers, 'renewal_refused'),
    pension_drawn: yes(answers, 'pension'),
    protected_art42: yes(answers, 'protected'),
  };
}

function severancePlan(answers: AnswerMap, today: string): Plan {
  const inputs = severanceInputs(answers, today);
  const chosen = answers['ground'];
  const ground = Object.entries(GROUNDS).find(([words]) => words === chosen)?.[1];
  const unsure =
    ground === undefined
      ? {
          ground_none: { ground: 'none' },
          ground_severance: { ground: 'mutual_employer_proposed' },
          ground_unlawful: { ground: 'unlawful' },
        }
      : answers['renewal_refused'] === null
        ? { renewal_offered: { renewal_refused: true }, renewal_not_offered: { renewal_refused: false } }
        : answers['notice'] === null
          ? { notice_given: { notice_30_days: true }, notice_not_given: { notice_30_days: false } }
          : null;
  return {
    kind: 'runs',
    runs: alternatives('labor.severance', ground === undefined ? inputs : { ...inputs, ground }, unsure),
    missing: missingOf('severance', severanceQuestions, answers),
    remarks: applying([
      ['ground_unsure', ground === undefined],
      ['see_double_wage', yes(answers, 'unsigned')],
      ['see_overtime_and_leave', yes(answers, 'other_pay')],
      ['order_not_obeyed', ground !== undefined && ground !== 'none'],
      ['moved_by_employer', ground !== undefined && ground !== 'none'],
    ]),
    times: ['arbitration_is_free'],
  };
}

/** The next last day for which more months are paid; it may lie as far ahead as a notice can. */
function stayingOn(answers: AnswerMap, today: string): readonly Inputs[] {
  const start = dateOf(answers, 'start_date');
  const last = dateOf(answers, 'last_day') ?? today;
  const next = start === null || start > last ? null : nextPaidDay(start, last);
  return next === null ? [] : [{ still_there: 'no', last_day: next }];
}

/** 经济补偿 (compensation.md 4.5). */
export const severance: Interview = {
  id: 'severance',
  questions: severanceQuestions,
  plan: severancePlan,
  whatIf: [
    otherwise('ground', 'agreed', 'no_reason'),
    otherwise('notice', 'yes', 'no'),
    otherwise('min_wage_class', 'I', 'II', 'III'),
    { question: 'last_day', ways: stayingOn },
  ],
};

/** The broken month at the end of the time without a contract, as far as it can be told before today is known. */
function brokenDays(answers: AnswerMap): number {
  const start = dateOf(answers, 'start_date');
  if (start === null) return 0;
  const [signed, last] = [dateOf(answers, 'signed_date'), dateOf(answers, 'last_day')];
  const today = signed ?? last ?? addYears(start, 1);
  const period = unsignedPeriod(
    { start_date: start, signed_date: signed, last_day: last, open_ended_due_date: undefined },
    today,
  );
  return period?.restDays ?? 0;
}

const doubleWageQuestions: readonly Question[] = [
  { id: 'start_date', ...needed(day(CONTRACT_LAW_FROM)) },
  { id: 'signed', ...needed(yesNo) },
  {
    id: 'signed_date',
    ...day(CONTRACT_LAW_FROM),
    skip: (answers) => !yes(answers, 'signed'),
    contradicts: (answers) => before(answers, 'start_date', 'signed_date'),
  },
  { id: 'still_there', ...needed(yesNo) },
  {
    id: 'last_day',
    ...needed(day(CONTRACT_LAW_FROM)),
    skip: (answers) => yes(answers, 'still_there'),
    contradicts: (answers) => before(answers, 'start_date', 'last_day'),
  },
  { id: 'month_wage', ...wage },
  {
    id: 'shifts',
    ...whole(0, 31, 'shifts'),
    skip: (answers) => brokenDays(answers) === 0,
    contradicts: (answers) => count(answers, 'shifts') > brokenDays(answers),
  },
  { id: 'refused', ...yesNo },
];

function doubleWagePlan(answers: AnswerMap, today: string): Plan {
  const fields = known(answers, {
    start_date: 'start_date',
    signed_date: 'signed_date',
    last_day: 'last_day',
    partial_workdays: 'shifts',
  });
  return {
    kind: 'runs',
    runs: alternatives(
      'labor.double_wage',
      { ...fields, month_wage_fen: answers['month_wage'] ?? null, worker_refused: yes(answers, 'refused') },
      // Signed, but nobody knows when: from nothing at all up to the whole time.
      answers['signed_date'] === null
        ? {
            signed_within_a_month: { signed_date: dateOf(answers, 'start_date') ?? today },
            signed_just_now: { signed_date: today },
          }
        : null,
    ),
    missing: missingOf('double-wage', doubleWageQuestions, answers),
    remarks: applying([
      ['refused_to_sign', yes(answers, 'refused')],
      ['open_ended_after_a_year', true],
    ]),
    times: ['labour_arbitration'],
  };
}

/** 未签书面合同二倍工资 (compensation.md 4.6). */
export const doubleWage: Interview = {
  id: 'double-wage',
  questions: doubleWageQuestions,
  plan: doubleWagePlan,
  whatIf: [otherwise('signed', 'no')],
};

const hours = {
  kind: 'number',
  min: 0,
  max: 8_760,
  decimals: 1,
  unit: 'hours',
  unknownAllowed: true,
} as const;
const worked = (id: string) => (answers: AnswerMap) => typeof answers[id] !== 'string' || answers[id] === '0';
const beyondTheClock = (daysId: string, hoursId: string) => (answers: AnswerMap) =>
  typeof answers[daysId] === 'number' && Number(answers[hoursId]) > 24 * count(answers, daysId);

const overtimeQuestions: readonly Question[] = [
  {
    id: 'system',
    kind: 'choice',
    options: ['standard', 'comprehensive', 'flexible'],
    unknownAllowed: true,
    stops: (answers) => (is(answers, 'system', 'flexible') ? 'flexible_hours' : null),
  },
  { id: 'base', ...wage },
  { id: 'months', ...whole(1, 120, 'months') },
  { id: 'weekday', ...hours },
  {
    id: 'weekday_days',
    ...whole(1, 3_650, 'days'),
    skip: worked('weekday'),
    contradicts: beyondTheClock('weekday_days', 'weekday'),
  },
  { id: 'rest', ...hours, skip: (answers) => is(answers, 'system', 'comprehensive') },
  {
    id: 'rest_days',
    ...whole(1, 3_650, 'days'),
    skip: (answers) => is(answers, 'system', 'comprehensive') || worked('rest')(answers),
    contradicts: beyondTheClock('rest_days', 'rest'),
  },
  { id: 'holiday', ...hours },
  {
    id: 'holiday_days',
    ...whole(1, 365, 'days'),
    skip: worked('holiday'),
    contradicts: beyondTheClock('holiday_days', 'holiday'),
  },
  { id: 'paid', ...sum },
];

const overtimePlan = (answers: AnswerMap): Plan => ({
  kind: 'runs',
  runs: [
    {
      calculator: 'labor.overtime',
      inputs: {
        ...known(answers, {
          system: 'system',
          months: 'months',
          hours_weekday: 'weekday',
          hours_rest: 'rest',
          hours_holiday: 'holiday',
          days_weekday: 'weekday_days',
          days_rest: 'rest_days',
          days_holiday: 'holiday_days',
          paid_fen: 'paid',
        }),
        base_month_fen: answers['base'] ?? null,
      },
      label: null,
    },
  ],
  missing: missingOf('overtime', overtimeQuestions, answers),
  remarks: applying([['standard_hours_assumed', answers['system'] === null]]),
  times: ['labour_arbitration'],
});

/** 加班费 (compensation.md 4.7). */
export const overtime: Interview = {
  id: 'overtime',
  questions: overtimeQuestions,
  plan: overtimePlan,
  whatIf: [otherwise('system', 'standard', 'comprehensive')],
};

const excluded = (answers: AnswerMap): boolean => yes(answers, 'excluded');
const prorated = (answers: AnswerMap): boolean =>
  !excluded(answers) && is(answers, 'mode', 'leaving', 'new_hire');

const leaveQuestions: readonly Question[] = [
  { id: 'total_years', kind: 'number', min: 0, max: 60, decimals: 1, unit: 'years', unknownAllowed: true },
  { id: 'excluded', ...yesNo },
  {
    id: 'mode',
    kind: 'choice',
    options: ['full_year', 'leaving', 'new_hire'],
    unknownAllowed: false,
    skip: excluded,
  },
  { id: 'joined', ...needed(day('2008-01-01')), skip: (answers) => !prorated(answers) },
  {
    id: 'last_day',
    ...needed(ahead('2008-01-01')),
    skip: (answers) => !prorated(answers) || !is(answers, 'mode', 'leaving'),
    contradicts: (answers) => before(answers, 'joined', 'last_day'),
  },
  { id: 'taken', ...needed(whole(0, 366, 'days')), skip: excluded },
  { id: 'average', ...wage, skip: excluded },
  { id: 'waiver', ...yesNo, skip: excluded },
];

/** Calendar days of the year spent with this employer until the last day, or from the first day to the year's end. */
function leaveDays(answers: AnswerMap): Inputs {
  const joined = dateOf(answers, 'joined');
  const last = dateOf(answers, 'last_day');
  if (is(answers, 'mode', 'leaving') && joined !== null && last !== null) {
    const newYear = `${last.slice(0, 4)}-01-01`;
    return { days_elapsed: daysBetween(joined > newYear ? joined : newYear, addDays(last, 1)) };
  }
  return is(answers, 'mode', 'new_hire') && joined !== null
    ? { days_remaining: daysBetween(joined, `${Number(joined.slice(0, 4)) + 1}-01-01`) }
    : {};
}

const leavePlan = (answers: AnswerMap): Plan => ({
  kind: 'runs',
  runs: alternatives(
    'labor.annual_leave',
    {
      ...known(answers, { mode: 'mode', total_service_years: 'total_years', taken: 'taken' }),
      ...leaveDays(answers),
      avg_month_fen: answers['average'] ?? null,
      excluded_art4: excluded(answers),
      written_waiver: yes(answers, 'waiver'),
    },
    answers['total_years'] === null
      ? {
          service_under_10: { total_service_years: '1' },
          service_10_to_20: { total_service_years: '10' },
          service_from_20: { total_service_years: '20' },
        }
      : null,
  ),
  missing: missingOf('annual-leave', leaveQuestions, answers),
  remarks: [],
  times: ['labour_arbitration'],
});

/** 未休年休假工资 (compensation.md 4.8). */
export const annualLeave: Interview = {
  id: 'annual-leave',
  questions: leaveQuestions,
  plan: leavePlan,
  // 职工带薪年休假条例第三条: from these years on there is more leave.
  whatIf: [otherwise('waiver', 'yes', 'no'), otherwise('total_years', '1', '10', '20')],
};
