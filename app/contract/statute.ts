import { z } from 'zod';

import { repealedLaw } from './consult.ts';

/** Short name of a law and 第…条: what names an article. */
export const articleName = z.object({ law: z.string(), article: z.string() });

export const statuteHit = articleName.extend({
  /** The article's first words. */
  begins: z.string(),
  /** Probably revised since: needs a warning. */
  check: z.boolean(),
});

/** `absent`: this kiosk's pack carries no statute texts. */
export const statuteSearch = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({
    state: z.literal('found'),
    hits: z.array(statuteHit),
    /** Laws that were looked for by name and are no longer in force. */
    repealed: z.array(repealedLaw),
  }),
]);

export const statuteArticle = articleName.extend({
  /** The law's full title. */
  title: z.string(),
  /** 法律, 行政法规, 司法解释, …; empty where it is not known. */
  kind: z.string(),
  /** Part, chapter and section; empty where there are none. */
  chapter: z.string(),
  text: z.string(),
  /** ISO date of the version in the library. */
  version: z.string(),
  status: z.enum(['ok', 'check', 'repealed']),
  before: articleName.nullable(),
  after: articleName.nullable(),
});

/** `unknown`: there is a library, but no such article in it. */
export const statutePage = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('found'), article: statuteArticle }),
]);

/** Longest search taken, in characters. */
export const MAX_SEARCH_LENGTH = 100;

export type ArticleName = z.infer<typeof articleName>;
export type StatuteArticle = z.infer<typeof statuteArticle>;
export type StatuteHitView = z.infer<typeof statuteHit>;
export type StatutePage = z.infer<typeof statutePage>;
export type StatuteSearchResult = z.infer<typeof statuteSearch>;
