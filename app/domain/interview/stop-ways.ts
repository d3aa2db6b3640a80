import type { InterviewId } from './interview.ts';

/** Where somebody goes on whom a calculator has to disappoint: a guide, an answer, or another calculator. */
export type StopWay =
  | { kind: 'guide'; id: string }
  | { kind: 'answer'; id: string }
  | { kind: 'calculate'; interview: InterviewId };

const guide = (id: string): StopWay => ({ kind: 'guide', id });
const answer = (id: string): StopWay => ({ kind: 'answer', id });

/** By the reason why there is no amount; ids are those of content/guides and content/answers. */
const WAYS: Readonly<Record<string, StopWay>> = {
  civil_servant: guide('labour.injury-civil-servant'),
  owner: guide('welfare.medical-refund'),
  unlicensed_employer: guide('labour.illegal-employment'),
  under_16: guide('labour.illegal-employment'),
  before_2011: guide('labour.old-injury'),
  illness_survived: guide('welfare.medical-refund'),
  illness_after_48_hours: guide('labour.injury-recognition'),
  mainly_at_fault: guide('traffic-police.liability-review'),
  drunk: guide('labour.injury-recognition'),
  drugs: guide('labour.injury-recognition'),
  crime: guide('labour.injury-recognition'),
  self_harm: guide('labour.injury-recognition'),
  later_death: guide('labour.injury-benefit'),
  before_2022_05: guide('injury.long-ago'),
  use_work_injury: { kind: 'calculate', interview: 'work-injury' },
  flexible_hours: answer('labour.overtime'),
  licensed_lender: guide('consumer.finance-complaint'),
};

/** The way on from a stop, or `null` where nothing in the kiosk says more than the stop itself. */
export const stopWay = (reason: string): StopWay | null => WAYS[reason] ?? null;
