import { z } from 'zod';

import { urgentNotice } from '../../app/contract/consult.ts';
import { normalise } from '../../app/core/consult/index.ts';
import { NEEDS } from '../../app/domain/consult/index.ts';
import { INTERVIEW_IDS } from '../../app/domain/interview/index.ts';

/** Shapes of the files under content/; content/README.md explains them to authors. */

const isoDate = z.iso.date('must be a date such as 2026-11-22');
const sentence = z.string().trim().min(1);
const characters = (most: number) =>
  sentence.refine((text) => [...text].length <= most, `must have at most ${most} characters`);
const regionCode = z
  .string()
  .regex(/^\d{6}$/u, 'must be an administrative code of six digits, such as 530000');
const FEWEST_PHRASINGS = 20;
const FEWEST_GUIDE_PHRASINGS = 10;

/** The twenty public names that a topic may map to. */
const PUBLIC_CLASSES = [
  '婚姻家庭',
  '劳动纠纷',
  '交通事故',
  '债权债务',
  '刑事辩护',
  '合同纠纷',
  '房产纠纷',
  '侵权',
  '公司法',
  '医疗纠纷',
  '拆迁安置',
  '行政诉讼',
  '建设工程',
  '知识产权',
  '综合咨询',
  '人身损害',
  '涉外法律',
  '海事海商',
  '消费权益',
  '抵押担保',
] as const;

const action = z.union(
  [
    z.strictObject({ calculate: z.enum(INTERVIEW_IDS) }),
    z.strictObject({ intake: z.enum(['legal-aid']) }),
    z.strictObject({ answer: sentence }),
    z.strictObject({ guide: sentence }),
    z.strictObject({ call: z.strictObject({ number: z.string().regex(/^[\d-]+$/u), name: sentence }) }),
  ],
  'must be one of calculate, intake, answer, guide, call',
);
const actions = z.array(action).min(1, 'needs at least one action: a next step must always be offered');

const step = z.strictObject({
  do: sentence,
  where: sentence.optional(),
  /** An id of places.yaml. */
  where_place: sentence.optional(),
  deadline: sentence.optional(),
});

const basis = z
  .array(
    z.strictObject({
      law: sentence,
      article: z.string().regex(/^第.+条(之.+)?$/u, 'must read 第…条'),
      version: isoDate,
      gist: sentence,
    }),
  )
  .min(1);

/** When and where an entry may be offered, and until when it counts as checked. */
const offer = {
  /** Administrative codes of the provinces, prefectures or counties it is true for; everywhere when left out. */
  region: z.array(regionCode).min(1).optional(),
  /** First and last day on which the rule holds. */
  valid_from: isoDate.optional(),
  valid_to: isoDate.optional(),
  reviewed_on: isoDate,
  max_age_days: z.number().int().positive(),
};

/** What may go wrong while one hesitates; shown as a warning above the steps. */
const RISKS = ['danger', 'deadline', 'evidence', 'money', 'crime'] as const;

const fact = z.union(
  [sentence, z.strictObject({ fact: sentence, answer: sentence })],
  'must be a sentence, or { fact, answer }',
);

export const answerSource = z.strictObject({
  id: z.string().regex(/^[a-z-]+\.[a-z0-9-]+$/u, 'must be <topic code>.<name>'),
  topic: sentence,
  /** What the question is about, where that is another topic than the shelf it stands on. */
  matter: sentence.optional(),
  title: characters(20),
  tile: sentence
    .refine((text) => [...text].length >= 2 && [...text].length <= 6, 'must have 2 to 6 characters')
    .optional(),
  /** Who it is for, where it is not for everybody. */
  audience: z.array(characters(12)).min(1).optional(),
  /** What people who ask this want. */
  needs: z.array(z.enum(NEEDS)).min(1).optional(),
  plain: characters(120),
  risk: z.array(z.enum(RISKS)).min(1).optional(),
  steps: z.array(step).min(2).max(6),
  depends_on: z.array(fact).default([]),
  basis,
  actions,
  discreet: z.boolean(),
  phrasings: z.array(sentence).min(FEWEST_PHRASINGS, `needs at least ${FEWEST_PHRASINGS} phrasings`),
  ...offer,
});

/** The exact steps of a service at an office. */
export const guideSource = z.strictObject({
  id: z.string().regex(/^[a-z-]+\.[a-z0-9-]+$/u, 'must be <family code>.<name>'),
  family: sentence,
  topic: sentence,
  title: characters(20),
  summary: characters(80),
  conditions: z.array(sentence).min(1).max(6),
  materials: z
    .array(z.strictObject({ what: sentence, note: sentence.optional() }))
    .min(1)
    .max(10),
  steps: z.array(step).min(2).max(8),
  time_limit: sentence,
  fee: sentence,
  result: sentence,
  if_refused: sentence,
  where: sentence,
  where_place: sentence.optional(),
  basis,
  actions,
  /** True where a slip others see must not name the matter. */
  discreet: z.boolean().default(false),
  phrasings: z
    .array(sentence)
    .min(FEWEST_GUIDE_PHRASINGS, `needs at least ${FEWEST_GUIDE_PHRASINGS} phrasings`),
  ...offer,
});

/** The families that guides are kept in, in the order of the screen. */
export const familiesSource = z.array(
  z.strictObject({ code: z.string().regex(/^[a-z-]+$/u), title: characters(8) }),
);

/** Offices and lines that a step may name. Only what is certain; an address only when somebody was there. */
export const placesSource = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/u),
    name: sentence,
    kind: z.enum(['hotline', 'website', 'office', 'court', 'arbitration', 'mediation', 'notary', 'police']),
    /** Administrative code of the province, prefecture or county it serves. */
    region: regionCode,
    address: sentence.optional(),
    phone: z
      .string()
      .regex(/^[\d-]+$/u)
      .optional(),
    hours: sentence.optional(),
    free: z.boolean(),
  }),
);

