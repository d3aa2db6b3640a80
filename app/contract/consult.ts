import { z } from 'zod';

import { NEEDS } from '../domain/consult/index.ts';
import { INTERVIEW_IDS } from '../domain/interview/interview.ts';

export const answerAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('calculate'), calculator: z.enum(INTERVIEW_IDS) }),
  z.object({ kind: z.literal('intake'), form: z.enum(['legal-aid']) }),
  z.object({ kind: z.literal('answer'), answerId: z.string(), title: z.string() }),
  z.object({ kind: z.literal('guide'), guideId: z.string(), title: z.string() }),
  z.object({ kind: z.literal('call'), number: z.string(), name: z.string() }),
]);

export const citation = z.object({
  /** Short name, e.g. 劳动合同法. */
  law: z.string(),
  /** 第三十条. */
  article: z.string(),
  /** ISO date of the version relied on. */
  version: z.string(),
  /** What the article says for this question, in our own words. */
  gist: z.string(),
});

/** An office or line that a step names; only what is certain is filled in. */
export const place = z.object({
  name: z.string(),
  kind: z.enum(['hotline', 'website', 'office', 'court', 'arbitration', 'mediation', 'notary', 'police']),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  hours: z.string().nullable(),
  free: z.boolean(),
});

export const step = z.object({
  do: z.string(),
  where: z.string().nullable(),
  deadline: z.string().nullable(),
  place: place.nullable(),
});

/** What may go wrong while one hesitates; words in screen.json under `risk.*`. */
export const risk = z.enum(['danger', 'deadline', 'evidence', 'money', 'crime']);

export const candidate = z.object({ id: z.string(), title: z.string(), topic: z.string() });

/** A guide in a list; its page is opened by its id. */
export const guideHead = z.object({ id: z.string(), title: z.string(), family: z.string() });

export const answer = z.object({
  id: z.string(),
  topic: z.string(),
  title: z.string(),
  /** The thing said first, ≤ 120 characters. */
  plain: z.string(),
  /** Who it is for, in words; empty where it is for everybody. */
  audience: z.array(z.string()),
  risks: z.array(risk),
  steps: z.array(step),
  /** Facts that would change the answer, some with the answer that they lead to. */
  dependsOn: z.array(z.object({ fact: z.string(), answer: candidate.nullable() })),
  citations: z.array(citation),
  actions: z.array(answerAction),
  /** ISO date of the last review by a person. */
  reviewedOn: z.string(),
  /** True once the review is older than the content's own maximum age. */
  stale: z.boolean(),
  /** Sensitive matters: slip title neutral, nothing read aloud without asking. */
  discreet: z.boolean(),
});

export const urgentNotice = z.object({
  kind: z.enum(['violence', 'self_harm', 'detention', 'child', 'fraud_in_progress', 'deadline']),
  numbers: z.array(z.object({ number: z.string(), name: z.string() })),
});

/** A law that is no longer in force, by its short name. */
export const repealedLaw = z.object({
  law: z.string(),
  /** Short name of the law that says so and stands in its place; null where the library does not tell. */
  by: z.string().nullable(),
  /** ISO date from which on; null where the library does not tell. */
  since: z.string().nullable(),
});

/** What goes with whatever is made of a question. */
const attached = {
  guides: z.array(guideHead),
  urgent: urgentNotice.nullable(),
  /** What is wanted; null where none of the needs is likelier than the others together. */
  need: z.enum(NEEDS).nullable(),
  /** What a short question ("那多久") was taken to go on about, as the screen names it; null for one that stands by itself. */
  about: z.string().nullable(),
  /** Laws that the question names and that must not be relied on any more. */
  repealed: z.array(repealedLaw),
};

export const consultation = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('answer'), answer, related: z.array(candidate), ...attached }),
  z.object({
    decision: z.literal('choose'),
    candidates: z.array(candidate).min(1),
    /** By answer id: the fact that would make it the right one, where the candidates differ by one. */
    facts: z.record(z.string(), z.string()).optional(),
    ...attached,
  }),
  z.object({
    decision: z.literal('handover'),
    /** `say_more`: asked for help without a word of what it is about. */
    reason: z.enum(['out_of_scope', 'not_understood', 'say_more', 'content_unavailable']),
    suggestions: z.array(candidate),
    ...attached,
  }),
  z.object({ decision: z.literal('refused'), reason: z.enum(['empty', 'too_long']) }),
]);

/** An answer found by touch, with what lies near it. */
export const openedAnswer = z.object({ answer, related: z.array(candidate), guides: z.array(guideHead) });

/** Longest question taken, in characters; the screen stops there, the core checks again. */
export const MAX_QUESTION_LENGTH = 500;

/** A law of the season for the resting screen. */
export const publicityCard = z.object({
  title: z.string(),
  sentences: z.array(z.string()),
  law: z.string(),
  article: z.string(),
});

export const topicShelf = z.object({
  topic: z.string(),
  title: z.string(),
  answers: z.array(candidate),
  /** The same under headings, where the shelf is long; the last, without a title, holds what stands under none. */
  parts: z.array(z.object({ title: z.string().nullable(), answers: z.array(candidate) })),
});

export type Answer = z.infer<typeof answer>;
export type AnswerAction = z.infer<typeof answerAction>;
export type Candidate = z.infer<typeof candidate>;
export type GuideHead = z.infer<typeof guideHead>;
export type Place = z.infer<typeof place>;
export type PublicityCard = z.infer<typeof publicityCard>;
export type Step = z.infer<typeof step>;
export type Citation = z.infer<typeof citation>;
export type Consultation = z.infer<typeof consultation>;
/** What goes with whatever is made of a question. */
export type Attached = Pick<Extract<Consultation, { decision: 'answer' }>, keyof typeof attached>;
export type OpenedAnswer = z.infer<typeof openedAnswer>;
export type RepealedLaw = z.infer<typeof repealedLaw>;
export type TopicShelf = z.infer<typeof topicShelf>;
export type UrgentNotice = z.infer<typeof urgentNotice>;
