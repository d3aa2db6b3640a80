import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParameterTable } from '../../../tools/calc/parameters.ts';
import { calculate } from '../compensation/index.ts';
import {
  acceptAnswer,
  interviewState,
  toCalculation,
  workInjuryInterview,
  type AnswerMap,
  type Question,
} from './index.ts';

const table = readParameterTable(join(import.meta.dirname, '../../../content/parameters'));
const TODAY = '2026-11-22';

/** An answer a citizen might give, mostly sensible, sometimes at the edge. */
function rawAnswer(question: Question): fc.Arbitrary<unknown> {
  const unknown = question.unknownAllowed ? [fc.constant(null)] : [];
  switch (question.kind) {
    case 'choice':
    case 'several':
      return fc.oneof(fc.constantFrom(...question.options), ...unknown);
    case 'money':
      return fc.oneof(fc.constantFrom('0', '0.01', '3000', '6000.5', '1000000', '100000000'), ...unknown);
    case 'number':
      return fc.oneof(fc.constantFrom('0', '0.5', '1', '2', '13', '30', '60', '3650'), ...unknown);
    case 'date':
      return fc.constantFrom('2011-01-01', '2015-06-30', '2024-02-29', '2026-03-01', TODAY);
  }
}

/** Walks to the review or a stop, answering as generated; a refused answer is tried again. */
function walk(generate: fc.GeneratorValue): AnswerMap | null {
  let answers: AnswerMap = {};
  for (let turn = 0; turn < 400; turn += 1) {
    const state = interviewState(workInjuryInterview, answers);
    if (state.kind === 'review') return answers;
    if (state.kind === 'stopped') return null;
    const question = workInjuryInterview.questions.find(({ id }) => id === state.questionId)!;
    const accepted = acceptAnswer(
      workInjuryInterview,
      answers,
      question.id,
      generate(rawAnswer, question),
      TODAY,
    );
    if (accepted.ok) answers = accepted.value;
  }
  throw new Error('the interview does not end');
}

describe('a finished interview', () => {
  it('is always something the calculators accept', () => {
    let finished = 0;
    fc.assert(
      fc.property(fc.gen(), (generate) => {
        const answers = walk(generate);
        if (answers === null) return;
        finished += 1;
        const { calculations, missing } = toCalculation(answers, TODAY);
        expect(calculations.length).toBeGreaterThan(0);
        for (const { calculator, inputs } of calculations)
          expect(
            calculate(calculator, JSON.parse(JSON.stringify(inputs)), table, { today: TODAY }),
          ).toMatchObject({ ok: true });
        expect(missing).toEqual(Object.keys(answers).filter((id) => answers[id] === null));
      }),
      { numRuns: 1500 },
    );
    expect(finished).toBeGreaterThan(100);
  });
});
