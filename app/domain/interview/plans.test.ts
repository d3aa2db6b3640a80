import { describe, expect, it } from 'vitest';

import {
  acceptAnswer,
  figureQuestions,
  interviews,
  interviewState,
  readAnswers,
  visibleQuestions,
  type AnswerMap,
  type InterviewId,
  type Plan,
} from './index.ts';
import { answer, plan, refusal, TODAY } from './plans.samples.ts';

describe('what is not known', () => {
  const severed = {
    start_date: '2020-03-15',
    still_there: 'no',
    last_day: '2026-09-14',
    ground: null,
    wage_total: '96000',
    wage_months: '12',
    city: null,
    protected: 'no',
    pension: 'no',
    unsigned: 'no',
    other_pay: 'no',
  };

  it('is computed every way that it may be', () => {
    const { runs, missing, remarks } = plan('severance', answer('severance', severed));
    expect(runs.map(({ label, inputs }) => [label, inputs['ground']])).toEqual([
      ['ground_none', 'none'],
      ['ground_severance', 'mutual_employer_proposed'],
      ['ground_unlawful', 'unlawful'],
    ]);
    expect(runs[0]?.inputs).toMatchObject({ avg12_fen: 800_000, last_day: '2026-09-14' });
    expect(missing).toEqual(['missing.severance.ground', 'missing.severance.city']);
    expect(remarks).toEqual(['ground_unsure']);
    const court = plan(
      'court-fee',
      answer('court-fee', { type: 'property', amount: '100000', halved: null }),
    );
    expect(court.runs.map(({ label, inputs }) => [label, inputs['halved']])).toEqual([
      ['fee_whole', false],
      ['fee_halved', true],
    ]);
  });

  it('is the end of a contract, suitable work, a renewal, or the matter', () => {
    const of = (run: Plan) => (run.kind === 'runs' ? run.runs.map(({ label }) => label) : []);
    const injury = (grade: string, open: AnswerMap) =>
      of(interviews['work-injury'].plan({ situation: 'injured', decision: 'yes', grade, ...open }, TODAY));
    const end = { insured: 'yes', contract_end: null };
    expect(injury('7', end)).toEqual(['leaving', 'staying']);
    expect(injury('6', { ...end, suitable_work: 'no' })).toEqual(['leaving', 'staying']);
    expect(injury('6', { ...end, suitable_work: null })).toEqual(['leaving', 'placed', 'not_placed']);
    const kept = { insured: null, suitable_work: null, contract_end: 'still_working' };
    expect(injury('5', kept)).toEqual(
      ['insured', 'uninsured'].flatMap((who) => [`${who}_placed`, `${who}_not_placed`]),
    );
    expect(injury('5', { ...kept, contract_end: 'employee_resigns' })).toEqual(['insured', 'uninsured']);
    expect(injury('5', { insured: 'yes', suitable_work: 'no', contract_end: 'retired' })).toEqual([null]);
    const expired = { ...severed, ground: 'expiry', renewal_refused: null };
    expect(of(plan('severance', answer('severance', expired)))).toEqual([
      'renewal_offered',
      'renewal_not_offered',
    ]);
    const aid = { criminal: 'no', exempt: 'none', matter: null, status: [], hardship: 'yes' };
    expect(plan('legal-aid', answer('legal-aid', aid)).runs[0]?.inputs).toMatchObject({ matter: 'unknown' });
  });

  it('or said to be missing: an industry, a rate, a hospital day', () => {
    const loan = {
      ...{ licensed: 'no', written: '100000', received: null, contract_date: '2022-03-01', start_date: null },
      ...{
        filed: 'no',
        rate_kind: 'monthly',
        rate_month: null,
        has_due_date: 'no',
        end_date: null,
        rewritten: 'no',
      },
    };
    const { runs, missing } = plan('loan-interest', answer('loan-interest', loan));
    expect(runs.map(({ label, inputs }) => [label, inputs['agreed_rate_bp']])).toEqual([
      ['no_interest_agreed', 0],
      ['highest_rate_allowed', 100_000],
    ]);
    expect(runs[0]?.inputs).toMatchObject({ start_date: '2022-03-01', end_date: TODAY });
    expect(missing).toContain('missing.loan-interest.rate_month');
  });
});

