import type { z } from 'zod';

import { urgentNotice } from '../../contract/consult.ts';
import type { UrgentNotice } from '../../contract/consult.ts';
import type { Need } from '../../domain/consult/index.ts';
import type { UrgentRecord } from '../store/content/index.ts';

type UrgentKind = z.infer<typeof urgentKind>;
const urgentKind = urgentNotice.shape.kind;

/** Most dangerous first: where two kinds match, this order decides. */
const ORDER: readonly UrgentKind[] = [
  'self_harm',
  'violence',
  'child',
  'fraud_in_progress',
  'detention',
  'deadline',
];

/** What to show before anything else, or null when a normalised text speaks of no danger. */
export type UrgentRules = (text: string) => UrgentNotice | null;

/** What to show where no word tells of danger, by how likely each answer is and what is wanted. */
export type UrgentOpinion = (answers: ArrayLike<number>, need: Need | null) => UrgentNotice | null;

type Spoken = Pick<UrgentRecord, 'kind' | 'words' | 'numbers'>;

const inOrder = <Danger extends Spoken>(records: readonly Danger[]) =>
  records
    .map((record) => ({
      ...record,
      notice: { kind: urgentKind.parse(record.kind), numbers: [...record.numbers] },
    }))
    .sort((left, right) => ORDER.indexOf(left.notice.kind) - ORDER.indexOf(right.notice.kind));

/** Reads the pack's danger words once; each is a regular expression over a normalised text. */
export function createUrgentRules(records: readonly Spoken[]): UrgentRules {
  const rules = inOrder(records).map(({ notice, words }) => ({
    notice,
    danger: new RegExp(words.map((word) => `(?:${word})`).join('|'), 'u'),
  }));
  return (text) => rules.find(({ danger }) => danger.test(text))?.notice ?? null;
}

/** Who asks so wants to know something, and is not in the middle of it. */
const CALM: ReadonlySet<Need> = new Set(['consequences', 'guide', 'calculate', 'draft', 'progress']);

/**
 * The model's opinion beside the rules, which it cannot silence: a question that is so likely about a danger as the pack
 * says raises it. `answerIds` in the order of the model.
 */
export function createUrgentOpinion(
  records: readonly UrgentRecord[],
  answerIds: readonly string[],
): UrgentOpinion {
  const dangers = inOrder(records).map(({ notice, answers, from }) => ({
    notice,
    from,
    numbers: answers.map((id) => answerIds.indexOf(id)).filter((number) => number >= 0),
  }));
  return (answers, need) => {
    if (need !== null && CALM.has(need)) return null;
    const danger = dangers.find(
      ({ numbers, from }) =>
        numbers.length > 0 && numbers.reduce((sum, number) => sum + (answers[number] ?? 0), 0) >= from,
    );
    return danger?.notice ?? null;
  };
}
