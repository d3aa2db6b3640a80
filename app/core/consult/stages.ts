import { MAX_QUESTION_LENGTH } from '../../contract/consult.ts';
import type { Candidate, Consultation, UrgentNotice } from '../../contract/consult.ts';
import { decide, fuse, matchAny, ranking } from '../../../models/retrieval/index.ts';
import type { Fused } from '../../../models/retrieval/index.ts';
import { isBare } from './bare.ts';
import type { Library } from './library.ts';
import { normalise } from './normalise.ts';
import type { NormalisedQuestion } from './normalise.ts';
import { pinyinSearchTokens, syllablesOf } from './pinyin.ts';

/** How a consultation came about, for the command line and the benchmarks. Holds the question: never log it. */
export interface ConsultationTrace {
  normalised: string;
  /** The likeliest answers with their probabilities, at most five, best first. */
  ranked: { id: string; title: string; topic: string; score: number }[];
  /** What it is about, apart from any answer: the public class and how likely it is; null when outside or not read. */
  matter: { class: string; probability: number } | null;
  /** Code of what is wanted; null when not read. */
  need: string | null;
  /** Topic code of the likeliest matter; null when the question is outside or not understood at all. */
  topic: string | null;
  /** Probability that the question is none of the kiosk's matters. */
  outside: number;
}

/** What the stages decide; the guides that go with it are looked up afterwards. */
type Decided = Consultation extends infer One ? (One extends unknown ? Omit<One, 'guides'> : never) : never;

/** A question on its way through the stages; the first stage that can decide sets `consultation`, and the rest is skipped. */
interface Inquiry {
  question: string;
  script: NormalisedQuestion['script'];
  urgent: UrgentNotice | null;
  fused: Fused | null;
  trace: ConsultationTrace;
  consultation: Decided | null;
}

type Stage = (inquiry: Inquiry, library: Library) => Inquiry | Promise<Inquiry>;

const RELATED = 3;
const SUGGESTIONS = 3;
const RANKED = 5;
const PINYIN_HITS = 20;

export const beginInquiry = (question: string): Inquiry => ({
  question,
  script: 'none',
  urgent: null,
  fused: null,
  trace: { normalised: '', ranked: [], matter: null, need: null, topic: null, outside: 0 },
  consultation: null,
});

/** From this probability on a question is about its matter, whether there is an answer or not. */
const SURE_MATTER = 0.8;
/** A single word of so many characters could be many things; where its matter is likelier than not, its answers are offered. */
const ONE_WORD = 2;
const MEANT_MATTER = 0.5;

type HandoverReason = 'out_of_scope' | 'not_understood' | 'say_more';

const handover = (
  reason: HandoverReason,
  suggestions: readonly Candidate[],
  urgent: UrgentNotice | null,
): Decided => ({
  decision: 'handover',
  reason,
  suggestions: suggestions.slice(0, SUGGESTIONS),
  urgent,
});

const refuseUnusable: Stage = (inquiry) => {
  if (inquiry.question.trim() === '')
    return { ...inquiry, consultation: { decision: 'refused', reason: 'empty' } };
  const tooLong = [...inquiry.question].length > MAX_QUESTION_LENGTH;
  return tooLong ? { ...inquiry, consultation: { decision: 'refused', reason: 'too_long' } } : inquiry;
};

const normaliseQuestion: Stage = (inquiry) => {
  const { text, script } = normalise(inquiry.question);
  return { ...inquiry, script, trace: { ...inquiry.trace, normalised: text } };
};

const watchForDanger: Stage = (inquiry, { urgentRules }) => ({
  ...inquiry,
  urgent: urgentRules(inquiry.trace.normalised),
});

const askWhatHappened: Stage = (inquiry, { popular }) =>
  isBare(inquiry.trace.normalised)
    ? { ...inquiry, consultation: handover('say_more', popular, inquiry.urgent) }
    : inquiry;

/** Many words share a sound, so pinyin always asks back; other letters, numbers and signs are handed over. */
const readWithoutChinese: Stage = (inquiry, { syllables, database, candidate, offers, popular }) => {
  if (inquiry.script === 'chinese') return inquiry;
  const cut = inquiry.script === 'latin' ? syllablesOf(inquiry.trace.normalised, syllables) : null;
  const expression = cut === null ? null : matchAny(pinyinSearchTokens(cut));
  const ids = expression === null ? [] : database.searchPinyin(expression, PINYIN_HITS);
  const candidates = [...new Set(ids)].filter(offers).slice(0, SUGGESTIONS).map(candidate);
  const [first] = candidates;
  if (first === undefined)
    return { ...inquiry, consultation: handover('not_understood', popular, inquiry.urgent) };
  const ranked = candidates.map((one) => ({ ...one, score: 1 / candidates.length }));
  return {
    ...inquiry,
    trace: { ...inquiry.trace, ranked, topic: first.topic },
    consultation: { decision: 'choose', candidates, urgent: inquiry.urgent },
  };
};