describe('from a citizen’s words to inputs', () => {
  it('turns 月息 into a yearly rate, a rewritten note into a first loan', () => {
    const answers = answer('loan-interest', {
      ...{ licensed: 'no', written: '120000', received: '110000', contract_date: '2024-01-01' },
      ...{ start_date: '2024-01-01', filed: 'no', rate_kind: 'monthly', rate_month: '1.5' },
      ...{ has_due_date: 'yes', due_date: '2025-01-01', overdue_kind: 'yearly', overdue_year: '24' },
      ...{
        end_date: '2026-01-01',
        rewritten: 'yes',
        first_principal: '100000',
        first_date: '2023-01-01',
      },
    });
    expect(plan('loan-interest', answers).runs[0]?.inputs).toEqual({
      ...{ principal_fen: 12_000_000, delivered_fen: 11_000_000, contract_date: '2024-01-01' },
      ...{ due_date: '2025-01-01', original_principal_fen: 10_000_000, original_date: '2023-01-01' },
      ...{ start_date: '2024-01-01', end_date: '2026-01-01', agreed_rate_bp: 1800, overdue_rate_bp: 2400 },
    });
    expect(refusal('loan-interest', answers, 'received', '120000.01')).toBe('contradiction');
  });

  it('counts the days of a leaver’s year and of a newcomer’s', () => {
    const leave = {
      total_years: '12',
      excluded: 'no',
      mode: 'leaving',
      joined: '2020-05-01',
      last_day: '2026-07-19',
    };
    const rest = { taken: '2', average: '8700', waiver: 'no' };
    expect(plan('annual-leave', answer('annual-leave', { ...leave, ...rest })).runs[0]?.inputs).toMatchObject(
      {
        days_elapsed: 200,
        total_service_years: '12',
      },
    );
    const newcomer = { total_years: '12', excluded: 'no', mode: 'new_hire', joined: '2026-07-01' };
    expect(
      plan('annual-leave', answer('annual-leave', { ...newcomer, ...rest })).runs[0]?.inputs,
    ).toMatchObject({
      days_remaining: 184,
    });
  });

  it('asks for the shifts of a broken month only where there is one', () => {
    const hired = { start_date: '2025-03-10', signed: 'yes', signed_date: '2025-08-20', still_there: 'yes' };
    const broken = answer('double-wage', { ...hired, month_wage: '5000', shifts: '7', refused: 'no' });
    expect(plan('double-wage', broken).runs[0]?.inputs).toMatchObject({ partial_workdays: 7 });
    expect(refusal('double-wage', broken, 'shifts', '11')).toBe('contradiction');
    const whole = answer('double-wage', { ...hired, signed_date: '2025-08-10', month_wage: '5000' });
    expect(interviewState(interviews['double-wage'], whole)).toMatchObject({ questionId: 'refused' });
  });

  it('hands typed figures over as typed', () => {
    const hurt = {
      ...{ tort_date: '2026-03-01', at_work: 'no', traffic: 'no', outcome: 'injured', appraised: 'yes' },
      ...{ grades: [{ grade: '8' }, { grade: '10' }], age: '40', medical: '20000', future_medical: '0' },
      ...{
        pay_kind: 'cannot_prove',
        industry: 'agriculture',
        lost_days: '90',
        care_days: '30',
        carers: null,
      },
      ...{ carer_pay: 'by_month', carer_month: '4500', long_care: 'no', transport: '500', lodging: '0' },
      ...{ hospital_days: '15', meal_day: '100', nutrition_days: '10', nutrition_day: null },
      ...{ devices: [{ unit: '3000', cycle: '5', years: '20', maintenance: null }] },
      ...{
        dependants: [{ who: 'minor', age: '8', sharers: '2' }],
        mental: '3000',
        liability: '70',
        other_province: 'no',
      },
    };
    expect(plan('injury-damages', answer('injury-damages', hurt)).runs[0]?.inputs).toMatchObject({
      ...{ kind: 'injury', age: 40, grades: [8, 10], liability_bp: 7000, hospital_days: 15 },
      lost_wages: { industry: 'agriculture', days: 90 },
      care: [{ days: 30, persons: 1, annual_fen: 5_400_000 }],
      device: [{ unit_fen: 300_000, cycle_years: 5, years: 20, maintenance_fen: 0 }],
      dependants: [{ type: 'minor', age: 8, share_n: 2 }],
      typed: { hospital_meal_day_fen: 10_000 },
    });
    const grown = { ...hurt, dependants: [{ who: 'minor', age: '18', sharers: '2' }] };
    expect(() => answer('injury-damages', grown)).toThrow('dependants.age: contradiction');
  });
});

