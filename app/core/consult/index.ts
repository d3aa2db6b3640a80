import { MAX_QUESTION_LENGTH } from '../../contract/consult.ts';
import type { Answer, Candidate, Consultation, TopicShelf, UrgentNotice } from '../../contract/consult.ts';
import { loadIntentModel } from '../../../models/intent/index.ts';
import { decide, fuse, matchAny, ranking } from '../../../models/retrieval/index.ts';
import type { Fused } from '../../../models/retrieval/index.ts';
import type { ContentPack } from '../content/index.ts';
import { candidateOf, openAnswer } from './answer.ts';
import { candidatesOf, createSearcher } from './evidence.ts';
import { legalWords, normalise } from './normalise.ts';
import { pinyinTokens, syllablesOf } from './pinyin.ts';
import { createUrgentRules } from './urgent.ts';

export { candidatesOf, createSearcher } from './evidence.ts';
export { legalWords, normalise } from './normalise.ts';
export { pinyinTokens } from './pinyin.ts';

/** How a consultation came about, for the command line and the benchmarks. Holds the question: never log it. */
export interface ConsultationTrace {
  normalised: string;
  /** The likeliest answers with their probabilities, at most five, best first. */
  ranked: { id: string; title: string; topic: string; score: number }[];
  /** Topic code of the likeliest matter; null when the question is outside or not understood at all. */
  topic: string | null;
  /** Probability that the question is none of the kiosk's matters. */
  outside: number;
}

interface Outcome {
  consultation: Consultation;
  trace: ConsultationTrace;
}

export interface Consultant {
  /** Answers one question. Every outcome, from empty to not understood, is a value. */
  ask(question: string): Promise<Consultation>;
  /** The same, with how it came about. */
  trace(question: string): Promise<Outcome>;
  open(answerId: string): Answer | null;
  /** All topics with their answers, and what people ask most. */
  shelves(): { shelves: TopicShelf[]; popular: Candidate[] };
  close(): Promise<void>;
}

const RELATED = 3;
const SUGGESTIONS = 3;
const RANKED = 5;
const PINYIN_HITS = 20;

const NOTHING: ConsultationTrace = { normalised: '', ranked: [], topic: null, outside: 0 };

