import { addDays } from '../calendar/index.ts';
import type { AnswerMap, Interview, Plan, Question } from './interview.ts';
import {
  basisPoints,
  before,
  dateOf,
  day,
  is,
  known,
  missingOf,
  needed,
  published,
  applying,
  typed,
  yes,
  yesNo,
  type Inputs,
} from './parts.ts';
import { otherwise } from './what-if.ts';

const FIRST_DAY = '1991-01-01';
const MAX_FEN = 1_000_000_000_000;

const loan = { kind: 'money', minFen: 1, maxFen: MAX_FEN, unknownAllowed: true } as const;
const rate = {
  kind: 'number',
  min: 0,
  max: 1_000,
  decimals: 2,
  unit: 'percent',
  unknownAllowed: true,
} as const;
/** 月息几分: one 分 is one per cent a month. */
const points = { ...rate, max: 80, unit: 'points' } as const;
const kinds = {
  kind: 'choice',
  options: ['none', 'yearly', 'monthly'],
  unknownAllowed: true,
} as const;

const overdue = (answers: AnswerMap): boolean => yes(answers, 'has_due_date');

const questions: readonly Question[] = [
  {
    id: 'licensed',
    ...yesNo,
    stops: (answers) => (yes(answers, 'licensed') ? 'licensed_lender' : null),
  },
  { id: 'written', ...needed(loan) },
  {
    id: 'received',
    ...loan,
    contradicts: (answers) => Number(answers['received']) > Number(answers['written']),
  },
  { id: 'contract_date', ...needed(day(FIRST_DAY)) },
  {
    id: 'start_date',
    ...day(FIRST_DAY),
  },
  { id: 'filed', ...yesNo },
  {
    id: 'filed_date',
    ...day(FIRST_DAY),
    skip: (answers) => !yes(answers, 'filed'),
    contradicts: (answers) => before(answers, 'contract_date', 'filed_date'),
  },
  { id: 'rate_kind', ...kinds },
  { id: 'rate_year', ...rate, skip: (answers) => !is(answers, 'rate_kind', 'yearly') },
  { id: 'rate_month', ...points, skip: (answers) => !is(answers, 'rate_kind', 'monthly') },
  { id: 'has_due_date', ...yesNo },
  {
    id: 'due_date',
    ...needed(day(FIRST_DAY)),
    daysAhead: 18_000,
    skip: (answers) => !overdue(answers),
    contradicts: (answers) =>
      before(answers, 'start_date', 'due_date') || before(answers, 'contract_date', 'due_date'),
  },
  { id: 'overdue_kind', ...kinds, skip: (answers) => !overdue(answers) },
  {
    id: 'overdue_year',
    ...rate,
    skip: (answers) => !overdue(answers) || !is(answers, 'overdue_kind', 'yearly'),
  },
  {
    id: 'overdue_month',
    ...points,
    skip: (answers) => !overdue(answers) || !is(answers, 'overdue_kind', 'monthly'),
  },
  {
    id: 'end_date',
    ...day(FIRST_DAY),
    daysAhead: 360,
    contradicts: (answers) =>
      before(answers, 'start_date', 'end_date') || before(answers, 'contract_date', 'end_date'),
  },
  {
    id: 'rewritten',
    ...yesNo,
    skip: (answers) => is(answers, 'rate_kind', 'none'),
  },
  {
    id: 'first_principal',
    ...needed(loan),
    skip: (answers) => !yes(answers, 'rewritten') || is(answers, 'rate_kind', 'none'),
    contradicts: (answers) =>
      Number(answers['first_principal']) > Number(answers['received'] ?? answers['written']),
  },
  {
    id: 'first_date',
    ...needed(day(FIRST_DAY)),
    skip: (answers) => !yes(answers, 'rewritten') || is(answers, 'rate_kind', 'none'),
    contradicts: (answers) =>
      before(answers, 'first_date', 'contract_date') || before(answers, 'first_date', 'start_date'),
  },
  {
    id: 'lpr',
    ...published('lpr_bp', rate),
    max: 20,
    contradicts: (answers) => Number(answers['lpr'] ?? 1) === 0,
  },
];

/** A yearly rate in basis points from either way of saying it; none is 0, not known is nothing. */
function yearlyRate(answers: AnswerMap, kind: string, field: string): Inputs {
  if (is(answers, `${kind}_kind`, 'none')) return { [field]: 0 };
  const rate = basisPoints(answers[`${kind}_year`]) ?? basisPoints(answers[`${kind}_month`], 12);
  return rate === null ? {} : { [field]: rate };
}

function inputsOf(answers: AnswerMap, today: string): Inputs {
  const contract = dateOf(answers, 'contract_date') ?? today;
  const start = dateOf(answers, 'start_date') ?? contract;
  const end = dateOf(answers, 'end_date') ?? (start > today ? start : today);
  const overdueRate = is(answers, 'overdue_kind', 'none')
    ? {}
    : yearlyRate(answers, 'overdue', 'overdue_rate_bp');
  return {
    ...known(answers, {
      principal_fen: 'written',
      delivered_fen: 'received',
      contract_date: 'contract_date',
      accept_date: 'filed_date',
      due_date: 'due_date',
      original_principal_fen: 'first_principal',
      original_date: 'first_date',
    }),
    start_date: start,
    end_date: end,
    ...yearlyRate(answers, 'rate', 'agreed_rate_bp'),
    ...(overdue(answers) ? overdueRate : {}),
    ...typed(questions, answers),
  };
}

/** Interest was agreed, but nobody knows how much: nothing can be said about the sum. */
const rateUnknown = (answers: AnswerMap): boolean =>
  is(answers, 'rate_kind', 'yearly', 'monthly') &&
  (answers['rate_year'] ?? answers['rate_month'] ?? null) === null;

function plan(answers: AnswerMap, today: string): Plan {
  const inputs = inputsOf(answers, today);
  const agreed = answers['rate_kind'] === null || rateUnknown(answers);
  return {
    kind: 'runs',
    // 10 000 % is beyond any ceiling: the most the law allows.
    runs: agreed
      ? [
          {
            calculator: 'loan.interest',
            inputs: { ...inputs, agreed_rate_bp: 0 },
            label: 'no_interest_agreed',
          },
          {
            calculator: 'loan.interest',
            inputs: { ...inputs, agreed_rate_bp: 100_000 },
            label: 'highest_rate_allowed',
          },
        ]
      : [{ calculator: 'loan.interest', inputs, label: null }],
    missing: missingOf('loan-interest', questions, answers),
    remarks: applying([
      ['until_today', answers['end_date'] === null],
      ['lender_unclear', answers['licensed'] === null],
    ]),
    times: [],
  };
}

/** 民间借贷利息 (compensation.md 4.11). */
export const loanInterest: Interview = {
  id: 'loan-interest',
  questions,
  plan,
  whatIf: [
    otherwise('rate_kind', 'none'),
    otherwise('rate_year', '6', '12', '24'),
    otherwise('rate_month', '0.5', '1', '2'),
    { question: 'end_date', ways: (_, today) => [{ end_date: today }, { end_date: addDays(today, 180) }] },
  ],
};