/** Ids of the answers that most people ask for, in the order of the home screen. */
export const popularSource = z.array(z.string());

/** Cards of the resting screen: a law worth knowing in a season. */
export const publicitySource = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/u),
    title: characters(14),
    sentences: z.array(characters(40)).min(1).max(3),
    /** Months (1–12) in which it is shown; all year when left out. */
    months: z.array(z.number().int().min(1).max(12)).min(1).optional(),
    basis,
    reviewed_on: isoDate,
    max_age_days: z.number().int().positive(),
  }),
);

export const topicsSource = z
  .array(
    z.strictObject({
      code: z.string().regex(/^[a-z-]+$/u),
      title: sentence,
      class: z.enum(PUBLIC_CLASSES),
      /** False for a topic that is told apart but has no answers to browse yet. */
      shelf: z.boolean().default(true),
    }),
  )
  .min(1);

/** By topic: the headings of its shelf, each with the names of its answers. */
export const shelvesSource = z.record(
  z.string().regex(/^[a-z-]+$/u),
  z
    .array(
      z.strictObject({ title: characters(10), answers: z.array(z.string().regex(/^[a-z0-9-]+$/u)).min(1) }),
    )
    .min(2),
);

const utterancesByNeed = z.partialRecord(z.enum(NEEDS), z.array(sentence).min(1));

const provenance = z.strictObject({ writer: sentence, written_on: isoDate, method: sentence });

/**
 * What people say about one topic, by what they want; `words` are its vocabulary. Teaches topic, public class and need, or
 * with the topic null the need only. Where nobody sorted them by need (`unsorted`) they teach the public class only.
 */
export const utterancesSource = z.strictObject({
  topic: sentence.nullable(),
  provenance,
  words: z.array(sentence).default([]),
  utterances: z.partialRecord(z.enum([...NEEDS, 'unsorted']), z.array(sentence).min(1)),
});

/**
 * Questions by the public classes that fit them, the best first, parted by 、. They teach the public class only: most lie
 * outside what the kiosk has answers for.
 */
export const classQuestionsSource = z.strictObject({
  provenance,
  questions: z.record(sentence, z.array(sentence).min(1)),
});

/** Questions that one article of a law decides, by the article's name (第X条). They lead lay words to the article. */
export const articleQuestionsSource = z.strictObject({
  law: sentence,
  provenance,
  articles: z.record(sentence, z.array(sentence).min(1)),
});

/** Utterances kept back from training, to measure needs on. */
export const heldOutNeedsSource = z.strictObject({ provenance, needs: utterancesByNeed });

const sentencesByName = z.record(sentence, z.array(sentence).min(1));

/** Ways of asking, by answer id, kept back from training to measure answers on. */
export const heldOutAnswersSource = z.strictObject({ provenance, answers: sentencesByName });

/** What must not be answered, by kind, kept back likewise. */
export const heldOutOutsideSource = z.strictObject({ provenance, kinds: sentencesByName });

export const outOfScopeSource = z
  .array(z.strictObject({ kind: sentence, utterances: z.array(sentence).min(1) }))
  .min(1);

export const synonymsSource = z.array(z.strictObject({ legal: sentence, say: z.array(sentence).min(1) }));

const PATTERN_SIGNS = /[()[\]{}|?*+.^$\\]/u;

function isDangerPattern(word: string): boolean {
  try {
    return !new RegExp(word, 'u').test('');
  } catch {
    return false;
  }
}

/** Matched against a normalised question, so that a plain word in another form would never be found. */
const dangerWord = sentence
  .refine(isDangerPattern, 'must be a regular expression that does not match an empty text')
  .refine(
    (word) => PATTERN_SIGNS.test(word) || normalise(word).text === word,
    'must be written as questions are read: simplified, no punctuation, amounts as 0',
  );

export const urgentSource = z.array(
  z.strictObject({
    kind: urgentNotice.shape.kind,
    numbers: z.array(z.strictObject({ number: z.string(), name: sentence })).min(1),
    words: z.array(dangerWord).min(1),
    /** Where no word tells: answers that are about this danger, and how likely they must be together. */
    model: z
      .strictObject({ answers: z.array(z.string()).min(1), from: z.number().min(0.5).max(1) })
      .optional(),
  }),
);

export type AnswerSource = z.infer<typeof answerSource>;
export type GuideSource = z.infer<typeof guideSource>;
export type FamiliesSource = z.infer<typeof familiesSource>;
export type PlacesSource = z.infer<typeof placesSource>;
export type PopularSource = z.infer<typeof popularSource>;
export type PublicitySource = z.infer<typeof publicitySource>;
export type ShelvesSource = z.infer<typeof shelvesSource>;
export type TopicsSource = z.infer<typeof topicsSource>;
export type UtterancesSource = z.infer<typeof utterancesSource>;
export type ClassQuestionsSource = z.infer<typeof classQuestionsSource>;
export type ArticleQuestionsSource = z.infer<typeof articleQuestionsSource>;
export type HeldOutNeedsSource = z.infer<typeof heldOutNeedsSource>;
export type HeldOutAnswersSource = z.infer<typeof heldOutAnswersSource>;
export type HeldOutOutsideSource = z.infer<typeof heldOutOutsideSource>;
export type OutOfScopeSource = z.infer<typeof outOfScopeSource>;
export type SynonymsSource = z.infer<typeof synonymsSource>;
export type UrgentSource = z.infer<typeof urgentSource>;
