import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from '../compensation/index.ts';
import {
  acceptAnswer,
  interviewState,
  rawFromAnswer,
  interviews,
  visibleQuestions,
  type AnswerMap,
  type Plan,
  type Question,
} from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';
const interview = interviews['work-injury'];

function planOf(answers: AnswerMap): Extract<Plan, { kind: 'runs' }> {
  const plan = interview.plan(answers, TODAY);
  if (plan.kind !== 'runs') throw new Error(plan.reason);
  return plan;
}

/** Answers one after the other as a citizen would; fails the test where one is refused. */
function answer(raw: Readonly<Record<string, unknown>>, start: AnswerMap = {}): AnswerMap {
  return Object.entries(raw).reduce<AnswerMap>((answers, [id, value]) => {
    const accepted = acceptAnswer(interview, answers, id, value, TODAY);
    if (!accepted.ok) throw new Error(`${id}: ${accepted.failure.code}`);
    return accepted.value;
  }, start);
}

/** The same answers in the order in which they are asked. */
const inOrder = (raw: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(interview.questions.filter(({ id }) => id in raw).map(({ id }) => [id, raw[id]]));

const refusal = (answers: AnswerMap, id: string, value: unknown): string | null => {
  const accepted = acceptAnswer(interview, answers, id, value, TODAY);
  return accepted.ok ? null : accepted.failure.code;
};

const injured = {
  situation: 'injured',
  worker: 'employee',
  employer_licensed: 'yes',
  aged_16: 'yes',
  injury_date: '2026-03-01',
  decision: 'no',
  cause: 'working',
  arrangement: 'direct',
  excluded: 'no',
  insured: 'yes',
};
/** The authority has decided: nothing about that is asked again. */
const recognised = {
  situation: 'injured',
  worker: 'employee',
  employer_licensed: 'yes',
  aged_16: 'yes',
  injury_date: '2026-03-01',
  decision: 'yes',
  cause: 'working',
  insured: 'yes',
};
const rest = {
  grade: '10',
  wage: '6000',
  nursing_level: 'none',
  contract_end: 'employee_resigns',
  contract_end_date: '2026-11-01',
  hospital_days: '12',
  medical: '18000',
  third_party: 'no',
  sl_months: '3',
  sl_wage: '6000',
  sl_paid: '0',
  sl_nursing: '0',
};
const finished = { ...recognised, ...rest };

describe('work-injury interview', () => {
  it('starts with what happened', () => {
    expect(interviewState(interview, {})).toMatchObject({
      kind: 'asking',
      questionId: 'situation',
      position: 1,
    });
  });

  it.each([
    ['a decision in hand', finished],
    ['none yet', { ...injured, ...rest }],
  ])('asks one after the other up to the review, with %s', (_, given: Readonly<Record<string, unknown>>) => {
    const order: string[] = [];
    let answers: AnswerMap = {};
    for (
      let state = interviewState(interview, answers);
      state.kind === 'asking';
      state = interviewState(interview, answers)
    ) {
      order.push(state.questionId);
      answers = answer({ [state.questionId]: given[state.questionId] }, answers);
    }
    expect(order).toEqual(Object.keys(given));
    expect(interviewState(interview, answers)).toEqual({ kind: 'review' });
  });

  it.each([
    ['civil_servant', { situation: 'injured', worker: 'civil_servant' }],
    ['owner', { situation: 'injured', worker: 'owner' }],
    ['unlicensed_employer', { situation: 'injured', worker: 'employee', employer_licensed: 'no' }],
    ['under_16', { situation: 'injured', worker: 'employee', employer_licensed: null, aged_16: 'no' }],
    ['before_2011', { ...injured, injury_date: '2010-12-31' }],
    ['illness_survived', { ...injured, cause: 'sudden_illness' }],
    [
      'illness_after_48_hours',
      { ...injured, situation: 'died', cause: 'sudden_illness', within_48_hours: 'no' },
    ],
    ['mainly_at_fault', { ...injured, cause: 'commute', traffic_liability: 'main' }],
    ['drunk', { ...injured, excluded: 'drunk' }],
    ['self_harm', { ...injured, excluded: 'self_harm' }],
  ])('stops with %s', (reason, raw) => {
    const answers = answer(raw);
    expect(interviewState(interview, answers)).toEqual({ kind: 'stopped', reason });
    expect(visibleQuestions(interview, answers).at(-1)?.id).toBe(
      Object.keys(raw)
        .filter((id) => visibleQuestions(interview, answers).some((question) => question.id === id))
        .at(-1),
    );
  });

  it('gives every stop a way on: changing the answer', () => {
    const stopped = answer({ ...injured, excluded: 'drunk' });
    expect(interviewState(interview, answer({ excluded: 'no' }, stopped)).kind).toBe('asking');
  });

  it('keeps later answers when an earlier one changes, unless they became pointless', () => {
    const answers = answer(finished);
    const moved = answer({ grade: '3' }, answers);
    expect(moved).not.toHaveProperty('contract_end');
    expect(moved).toMatchObject({ wage: 600000, medical: 1800000 });
    expect(interviewState(interview, moved)).toMatchObject({ questionId: 'retired' });
    const died = answer({ situation: 'died' }, answers);
    expect(Object.keys(died)).not.toContain('medical');
    expect(died['injury_date']).toBe('2026-03-01');
  });

  it('asks again what a change made contradictory', () => {
    const answers = answer({ injury_date: '2026-11-10' }, answer(finished));
    expect(interviewState(interview, answers)).toMatchObject({ questionId: 'contract_end_date' });
  });

  it('refuses contradictions', () => {
    const answers = answer(finished);
    expect(refusal(answers, 'contract_end_date', '2026-02-01')).toBe('contradiction');
    const paid = answer({ third_party: 'yes' }, answers);
    expect(refusal(paid, 'third_party_paid', '18000.01')).toBe('contradiction');
    expect(refusal(answer({ ...injured, situation: 'died' }), 'death_date', '2026-02-28')).toBe(
      'contradiction',
    );
  });

  it.each([
    ['injury_date', '2026-02-30', 'not_a_date'],
    ['injury_date', '2026-11-23', 'in_the_future'],
    ['injury_date', '1949-01-01', 'too_early'],
    ['injury_date', null, 'empty'],
    ['wage', '9000000000', 'too_large'],
    ['wage', '9'.repeat(40), 'too_large'],
    ['wage', '-5', 'too_small'],
    ['wage', '0', 'too_small'],
    ['wage', '1.234', 'too_many_decimals'],
    ['wage', '六千', 'not_a_number'],
    ['wage', '  ', 'empty'],
    ['hospital_days', '1.5', 'too_many_decimals'],
    ['hospital_days', '3651', 'too_large'],
    ['sl_months', '1.25', 'too_many_decimals'],
    ['grade', '11', 'not_an_option'],
    ['grade', ['1'], 'empty'],
    ['cause', "'; DROP TABLE", 'not_an_option'],
  ])('refuses %s = %j as %s', (id, raw, code) => {
    expect(refusal(answer(injured), id, raw)).toBe(code);
  });

  it('reads halves of months and gives answers back as typed', () => {
    const answers = answer({ ...finished, sl_months: '1.5', wage: '6000.50' });
    expect(answers['sl_months']).toBe('1.5');
    const raw = (id: string) =>
      rawFromAnswer(
        interview.questions.find((question) => question.id === id)!,
        answers[id]!,
      );
    expect([
      raw('sl_months'),
      raw('wage'),
      raw('medical'),
      raw('sl_nursing'),
      raw('grade'),
      raw('hospital_days'),
    ]).toEqual(['1.5', '6000.5', '18000', '0', '10', '12']);
  });

  it('reaches an end on any path, and its answers are read back the same', () => {
    const options = (question: Question): fc.Arbitrary<unknown> =>
      question.kind === 'choice'
        ? fc.constantFrom(...question.options, ...(question.unknownAllowed ? [null] : []))
        : question.kind === 'date'
          ? fc.constantFrom('2026-03-01', '2026-05-31')
          : fc.constantFrom('0.5', '1', '13', null);
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        let answers: AnswerMap = {};
        for (let turn = 0; turn < 200; turn += 1) {
          const state = interviewState(interview, answers);
          if (state.kind !== 'asking') return;
          expect(state.position).toBeLessThanOrEqual(state.total);
          const question = visibleQuestions(interview, answers)[state.position - 1]!;
          const accepted = acceptAnswer(interview, answers, question.id, generate(options, question), TODAY);
          if (accepted.ok) answers = accepted.value;
        }
        expect(interviewState(interview, answers).kind).not.toBe('asking');
      }),
      { numRuns: 60 },
    );
  });

  it('never throws on what a broken screen may send', () => {
    fc.assert(
      fc.property(fc.constantFrom(...interview.questions.map(({ id }) => id)), fc.jsonValue(), (id, raw) => {
        acceptAnswer(interview, {}, id, raw, TODAY);
      }),
    );
  });
});

