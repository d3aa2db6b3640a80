import type { Answer, Candidate, Consultation, TopicShelf } from '../../contract/consult.ts';
import type { ContentPack } from '../content/index.ts';
import { loadLibrary } from './library.ts';
import { beginInquiry, STAGES } from './stages.ts';
import type { ConsultationTrace } from './stages.ts';
import { createStatuteSearch } from './statutes.ts';
import type { CitedArticle, StatuteHit } from './statutes.ts';

export { candidatesOf, createSearcher } from './evidence.ts';
export { legalWords, normalise } from './normalise.ts';
export { pinyinTokens } from './pinyin.ts';
export type { ConsultationTrace } from './stages.ts';
export { createStatuteCandidates } from './statutes.ts';
export type { StatuteHit } from './statutes.ts';

/** The articles that likely answers cite. */
export const citedBy = (
  ranked: ConsultationTrace['ranked'],
  open: (id: string) => Answer | null,
): CitedArticle[] =>
  ranked.flatMap(({ id, score }) =>
    (open(id)?.citations ?? []).map(({ law, article }) => ({ law, article, probability: score })),
  );

export interface Consultant {
  /** Answers one question. Every outcome, from empty to not understood, is a value. */
  ask(question: string): Promise<Consultation>;
  /** The same, with how it came about. */
  trace(question: string): Promise<{ consultation: Consultation; trace: ConsultationTrace }>;
  /** Articles for a question and what was made of it, best first; none without a statute library in the pack. */
  statutes(question: string, trace: ConsultationTrace, limit: number): StatuteHit[];
  open(answerId: string): Answer | null;
  /** All topics with their answers, and what people ask most. */
  shelves(): { shelves: TopicShelf[]; popular: Candidate[] };
  close(): Promise<void>;
}

/** Loads the pack's model and rules. The pack stays the caller's to close, after the consultant. */
export async function createConsultant(pack: ContentPack, context: { today(): string }): Promise<Consultant> {
  const library = await loadLibrary(pack, () => context.today());

  const search = pack.statutes === null ? null : createStatuteSearch(pack.statutes, library.synonyms);

  const trace = async (question: string) => {
    let inquiry = beginInquiry(question);
    for (const stage of STAGES) {
      inquiry = await stage(inquiry, library);
      if (inquiry.consultation !== null) return { consultation: inquiry.consultation, trace: inquiry.trace };
    }
    throw new Error('no stage decided');
  };

  return {
    ask: async (question) => (await trace(question)).consultation,
    trace,
    statutes(question, { ranked }, limit) {
      return search === null ? [] : search.search(question, citedBy(ranked, library.open), limit);
    },
    open: (answerId) => library.open(answerId),
    shelves: () => ({ shelves: [...library.shelves], popular: [...library.popular] }),
    close: () => library.model.close(),
  };
}
