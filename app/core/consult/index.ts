import type {
  Answer,
  Candidate,
  Consultation,
  GuideHead,
  OpenedAnswer,
  PublicityCard,
  TopicShelf,
} from '../../contract/consult.ts';
import type { Guide, GuideFamily } from '../../contract/guide.ts';
import type { ContentPack } from '../content/index.ts';
import type { Subject } from '../../domain/consult/index.ts';
import { openLibrary } from './library.ts';
import { subjectOf } from './light.ts';
import { normalise, plainForm } from './normalise.ts';
import { createRepealReader } from './repealed.ts';
import type { RepealReader } from './repealed.ts';
import { beginInquiry, nearest, STAGES, sureNeed } from './stages.ts';
import type { ConsultationTrace } from './stages.ts';
import { createStatuteReader, noStatutes } from './statute-reader.ts';
import type { StatuteReader } from './statute-reader.ts';
import { openStatuteSearch } from './statutes.ts';
import type { CitedArticle, StatuteHit } from './statutes.ts';

export { createWidening, normalise } from './normalise.ts';
export type { Widening } from './normalise.ts';
export { pinyinTokens } from './pinyin.ts';
export type { ConsultationTrace } from './stages.ts';
export { noStatutes } from './statute-reader.ts';
export { createStatuteCandidates } from './statutes.ts';
export type { CitedArticle, StatuteHit } from './statutes.ts';

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
  /** The same, with how it came about; `subject` is what was spoken of before in the same visit. */
  trace(
    question: string,
    subject?: Subject | null,
  ): Promise<{ consultation: Consultation; trace: ConsultationTrace }>;
  /** Articles for a question and what was made of it, best first; none without a statute library in the pack. */
  statutes(question: string, trace: ConsultationTrace, limit: number): Promise<StatuteHit[]>;
  open(answerId: string): Answer | null;
  /** The same, with the questions and guides that lie near it, and what the next question may go on about. */
  openWithNear(answerId: string): Promise<(OpenedAnswer & { subject: Subject }) | null>;
  /** All topics with their answers, what people ask most, and the laws of the season. */
  shelves(): { shelves: TopicShelf[]; popular: Candidate[]; publicity: PublicityCard[] };
  guides: {
    list(): GuideFamily[];
    open(guideId: string): Guide | null;
    /** By words, best first. */
    search(query: string): GuideHead[];
  };
  reader: StatuteReader;
  /** Makes ready now what else waits for the first question: some tenths of a second of work. */
  load(): Promise<void>;
  close(): Promise<void>;
}

/** From this likeness on a guide is offered with an answer; a wish for a guide makes do with less. */
const NEAR_GUIDE = 0.42;
const NEAR_WANTED_GUIDE = 0.3;
/** Only a guide that is asked for almost in its own words is offered where the question seems none of the kiosk's. */
const NEAR_GUIDE_OUTSIDE = 0.6;
const GUIDES_OFFERED = 2;
const GUIDES_FOUND = 20;

/**
 * Opens the pack's model and rules. The pack stays the caller's to close, after the consultant. `region` is the
 * administrative code of where the kiosk stands.
 */
export async function createConsultant(
  pack: ContentPack,
  context: { today(): string; region?: string },
): Promise<Consultant> {
  const here = () => ({ today: context.today(), region: context.region ?? '' });
  const library = await openLibrary(pack, here);

  const search = pack.statutes === null ? null : openStatuteSearch(pack.statutes, library.widening);
  const repealedIn: RepealReader =
    pack.statutes === null
      ? () => []
      : createRepealReader(
          pack.statutes.laws().map(({ name }) => name),
          pack.statutes.repeals(),
          () => context.today(),
        );

  const guidesFor = (text: string, least: number): GuideHead[] => {
    const near = library.searchGuides(text, least).slice(0, GUIDES_OFFERED);
    return near.map(({ guide }) => guide);
  };

  const trace = async (question: string, subject: Subject | null = null) => {
    let inquiry = beginInquiry(question, subject);
    for (const stage of STAGES) {
      inquiry = await stage(inquiry, library);
      const { consultation: decided, trace: traced, urgent, about } = inquiry;
      if (decided === null) continue;
      if (decided.decision === 'refused') return { consultation: decided, trace: traced };
      const outside = decided.decision === 'handover' && decided.reason === 'out_of_scope';
      const need = sureNeed(traced.need);
      const least = outside ? NEAR_GUIDE_OUTSIDE : need === 'guide' ? NEAR_WANTED_GUIDE : NEAR_GUIDE;
      const guides = guidesFor(traced.normalised, least);
      const repealed = repealedIn(plainForm(question));
      const consultation: Consultation = { ...decided, guides, urgent, need, about, repealed };
      return { consultation, trace: traced };
    }
    throw new Error('no stage decided');
  };

  return {
    ask: async (question) => (await trace(question)).consultation,
    trace,
    async statutes(question, { ranked }, limit) {
      return search === null ? [] : await search.search(question, citedBy(ranked, library.open), limit);
    },
    open: (answerId) => library.open(answerId),
    async openWithNear(answerId) {
      const answer = library.open(answerId);
      if (answer === null) return null;
      const { text } = normalise(answer.title);
      const related = await nearest(text, answerId, library);
      return { answer, related, guides: guidesFor(text, NEAR_GUIDE), subject: subjectOf(answer) };
    },
    shelves: () => ({
      shelves: [...library.shelves],
      popular: [...library.popular],
      publicity: [...library.publicity],
    }),
    guides: {
      list: () => [...library.families],
      open: (guideId) => library.openGuide(guideId),
      search: (query) =>
        library
          .searchGuides(normalise(query).text, 0)
          .slice(0, GUIDES_FOUND)
          .map(({ guide }) => guide),
    },
    reader:
      pack.statutes === null || search === null
        ? noStatutes
        : createStatuteReader(pack.statutes, search, repealedIn),
    load: async () => {
      await library.load();
      await search?.load();
    },
    close: async () => {
      await Promise.all([library.model.close(), search?.close()]);
    },
  };
}