describe('from answers to calculations', () => {
  it('hands over the inputs of wi.benefits', () => {
    const outcome = planOf(answer(finished));
    expect(outcome.runs).toHaveLength(2);
    expect(outcome.runs[0]).toMatchObject({
      calculator: 'wi.benefits',
      label: null,
      inputs: {
        insured: true,
        grade: 10,
        avg_contrib_wage_fen: 600000,
        medical_fen: 1800000,
        sl_months: '3',
        contract_end: 'employee_resigns',
      },
    });
    expect(outcome.missing).toEqual([]);
  });

  it('leads through the gate and names the deadlines until there is a decision', () => {
    const undecided = planOf(answer({ ...injured, ...rest }));
    expect(undecided.runs.map(({ calculator, inputs }) => [calculator, inputs])).toEqual([
      ['wi.gate', { cause: 'working', arrangement: 'direct' }],
      ['wi.benefits', expect.anything()],
      ['wi.deadlines', { start_date: '2026-03-01', relation_end_date: '2026-11-01' }],
    ]);
    expect(undecided.times).toEqual([
      'employer_applies_late',
      'own_delay',
      'decision_days',
      'object_to_grade',
      'arbitration_about_money',
    ]);
    const decided = planOf(answer(finished));
    expect(decided.runs.map(({ calculator, inputs }) => [calculator, inputs])).toEqual([
      ['wi.benefits', expect.anything()],
      ['wi.deadlines', { start_date: '2026-03-01', decided: true, relation_end_date: '2026-11-01' }],
    ]);
    expect(decided.times).toEqual(['object_to_decision', 'object_to_grade', 'arbitration_about_money']);
    expect(planOf(answer({ ...recognised, grade: 'not_yet' })).times).toEqual([
      'object_to_decision',
      'appraisal_days',
      'arbitration_about_money',
    ]);
  });

  it.each<[object, object]>([
    [{ worker: 'over_age' }, { worker: 'over_age', cause: 'working' }],
    [{ cause: null }, { cause: 'other' }],
    [{ situation: 'occupational_disease' }, { cause: 'occupational_disease' }],
    [{ arrangement: 'subcontract' }, { cause: 'working', arrangement: 'subcontract' }],
    [{ arrangement: null }, { cause: 'working' }],
    [
      { cause: 'commute', traffic_liability: 'no_document' },
      { cause: 'commute', traffic_liability: 'unknown' },
    ],
    [
      { cause: 'commute', traffic_liability: null },
      { cause: 'commute', traffic_liability: 'unknown' },
    ],
    [
      { cause: 'commute', traffic_liability: 'minor' },
      { cause: 'commute', traffic_liability: 'minor' },
    ],
    [
      { situation: 'died', cause: 'sudden_illness', within_48_hours: 'yes' },
      { cause: 'sudden_illness', died_within_48_hours: true },
    ],
    [
      { situation: 'died', cause: 'sudden_illness', within_48_hours: null },
      { cause: 'sudden_illness', died_within_48_hours: null },
    ],
  ])('hands %j over to the gate', (change, inputs) => {
    const [gate] = planOf(answer(inOrder({ ...injured, arrangement: null, ...change }))).runs;
    expect(gate).toEqual({ calculator: 'wi.gate', label: null, inputs });
    expect(calculate('wi.gate', gate?.inputs, table, { today: TODAY }).ok).toBe(true);
  });

  it('computes both ways when the insurance is not known', () => {
    const { runs, missing, remarks } = planOf(answer({ ...injured, ...rest, insured: null }));
    expect(runs.map(({ calculator, label }) => [calculator, label])).toEqual([
      ['wi.gate', null],
      ['wi.benefits', 'insured'],
      ['wi.benefits', 'uninsured'],
      ['wi.deadlines', null],
    ]);
    expect(missing).toEqual(['missing.insured']);
    expect(remarks).toEqual([
      'apply_for_decision',
      'insurance_unknown',
      'leaving_severance',
      'outside_treatment',
      'second_injury',
    ]);
  });

  it('leaves the grade out when there is none', () => {
    const { runs, remarks } = planOf(answer({ ...recognised, grade: null }));
    expect(runs[0]?.inputs).toMatchObject({ grade: 0 });
    expect(runs[0]?.inputs).not.toHaveProperty('avg_contrib_wage_fen');
    expect(remarks).toContain('appraisal_first');
  });

  it('names the survivors', () => {
    const died = {
      ...recognised,
      situation: 'died',
      third_party: 'no',
      death_date: '2026-03-02',
      death_type: 'accident',
      survivor_spouse: 'yes',
      survivor_children: '2',
      survivor_parents: '1',
      survivor_others: '0',
      orphans: '0',
      lonely_elders: '1',
      survivor_wage: '7000',
    };
    const answers = answer(died);
    expect(interviewState(interview, answers)).toEqual({ kind: 'review' });
    expect(planOf(answers).runs[0]?.inputs['survivors']).toEqual([
      { relation: 'spouse', orphan_or_lonely: false },
      { relation: 'child', orphan_or_lonely: false },
      { relation: 'child', orphan_or_lonely: false },
      { relation: 'parent', orphan_or_lonely: true },
    ]);
  });

  it('asks little about the missing', () => {
    const answers = answer({
      situation: 'missing',
      worker: 'employee',
      employer_licensed: 'yes',
      aged_16: 'yes',
      arrangement: null,
      insured: 'yes',
      missing_date: '2026-02-15',
      month_wage: '6000',
      hardship: 'yes',
    });
    expect(interviewState(interview, answers)).toEqual({ kind: 'review' });
    expect(planOf(answers).runs).toEqual([
      { calculator: 'wi.gate', label: null, inputs: { cause: 'business_trip' } },
      {
        calculator: 'wi.missing',
        label: null,
        inputs: { accident_date: '2026-02-15', month_wage_fen: 600000, hardship: true, insured: true },
      },
      { calculator: 'wi.deadlines', label: null, inputs: { start_date: '2026-02-15' } },
    ]);
  });
});