/** Loads the pack's model and rules. Throws only when the pack contradicts itself; a verified pack does not. */
export async function createConsultant(pack: ContentPack, context: { today(): string }): Promise<Consultant> {
  const { database } = pack;
  const model = await loadIntentModel(pack.directory);
  const { settings } = model;
  const heads = new Map(database.answers().map((head) => [head.id, head]));
  const topics = database.topics();
  const topicOf = settings.answers.map((id) => settings.topics.indexOf(heads.get(id)?.topic ?? ''));
  const searcher = createSearcher(database, settings.answers);
  const synonyms = database.synonyms();
  const urgentRules = createUrgentRules(database.urgent());
  const syllables = new Set(database.syllables());

  const candidate = (answer: number): Candidate => {
    const id = settings.answers[answer] ?? '';
    return { id, title: heads.get(id)?.title ?? id, topic: heads.get(id)?.topic ?? '' };
  };
  const titleOf = (id: string) => heads.get(id)?.title;
  const open = (id: string) => openAnswer(database, id, context.today(), titleOf);
  const onShelf = (code: string) => [...heads.values()].filter(({ topic }) => topic === code);
  const popular = (): Candidate[] =>
    topics
      .flatMap(({ code }) => onShelf(code))
      .filter(({ tile }) => tile !== null)
      .map(candidateOf);

  const understand = async (text: string): Promise<Fused> => {
    const prediction = await model.predict(text);
    const evidence = searcher.search(text, legalWords(text, synonyms));
    return fuse(candidatesOf(prediction, evidence, topicOf), settings.fusion);
  };

  const handover = (
    reason: 'out_of_scope' | 'not_understood',
    suggestions: Candidate[],
    urgent: UrgentNotice | null,
  ): Consultation => ({
    decision: 'handover',
    reason,
    suggestions: suggestions.slice(0, SUGGESTIONS),
    urgent,
  });

  const conclude = (fused: Fused, urgent: UrgentNotice | null): Consultation => {
    const verdict = decide(fused, settings.thresholds);
    switch (verdict.kind) {
      case 'answer': {
        const answer = open(settings.answers[verdict.answer] ?? '');
        if (answer === null) return handover('not_understood', popular(), urgent);
        const related = ranking(fused).filter((other) => other !== verdict.answer);
        return { decision: 'answer', answer, related: related.slice(0, RELATED).map(candidate), urgent };
      }
      case 'choose':
        return { decision: 'choose', candidates: verdict.answers.map(candidate), urgent };
      case 'outside':
        return handover('out_of_scope', popular(), urgent);
      case 'unsure':
        return handover('not_understood', ranking(fused).map(candidate), urgent);
    }
  };

  /** Pinyin is read aloud only in the mind: many words sound alike, so it always asks back. */
  const readPinyin = (text: string): Outcome => {
    const nothing = {
      consultation: handover('not_understood', popular(), null),
      trace: { ...NOTHING, normalised: text },
    };
    const cut = syllablesOf(text, syllables);
    const expression = cut === null || cut.length < 2 ? null : matchAny(pinyinTokens(cut));
    if (expression === null) return nothing;
    const hits = database
      .searchPinyin(expression, PINYIN_HITS)
      .flatMap(({ answerId }) => (answerId === null ? [] : [answerId]));
    const candidates = [...new Set(hits)]
      .slice(0, SUGGESTIONS)
      .map((id) => candidate(settings.answers.indexOf(id)));
    const [first] = candidates;
    if (first === undefined) return nothing;
    const ranked = candidates.map((one) => ({ ...one, score: 1 / candidates.length }));
    return {
      consultation: { decision: 'choose', candidates, urgent: null },
      trace: { normalised: text, ranked, topic: first.topic, outside: 0 },
    };
  };

  const trace = async (question: string): Promise<Outcome> => {
    if (question.trim() === '')
      return { consultation: { decision: 'refused', reason: 'empty' }, trace: NOTHING };
    if ([...question].length > MAX_QUESTION_LENGTH)
      return { consultation: { decision: 'refused', reason: 'too_long' }, trace: NOTHING };
    const { text, script } = normalise(question);
    if (script === 'latin') return readPinyin(text);
    if (script === 'none')
      return {
        consultation: handover('not_understood', popular(), null),
        trace: { ...NOTHING, normalised: text },
      };
    const urgent = urgentRules(text);
    const fused = await understand(text);
    const consultation = conclude(fused, urgent);
    const ranked = ranking(fused)
      .slice(0, RANKED)
      .map((answer) => ({ ...candidate(answer), score: fused.answers[answer] ?? 0 }));
    const outside = consultation.decision === 'handover' && consultation.reason === 'out_of_scope';
    return {
      consultation,
      trace: {
        normalised: text,
        ranked,
        topic: outside ? null : likeliestTopic(fused),
        outside: fused.outside,
      },
    };
  };

  const likeliestTopic = (fused: Fused): string | null => {
    const sums = settings.topics.map((_, topic) =>
      fused.answers.reduce((sum, value, answer) => (topicOf[answer] === topic ? sum + value : sum), 0),
    );
    return settings.topics[sums.indexOf(Math.max(...sums))] ?? null;
  };

  return {
    ask: async (question) => (await trace(question)).consultation,
    trace,
    open,
    shelves: () => ({
      shelves: topics.map(({ code, title }) => ({
        topic: code,
        title,
        answers: onShelf(code).map(candidateOf),
      })),
      popular: popular(),
    }),
    close: () => model.close(),
  };
}
