import { addDays } from '../calendar/index.ts';
import type { AnswerMap, Interview, Plan, Question } from './interview.ts';
import {
  alternatives,
  before,
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
  yes,
  yesNo,
  type Inputs,
} from './parts.ts';
import { otherwise } from './what-if.ts';

/** Kinds of case with an amount, and those that mediation, withdrawal or the simplified procedure halve. */
const WITH_AMOUNT = ['property', 'divorce', 'personality', 'enforcement', 'preservation', 'payment_order'];
const HALVED = ['property', 'divorce', 'personality', 'other', 'labor', 'admin'];
const base = (fromYuan: number, toYuan: number) =>
  published('court_base_fen', {
    kind: 'money',
    minFen: fromYuan * 100,
    maxFen: toYuan * 100,
    unknownAllowed: true,
  } as const);

const courtQuestions: readonly Question[] = [
  {
    id: 'type',
    kind: 'choice',
    options: [
      'property',
      'divorce',
      'personality',
      'labor',
      'admin',
      'other',
      'enforcement',
      'preservation',
      'payment_order',
    ],
    unknownAllowed: false,
  },
  {
    id: 'amount',
    ...needed(sum),
    maxFen: 10_000_000_000_000,
    skip: (answers) => !is(answers, 'type', ...WITH_AMOUNT),
  },
  // The ranges are those of 诉讼费用交纳办法第十三条; the province fixes the figure in between.
  { id: 'base_divorce', ...base(50, 300), skip: (answers) => !is(answers, 'type', 'divorce') },
  { id: 'base_personality', ...base(100, 500), skip: (answers) => !is(answers, 'type', 'personality') },
  { id: 'base_other', ...base(50, 100), skip: (answers) => !is(answers, 'type', 'other') },
  { id: 'halved', ...yesNo, skip: (answers) => !is(answers, 'type', ...HALVED) },
];

const courtPlan = (answers: AnswerMap): Plan => ({
  kind: 'runs',
  runs: alternatives(
    'court.fee',
    {
      ...known(answers, { type: 'type', amount_fen: 'amount' }),
      ...typed(courtQuestions, answers),
      halved: yes(answers, 'halved'),
    },
    answers['halved'] === null ? { fee_whole: { halved: false }, fee_halved: { halved: true } } : null,
  ),
  missing: missingOf('court-fee', courtQuestions, answers),
  remarks: ['fee_relief'],
  times: [],
});

/** 诉讼费 (compensation.md 4.9). */
export const courtFee: Interview = {
  id: 'court-fee',
  questions: courtQuestions,
  plan: courtPlan,
  whatIf: [otherwise('halved', 'yes', 'no')],
};

const criminal = (answers: AnswerMap): boolean => is(answers, 'criminal', 'suspect', 'victim');
const exempt = (answers: AnswerMap): boolean =>
  !criminal(answers) && typeof answers['exempt'] === 'string' && answers['exempt'] !== 'none';

/** Several may apply to one person; any of them spares the check but the migrant worker's, which does so for two matters only. */
const MIGRANT = 'migrant_worker_pay_or_work_injury';
const statuses = (answers: AnswerMap): readonly unknown[] => {
  const chosen = answers['status'];
  return Array.isArray(chosen) ? chosen : [];
};
/** Whether what applies spares the check in this matter (法律援助法第四十二条). */
const spared = (answers: AnswerMap): boolean =>
  statuses(answers).some(
    (status) => status !== MIGRANT || is(answers, 'matter', 'labor_relation_or_pay', 'work_injury'),
  );
const strongest = (answers: AnswerMap): unknown =>
  statuses(answers).find((status) => status !== MIGRANT) ?? statuses(answers)[0] ?? 'none';

const aidQuestions: readonly Question[] = [
  { id: 'criminal', kind: 'choice', options: ['no', 'suspect', 'victim'], unknownAllowed: false },
  { id: 'art25', ...yesNo, skip: (answers) => !is(answers, 'criminal', 'suspect') },
  {
    id: 'exempt',
    kind: 'choice',
    options: [
      'none',
      'good_samaritan',
      'hero_kin',
      'retrial_acquittal',
      'abuse_victim',
      'abandonment_victim',
    ],
    unknownAllowed: true,
    skip: criminal,
  },
  {
    id: 'matter',
    kind: 'choice',
    options: [
      'labor_relation_or_pay',
      'work_injury',
      'traffic_injury',
      'medical_injury',
      'food_drug_injury',
      'support_or_alimony',
      'social_insurance_or_assistance',
      'pension',
      'state_compensation',
      'capacity',
      'environment',
      'private_loan',
      'other',
    ],
    unknownAllowed: true,
    skip: (answers) => criminal(answers) || exempt(answers),
  },
  {
    id: 'status',
    kind: 'several',
    max: 7,
    options: [
      'welfare_recipient',
      'no_income_disabled',
      'no_income_elderly',
      'no_income_minor',
      'preferential_recipient',
      'judicial_aid_recipient',
      MIGRANT,
    ],
    unknownAllowed: true,
    skip: (answers) => criminal(answers) || exempt(answers) || is(answers, 'matter', 'private_loan', 'other'),
  },
  {
    id: 'hardship',
    ...yesNo,
    skip: (answers) => exempt(answers) || is(answers, 'matter', 'private_loan', 'other') || spared(answers),
  },
];

