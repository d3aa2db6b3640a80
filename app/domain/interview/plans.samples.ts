import {
  acceptAnswer,
  interviews,
  interviewState,
  type AnswerMap,
  type InterviewId,
  type Plan,
} from './index.ts';

/** The day on which everything here is asked and computed. */
export const TODAY = '2026-11-22';

/** Answers in order, as a citizen would; entries are built question by question too. */
export function answer(id: InterviewId, raw: Readonly<Record<string, unknown>>): AnswerMap {
  const interview = interviews[id];
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  return given.reduce<AnswerMap>((answers, [question, value]) => {
    const list = interview.questions.find((each) => each.id === question);
    const entries =
      list?.kind === 'entries' && Array.isArray(value)
        ? value.map((entry: Readonly<Record<string, unknown>>) =>
            Object.entries(entry).reduce<AnswerMap>((own, [field, each]) => {
              const read = acceptAnswer(list, own, field, each, TODAY, answers);
              if (!read.ok) throw new Error(`${question}.${field}: ${read.failure.code}`);
              return read.value;
            }, {}),
          )
        : value;
    const read = acceptAnswer(interview, answers, question, entries, TODAY);
    if (!read.ok) throw new Error(`${question}: ${read.failure.code}`);
    return read.value;
  }, {});
}

/** Why an answer is not taken; null when it is. */
export const refusal = (
  id: InterviewId,
  answers: AnswerMap,
  question: string,
  raw: unknown,
): string | null => {
  const read = acceptAnswer(interviews[id], answers, question, raw, TODAY);
  return read.ok ? null : read.failure.code;
};

/** What a finished interview computes. */
export function plan(id: InterviewId, answers: AnswerMap): Extract<Plan, { kind: 'runs' }> {
  const state = interviewState(interviews[id], answers);
  if (state.kind !== 'review') throw new Error(`${id} is not finished: ${JSON.stringify(state)}`);
  const planned = interviews[id].plan(answers, TODAY);
  if (planned.kind !== 'runs') throw new Error(planned.reason);
  return planned;
}

/** A car of the other side, its driver mostly at fault. */
export const CAR = {
  side: 'theirs',
  ctp: 'insured',
  at_fault: 'yes',
  share: '70',
  commercial: '50',
  art22: 'no',
};
/** Somebody of our side who was on foot. */
export const WALKER = {
  side: 'ours',
  seat: 'outside',
  injury: '300000',
  mental: '10000',
  medical: '40000',
  property: '500',
  costs: '0',
};
/** The car hit the walker. */
export const accident = {
  accident_date: '2026-03-01',
  other_side: 'none',
  document: 'minor',
  vehicles: [CAR],
  victims: [WALKER],
  mental_first: 'yes',
};
