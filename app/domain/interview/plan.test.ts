import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from '../compensation/index.ts';
import {
  acceptAnswer,
  interviews,
  interviewState,
  type AnswerMap,
  type Interview,
  type Question,
} from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';
const DAYS = [
  '2008-01-01',
  '2011-01-01',
  '2015-06-30',
  '2020-08-20',
  '2022-05-01',
  '2024-02-29',
  '2026-03-01',
];

/** An answer a citizen might give, mostly sensible, sometimes at the edge. */
function rawAnswer(question: Question): fc.Arbitrary<unknown> {
  const unknown = question.unknownAllowed ? [fc.constant(null)] : [];
  switch (question.kind) {
    case 'choice':
      return fc.oneof(fc.constantFrom(...question.options), ...unknown);
    case 'several':
      return fc.oneof(fc.subarray([...question.options], { maxLength: question.max }), ...unknown);
    case 'money':
      return fc.oneof(
        fc.constantFrom('0', '0.01', '60', '3000', '6000.5', '1000000', '100000000'),
        ...unknown,
      );
    case 'number':
      return fc.oneof(
        fc.constantFrom('0', '0.5', '1', '2', '7.25', '13', '30', '60', '100', '3650'),
        ...unknown,
      );
    case 'date':
      return fc.constantFrom(...DAYS, TODAY);
    case 'entries':
      return fc.oneof(fc.constant([]), ...unknown);
  }
}

interface Form {
  questions: readonly Question[];
}

/** Walks to the review or a stop, answering as generated; a refused answer is tried again. */
function walk(generate: fc.GeneratorValue, form: Form, around: AnswerMap = {}): AnswerMap | null {
  let answers: AnswerMap = {};
  for (let turn = 0; turn < 600; turn += 1) {
    const state = interviewState(form, answers, around);
    if (state.kind === 'review') return answers;
    if (state.kind === 'stopped') return null;
    const question = form.questions.find(({ id }) => id === state.questionId)!;
    let raw: unknown;
    if (question.kind === 'entries' && !(question.unknownAllowed && generate(fc.nat, { max: 4 }) === 0)) {
      const around = answers;
      const count = generate(fc.integer, {
        min: question.min,
        max: Math.min(question.max, question.min + 2),
      });
      raw = Array.from({ length: count }, () => walk(generate, question, around)).filter(
        (each) => each !== null,
      );
    } else raw = question.kind === 'entries' ? null : generate(rawAnswer, question);
    const accepted = acceptAnswer(form, answers, question.id, raw, TODAY, around);
    if (accepted.ok) answers = accepted.value;
  }
  return null;
}

describe.each(Object.values(interviews).map((interview) => [interview.id, interview] as const))(
  'a finished interview of %s',
  (_, interview: Interview) => {
    it('is always something the calculators accept', () => {
      let finished = 0;
      fc.assert(
        fc.property(fc.gen(), (generate) => {
          const answers = walk(generate, interview);
          if (answers === null) return;
          finished += 1;
          const plan = interview.plan(answers, TODAY);
          if (plan.kind === 'stopped') return;
          expect(plan.runs.length).toBeGreaterThan(0);
          for (const { calculator, inputs } of plan.runs)
            expect(
              calculate(calculator, JSON.parse(JSON.stringify(inputs)), table, { today: TODAY }),
              JSON.stringify({ calculator, inputs, answers }),
            ).toMatchObject({ ok: true });
        }),
        { numRuns: 600 },
      );
      expect(finished).toBeGreaterThan(50);
    });
  },
);