describe('a figure', () => {
  const loan = {
    ...{ licensed: 'no', written: '100000', received: '100000', contract_date: '2026-10-10' },
    ...{ start_date: '2026-10-10', filed: 'no', rate_kind: 'yearly', rate_year: '24', has_due_date: 'no' },
    ...{ end_date: '2026-11-20', rewritten: 'no' },
  };
  const form = interviews['loan-interest'];
  const ids = (answers: AnswerMap) => visibleQuestions(form, answers).map(({ id }) => id);
  const answers = answer('loan-interest', loan);
  const typed = answer('loan-interest', { ...loan, lpr: '2.9' });

  it('is asked for only where a sheet wants it, and stands among the answers once it was typed in', () => {
    expect(interviewState(form, answers)).toEqual({ kind: 'review' });
    expect(ids(answers)).not.toContain('lpr');
    expect(figureQuestions(form, answers, []).map(({ id }) => id)).toEqual([]);
    expect(figureQuestions(form, answers, ['lpr_bp', 'min_wage_fen']).map(({ id }) => id)).toEqual(['lpr']);
    expect(ids(typed).at(-1)).toBe('lpr');
    expect(plan('loan-interest', typed).runs[0]?.inputs).toMatchObject({ typed: { lpr_bp: 290 } });
    expect(plan('loan-interest', answers).runs[0]?.inputs).not.toHaveProperty('typed');
  });

  it('is left to the table again by whoever does not know it', () => {
    const read = acceptAnswer(form, typed, 'lpr', null, TODAY);
    expect(read).toEqual({ ok: true, value: answers });
    expect(plan('loan-interest', typed).missing).toEqual([]);
  });

  it('holds for the days and places it was typed for, and for other answers as well', () => {
    const changed = (id: InterviewId, given: AnswerMap, question: string, raw: unknown) => {
      const read = acceptAnswer(interviews[id], given, question, raw, TODAY);
      if (!read.ok) throw new Error(read.failure.code);
      return read.value;
    };
    expect(changed('loan-interest', typed, 'rate_year', '20')).toHaveProperty('lpr', '2.9');
    expect(changed('loan-interest', typed, 'end_date', '2026-11-20')).toHaveProperty('lpr', '2.9');
    expect(changed('loan-interest', typed, 'end_date', '2026-11-21')).not.toHaveProperty('lpr');
    const left = { start_date: '2020-01-01', city: 'CN-5303', local_average: 700_000 };
    expect(changed('severance', left, 'city', 'CN-5304')).not.toHaveProperty('local_average');
    expect(changed('severance', left, 'protected', 'no')).toHaveProperty('local_average', 700_000);
  });

  it('is read back with the other answers, and refused where it cannot be read', () => {
    const back = (given: unknown) => readAnswers(form, JSON.parse(JSON.stringify(given)), TODAY);
    expect(back(typed)).toEqual(typed);
    expect(back({ ...answers, lpr: null })).toEqual(answers);
    expect(back({ ...answers, lpr: '20.01' })).toBeNull();
    expect(back({ ...answers, lpr: {} })).toBeNull();
  });

  it('has a question wherever a calculator of the interview may want it', () => {
    const asked = (id: InterviewId) =>
      interviews[id].questions.flatMap(({ figure }) => (figure === undefined ? [] : [figure]));
    expect(Object.fromEntries(Object.keys(interviews).map((id) => [id, asked(id as InterviewId)]))).toEqual({
      'work-injury': [
        'avg_month_cap_fen',
        'avg_month_nursing_fen',
        'avg_month_funeral_fen',
        'avg_month_lump_fen',
        'hospital_meal_day_fen',
        'min_wage_fen',
        'national_income_fen',
      ],
      'injury-damages': [
        'urban_income_fen',
        'urban_consumption_fen',
        'avg_wage_year_fen',
        'industry_wage_fen',
        'caregiver_day_fen',
        'hospital_meal_day_fen',
        'nutrition_day_fen',
      ],
      traffic: [],
      severance: ['local_avg_month_fen', 'min_wage_fen'],
      'double-wage': [],
      overtime: [],
      'annual-leave': [],
      'court-fee': ['court_base_fen', 'court_base_fen', 'court_base_fen'],
      'legal-aid': [],
      'loan-interest': ['lpr_bp'],
      'loan-delay': [],
      consumer: [],
    });
  });
});

describe('legal aid', () => {
  const about = (matter: string, status: readonly string[]): AnswerMap =>
    answer('legal-aid', { criminal: 'no', exempt: 'none', matter, status });
  const [migrant, disabled] = ['migrant_worker_pay_or_work_injury', 'no_income_disabled'];

  it('takes the circumstance that spares the check in any matter before the migrant worker’s', () => {
    expect(plan('legal-aid', about('traffic_injury', [migrant, disabled])).runs[0]?.inputs).toMatchObject({
      status: disabled,
    });
  });

  it('asks about hardship unless the check is spared', () => {
    const asksHardship = (answers: AnswerMap): boolean =>
      interviewState(interviews['legal-aid'], answers).kind === 'asking';
    expect(asksHardship(about('traffic_injury', []))).toBe(true);
    expect(asksHardship(about('traffic_injury', [migrant]))).toBe(true);
    expect(asksHardship(about('traffic_injury', [disabled]))).toBe(false);
    expect(asksHardship(about('work_injury', [migrant]))).toBe(false);
  });

  it('hands over no circumstance where none applies', () => {
    const answers = { ...about('pension', []), hardship: 'yes' };
    expect(plan('legal-aid', answers).runs[0]?.inputs).toMatchObject({ status: 'none' });
  });
});
