import type { Answer, Candidate, Consultation, TopicShelf } from '../../contract/consult.ts';
import type { ContentPack } from '../content/index.ts';
import { loadLibrary } from './library.ts';
import { beginInquiry, STAGES } from './stages.ts';
import type { ConsultationTrace } from './stages.ts';

export { candidatesOf, createSearcher } from './evidence.ts';
export { legalWords, normalise } from './normalise.ts';
export { pinyinTokens } from './pinyin.ts';
export type { ConsultationTrace } from './stages.ts';

export interface Consultant {
  /** Answers one question. Every outcome, from empty to not understood, is a value. */
  ask(question: string): Promise<Consultation>;
  /** The same, with how it came about. */
  trace(question: string): Promise<{ consultation: Consultation; trace: ConsultationTrace }>;
  open(answerId: string): Answer | null;
  /** All topics with their answers, and what people ask most. */
  shelves(): { shelves: TopicShelf[]; popular: Candidate[] };
  close(): Promise<void>;
}

/** Loads the pack's model and rules. The pack stays the caller's to close, after the consultant. */
export async function createConsultant(pack: ContentPack, context: { today(): string }): Promise<Consultant> {
  const library = await loadLibrary(pack, () => context.today());

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
    open: (answerId) => library.open(answerId),
    shelves: () => ({ shelves: [...library.shelves], popular: [...library.popular] }),
    close: () => library.model.close(),
  };
}