const DOMAINS = { no: 'civil', suspect: 'criminal_defendant', victim: 'criminal_victim' } as const;

const aidPlan = (answers: AnswerMap): Plan => ({
  kind: 'runs',
  runs: [
    {
      calculator: 'legalaid.precheck',
      inputs: {
        domain: Object.entries(DOMAINS).find(([words]) => words === answers['criminal'])?.[1] ?? 'civil',
        art25: yes(answers, 'art25'),
        ...known(answers, { exempt: 'exempt', matter: 'matter' }),
        ...(answers['matter'] === null ? { matter: 'unknown' } : {}),
        status: strongest(answers),
      },
      label: null,
    },
  ],
  missing: missingOf('legal-aid', aidQuestions, answers),
  remarks: applying([
    ['declare_truthfully', yes(answers, 'hardship') || answers['hardship'] === null],
    ['hardship_needed', is(answers, 'hardship', 'no')],
  ]),
  times: ['aid_times'],
});

/** 法律援助 (compensation.md 4.10). */
export const legalAid: Interview = {
  id: 'legal-aid',
  questions: aidQuestions,
  plan: aidPlan,
  whatIf: [
    otherwise('exempt', 'none', 'abuse_victim', 'good_samaritan'),
    otherwise(
      'matter',
      'labor_relation_or_pay',
      'work_injury',
      'traffic_injury',
      'support_or_alimony',
      'other',
    ),
  ],
};

const delayQuestions: readonly Question[] = [
  { id: 'debt', ...needed(wage), maxFen: 1_000_000_000_000 },
  { id: 'deadline_date', ...needed(day('2014-08-01')) },
  {
    id: 'paid_date',
    ...day('2014-08-01'),
    daysAhead: 360,
    contradicts: (answers) => before(answers, 'deadline_date', 'paid_date'),
  },
];

const delayPlan = (answers: AnswerMap, today: string): Plan => ({
  kind: 'runs',
  runs: [
    {
      calculator: 'loan.delay',
      inputs: {
        ...known(answers, { debt_fen: 'debt', deadline_date: 'deadline_date' }),
        end_date: dateOf(answers, 'paid_date') ?? today,
      },
      label: null,
    },
  ],
  missing: [],
  remarks: applying([['until_today', answers['paid_date'] === null]]),
  times: [],
});

/** A quarter of a year is what a debtor may well take; twice that is within the year ahead that can be reckoned. */
const later = (_: AnswerMap, today: string) => [90, 180].map((days) => ({ paid_date: addDays(today, days) }));

/** 迟延履行利息 (compensation.md 1.12). */
export const loanDelay: Interview = {
  id: 'loan-delay',
  questions: delayQuestions,
  plan: delayPlan,
  whatIf: [{ question: 'paid_date', ways: later }],
};

const consumerQuestions: readonly Question[] = [
  { id: 'food', ...yesNo },
  { id: 'price', ...needed(sum) },
  { id: 'loss', ...sum, skip: (answers) => is(answers, 'food', 'no') },
  { id: 'evidence', ...yesNo },
];

function consumerPlan(answers: AnswerMap): Plan {
  const price = known(answers, { price_fen: 'price' });
  const food: Inputs = { type: 'food', ...known(answers, { loss_fen: 'loss' }) };
  const fraud: Inputs = { type: 'fraud' };
  return {
    kind: 'runs',
    runs:
      answers['food'] === null
        ? alternatives('consumer.punitive', price, { as_fraud: fraud, as_food: food })
        : alternatives('consumer.punitive', { ...price, ...(yes(answers, 'food') ? food : fraud) }, null),
    missing: missingOf('consumer', consumerQuestions, answers),
    remarks: applying([['keep_evidence', !yes(answers, 'evidence')]]),
    times: [],
  };
}

/** 消费惩罚性赔偿 (compensation.md 4.12). */
export const consumer: Interview = {
  id: 'consumer',
  questions: consumerQuestions,
  plan: consumerPlan,
  whatIf: [{ question: 'food', ways: () => [{ food: 'yes', loss: '0' }, { food: 'no' }] }],
};