const understand: Stage = async (inquiry, library) => {
  const { normalised } = inquiry.trace;
  const { model, evidence, widening, topicOf, candidate, knownAs } = library;
  const { settings } = model;
  const prediction = await model.predict(normalised);
  const candidates = evidence.candidates(normalised, widening(normalised), prediction);
  const all = favouring(
    fuse(candidates, settings.fusion),
    knownAs(normalised) ?? knownAs(normalised.replace(LETTERS, '')),
  );
  const offered = library.offered();
  const fused = {
    ...all,
    answers: all.answers.map((value, at) =>
      value > 0 && offered.has(settings.answers[at] ?? '') ? value : 0,
    ),
  };
  const ranked = ranking(fused)
    .slice(0, RANKED)
    .map((answer) => ({ ...candidate(settings.answers[answer] ?? ''), score: fused.answers[answer] ?? 0 }));
  const topic = settings.topics[likeliestTopic(fused, topicOf, settings.topics.length)] ?? null;
  const matter = likeliestClass(prediction.classes, settings.classes.names);
  const need = settings.matters.needs[likeliest(prediction.needs)] ?? null;
  return { ...inquiry, fused, trace: { normalised, ranked, matter, need, topic, outside: fused.outside } };
};

/** Foreign words among Chinese ones. */
const LETTERS = /[a-z]+/gu;

/** Somebody wrote down that these very words ask for this answer: nothing is as sure. */
const KNOWN = 0.97;

function favouring(fused: Fused, known: number | null): Fused {
  if (known === null) return fused;
  const rest = 1 - (fused.answers[known] ?? 0) || 1;
  const shrunk = (value: number) => (value * (1 - KNOWN)) / rest;
  return {
    answers: fused.answers.map((value, answer) => (answer === known ? KNOWN : shrunk(value))),
    outside: shrunk(fused.outside),
  };
}

const likeliest = (values: ArrayLike<number>) => {
  const all = Array.from(values);
  return all.indexOf(Math.max(...all));
};

/** Null when "outside", the last probability, is likelier than all classes together. */
function likeliestClass(probabilities: Float32Array, names: readonly string[]): ConsultationTrace['matter'] {
  const inside = probabilities.subarray(0, names.length);
  const together = inside.reduce((sum, value) => sum + value, 0);
  const best = likeliest(inside);
  const name = names[best];
  if (name === undefined || (probabilities[names.length] ?? 0) > together) return null;
  return { class: name, probability: inside[best] ?? 0 };
}

function likeliestTopic(fused: Fused, topicOf: readonly number[], topics: number): number {
  const sums = new Array<number>(topics).fill(0);
  fused.answers.forEach((value, answer) => {
    const topic = topicOf[answer] ?? 0;
    sums[topic] = (sums[topic] ?? 0) + value;
  });
  return sums.indexOf(Math.max(...sums));
}

/**
 * What would tell the candidates apart: where one depends on a fact that leads to another, the question is which holds.
 * Nothing of it is kept; the choice opens an answer.
 */
function distinguished(
  candidates: Candidate[],
  open: Library['open'],
): { candidates: Candidate[]; facts?: Record<string, string> } {
  const ids = new Set(candidates.map(({ id }) => id));
  const facts = candidates
    .flatMap(({ id }) => open(id)?.dependsOn ?? [])
    .flatMap(({ fact, answer }) =>
      answer !== null && ids.has(answer.id) ? [[answer.id, fact] as const] : [],
    );
  return facts.length === 0 ? { candidates } : { candidates, facts: Object.fromEntries(facts) };
}

const conclude: Stage = (inquiry, { model, candidate, offers, open, popular }) => {
  const { fused, urgent, trace } = inquiry;
  const { answers, thresholds } = model.settings;
  const candidateOf = (answer: number) => candidate(answers[answer] ?? '');
  const unsure = handover(
    'not_understood',
    trace.ranked.filter(({ id }) => offers(id)).map(({ id }) => candidate(id)),
    urgent,
  );
  if (fused === null) return { ...inquiry, consultation: unsure };
  const verdict = decide(fused, thresholds);
  switch (verdict.kind) {
    case 'answer': {
      const answer = open(answers[verdict.answer] ?? '');
      const others = trace.ranked.filter(({ id }) => id !== answer?.id && offers(id));
      const related = others.slice(0, RELATED).map(({ id }) => candidate(id));
      return {
        ...inquiry,
        consultation: answer === null ? unsure : { decision: 'answer', answer, related, urgent },
      };
    }
    case 'choose':
      return {
        ...inquiry,
        consultation: {
          decision: 'choose',
          ...distinguished(verdict.answers.map(candidateOf), open),
          urgent,
        },
      };
    case 'outside':
      // It is a legal matter all the same, only one that nothing was written about: lead to its shelf.
      if (trace.matter !== null && trace.matter.probability >= SURE_MATTER)
        return { ...inquiry, consultation: unsure };
      return {
        ...inquiry,
        trace: { ...trace, topic: null },
        consultation: handover('out_of_scope', popular, urgent),
      };
    case 'unsure': {
      const { ranked, matter, normalised } = trace;
      const oneWord = [...normalised].length <= ONE_WORD && (matter?.probability ?? 0) >= MEANT_MATTER;
      if (!oneWord || ranked.length === 0) return { ...inquiry, consultation: unsure };
      const candidates = ranked.slice(0, SUGGESTIONS).map(({ id }) => candidate(id));
      return { ...inquiry, consultation: { decision: 'choose', candidates, urgent } };
    }
  }
};

/** The way of a question, in order. Each stage reads the library, returns a new inquiry and does nothing else. */
export const STAGES: readonly Stage[] = [
  refuseUnusable,
  normaliseQuestion,
  watchForDanger,
  readWithoutChinese,
  askWhatHappened,
  understand,
  conclude,
];
