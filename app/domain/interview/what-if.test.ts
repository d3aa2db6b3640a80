import { describe, expect, it } from 'vitest';

import { entriesOf, formatSupposed, interviews, whatIfs, type AnswerMap, type InterviewId } from './index.ts';
import { accident, answer, CAR, TODAY } from './plans.samples.ts';

describe('what-if', () => {
  const ways = (id: InterviewId, answers: AnswerMap) =>
    whatIfs(interviews[id], answers, TODAY).map(({ questionId, way }) => `${questionId} ${way}`);

  it('offers other answers, with what they would ask besides', () => {
    const answers = answer('consumer', { food: 'no', price: '60', evidence: 'yes' });
    const food = answer('consumer', { food: 'yes', price: '60', loss: '0', evidence: 'yes' });
    const other = { questionId: 'food', fieldId: null };
    expect(whatIfs(interviews.consumer, answers, TODAY)).toEqual([{ ...other, way: 'yes', answers: food }]);
    expect(whatIfs(interviews.consumer, food, TODAY)).toEqual([{ ...other, way: 'no', answers }]);
  });

  it('offers none that leaves a question open', () => {
    const hurt = { situation: 'injured', decision: 'yes', insured: 'yes', grade: '9', wage: 600_000 };
    expect(ways('work-injury', hurt)).toEqual([]);
    const court = answer('court-fee', { type: 'property', amount: '1000', halved: 'no' });
    expect(ways('court-fee', court)).toEqual(['halved yes']);
  });

  it('tries other shares: of liability, of one vehicle, of two against each other', () => {
    const one = answer('traffic', accident);
    expect(ways('traffic', one)).toEqual(['mental_first no', 'vehicles 1', 'vehicles 2', 'vehicles 4']);
    const own = { ...CAR, side: 'ours', share: '30' };
    const both = answer('traffic', { ...accident, vehicles: [CAR, own] });
    const pairs = whatIfs(interviews.traffic, both, TODAY).filter(({ fieldId }) => fieldId === 'share');
    expect(pairs.map(({ answers }) => entriesOf(answers, 'vehicles').map(({ share }) => share))).toEqual([
      [0, 100],
      [30, 70],
      [50, 50],
      [100, 0],
    ]);
    const innocent = { ...own, at_fault: 'no', share: '0' };
    const whole = answer('traffic', { ...accident, vehicles: [{ ...CAR, share: '90' }, innocent] });
    expect(ways('traffic', whole)).toEqual(['mental_first no', 'vehicles 1']);
  });

  it('tries one grade heavier and one lighter, where there is one', () => {
    const graded = (...grades: readonly string[]): AnswerMap => ({
      ...{ tort_date: '2026-03-01', outcome: 'injured', appraised: 'yes', liability: 100 },
      grades: grades.map((grade) => ({ grade })),
    });
    const tried = (answers: AnswerMap) =>
      interviews['injury-damages'].whatIf
        .find(({ field }) => field === 'grade')
        ?.ways(answers, TODAY)
        .map(({ grades }) => grades);
    expect(tried(graded('9'))).toEqual([[{ grade: '8' }], [{ grade: '10' }]]);
    expect(tried(graded('10'))).toEqual([[{ grade: '9' }]]);
    expect(tried(graded('1'))).toEqual([[{ grade: '2' }]]);
    expect(tried(graded('9', '10'))).toEqual([]);
    expect(tried({})).toEqual([]);
  });

  it('tries staying until more months of severance are paid', () => {
    const left = {
      ...{ start_date: '2020-03-15', still_there: 'no', last_day: '2026-09-13', ground: 'agreed' },
      ...{ wage_total: '96000', wage_months: '12', city: null, protected: 'no', pension: 'no' },
      ...{ unsigned: 'no', other_pay: 'no' },
    };
    expect(ways('severance', answer('severance', left))).toEqual(['ground no_reason', 'last_day 2026-09-14']);
    const there = answer('severance', { ...left, still_there: 'yes', last_day: undefined });
    const [staying] = whatIfs(interviews.severance, there, TODAY).filter(
      ({ questionId }) => questionId === 'last_day',
    );
    expect(staying?.answers).toMatchObject({ still_there: 'no', last_day: '2027-03-15' });
  });

  it('names questions of the interview only, and ends each in the words of its answer', () => {
    for (const { questions, whatIf } of Object.values(interviews))
      for (const { question, field } of whatIf) {
        const asked = questions.find(({ id }) => id === question);
        expect(asked, question).toBeDefined();
        if (field !== undefined)
          expect(asked?.kind === 'entries' ? asked.questions.map(({ id }) => id) : []).toContain(field);
      }
    const writing = {
      say: (key: string, values?: object) => `${key}${values ? ` ${JSON.stringify(values)}` : ''}`,
      money: String,
      day: (iso: string) => iso,
    };
    const both = answer('traffic', { ...accident, vehicles: [CAR, { ...CAR, share: '30' }] });
    const share = { questionId: 'vehicles', fieldId: 'share' };
    expect(formatSupposed(interviews.traffic, share, both, writing)).toEqual({
      title: 'question.traffic.vehicles.entry.share.title',
      said: 'unit.percent {"value":"70"}separatorunit.percent {"value":"30"}',
    });
    const first = { questionId: 'mental_first', fieldId: null };
    expect(formatSupposed(interviews.traffic, first, both, writing)).toEqual({
      title: 'question.traffic.mental_first.title',
      said: 'question.traffic.mental_first.option.yes',
    });
  });

  it('has something to try in every interview', () => {
    for (const { id, whatIf } of Object.values(interviews)) expect(whatIf.length, id).toBeGreaterThan(0);
  });
});
