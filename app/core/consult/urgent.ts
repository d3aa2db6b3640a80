import type { z } from 'zod';

import { urgentNotice } from '../../contract/consult.ts';
import type { UrgentNotice } from '../../contract/consult.ts';
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

/** Reads the pack's danger words once; each is a regular expression over a normalised text. */
export function createUrgentRules(records: readonly UrgentRecord[]): UrgentRules {
  const rules = records
    .map(({ kind, words, numbers }) => ({
      notice: { kind: urgentKind.parse(kind), numbers: [...numbers] },
      danger: new RegExp(words.map((word) => `(?:${word})`).join('|'), 'u'),
    }))
    .sort((left, right) => ORDER.indexOf(left.notice.kind) - ORDER.indexOf(right.notice.kind));
  return (text) => rules.find(({ danger }) => danger.test(text))?.notice ?? null;
}
