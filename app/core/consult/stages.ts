import { MAX_QUESTION_LENGTH } from '../../contract/consult.ts';
import type { Attached, Candidate, Consultation, UrgentNotice } from '../../contract/consult.ts';
import { decide, fuse, matchAny, ranking } from '../../../models/retrieval/index.ts';
import type { Fused } from '../../../models/retrieval/index.ts';
import { leansOnBefore, NEEDS } from '../../domain/consult/index.ts';
import type { Need, Subject } from '../../domain/consult/index.ts';
import { isBare } from './bare.ts';
import { inLight, isMostly, subjectOf, subjectOfChoice } from './light.ts';
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
  /** What is wanted, and how likely that is; null when not read. */
  need: { code: Need; probability: number } | null;
  /** Topic code of the likeliest matter; null when the question is outside or not understood at all. */
  topic: string | null;
  /** Probability that the question is none of the kiosk's matters. */
  outside: number;
  /** In whose light the next question of the visit can be read. */
  subject: Subject | null;
}

/** What the stages decide; what goes with every decision is attached afterwards. */
type Decided = Consultation extends infer One
  ? One extends unknown
    ? Omit<One, keyof Attached>
    : never
  : never;

/** A question on its way through the stages; the first stage that can decide sets `consultation`, and the rest is skipped. */
interface Inquiry {
  question: string;
  /** What was spoken of before in the same visit. */
  subject: Subject | null;
  script: NormalisedQuestion['script'];
  urgent: UrgentNotice | null;
  /** Title of what it was taken to go on about. */
  about: string | null;
  fused: Fused | null;
  trace: ConsultationTrace;
  consultation: Decided | null;
}

type Stage = (inquiry: Inquiry, library: Library) => Inquiry | Promise<Inquiry>;

const RELATED = 3;
const SUGGESTIONS = 3;
const RANKED = 5;
const PINYIN_HITS = 20;

export const beginInquiry = (question: string, subject: Subject | null): Inquiry => ({
  question,
  subject,
  script: 'none',
  urgent: null,
  about: null,
  fused: null,
  trace: { normalised: '', ranked: [], matter: null, need: null, topic: null, outside: 0, subject },
  consultation: null,
});

/** From this probability on a question is about its matter, whether there is an answer or not. */
const SURE_MATTER = 0.8;
/** A single word of so many characters could be many things; where its matter is likelier than not, its answers are offered. */
const ONE_WORD = 2;
const MEANT_MATTER = 0.5;

type HandoverReason = 'out_of_scope' | 'not_understood' | 'say_more';

const handover = (reason: HandoverReason, suggestions: readonly Candidate[]): Decided => ({
  decision: 'handover',
  reason,
  suggestions: suggestions.slice(0, SUGGESTIONS),
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

const askWhatHappened: Stage = (inquiry, library) => {
  const { subject, trace } = inquiry;
  const goesOn = subject !== null && leansOnBefore(trace.normalised);
  return isBare(trace.normalised) && !goesOn
    ? { ...inquiry, consultation: handover('say_more', library.popular) }
    : inquiry;
};

/** Many words share a sound, so pinyin always asks back; other letters, numbers and signs are handed over. */
const readWithoutChinese: Stage = (inquiry, library) => {
  if (inquiry.script === 'chinese') return inquiry;
  const { syllables, database, candidate, offers, popular } = library;
  const cut = inquiry.script === 'latin' ? syllablesOf(inquiry.trace.normalised, syllables) : null;
  const expression = cut === null ? null : matchAny(pinyinSearchTokens(cut));
  const ids = expression === null ? [] : database.searchPinyin(expression, PINYIN_HITS);
  const candidates = [...new Set(ids)].filter(offers).slice(0, SUGGESTIONS).map(candidate);
  const [first] = candidates;
  if (first === undefined) return { ...inquiry, consultation: handover('not_understood', popular) };
  const ranked = candidates.map((one) => ({ ...one, score: 1 / candidates.length }));
  return {
    ...inquiry,
    trace: { ...inquiry.trace, ranked, topic: first.topic },
    consultation: { decision: 'choose', candidates },
  };
};

/** What model and words make of a normalised text: its answers, those that do not hold here and now left out. */
async function read(text: string, library: Library) {
  const { model, evidence, widening, knownAs } = library;
  const { settings } = model;
  const prediction = await model.predict(text);
  const candidates = evidence.candidates(text, widening(text), prediction);
  const opinion = fuse(candidates, settings.fusion);
  const all = favouring(opinion, knownAs(text) ?? knownAs(text.replace(LETTERS, '')));
  const offered = library.offered();
  const answers = all.answers.map((value, at) =>
    value > 0 && offered.has(settings.answers[at] ?? '') ? value : 0,
  );
  return { prediction, opinion, fused: { answers, outside: all.outside } };
}

const understand: Stage = async (inquiry, library) => {
  const { normalised, subject } = inquiry.trace;
  const { model, topicOf, candidate } = library;
  const { settings } = model;
  const { prediction, opinion, fused } = await read(normalised, library);
  const ranked = ranking(fused)
    .slice(0, RANKED)
    .map((answer) => ({ ...candidate(settings.answers[answer] ?? ''), score: fused.answers[answer] ?? 0 }));
  const topic = settings.topics[likeliestTopic(fused, topicOf, settings.topics.length)] ?? null;
  const matter = likeliestClass(prediction.classes, settings.classes.names);
  const need = likeliestNeed(prediction.needs, settings.matters.needs);
  const trace = { normalised, ranked, matter, need, topic, outside: fused.outside, subject };
  const urgent = inquiry.urgent ?? library.urgentOpinion(opinion.answers, sureNeed(need));
  return { ...inquiry, urgent, fused, trace };
};

/** Answers to questions like a normalised text, likeliest first, without the one that it is the title of. */
export async function nearest(text: string, without: string, library: Library): Promise<Candidate[]> {
  const { fused } = await read(text, library);
  return ranking(fused)
    .map((answer) => library.model.settings.answers[answer] ?? '')
    .filter((id) => id !== without && library.offers(id))
    .slice(0, RELATED)
    .map(library.candidate);
}

/** Longer questions tell enough by themselves. */
const SHORT = 10;
/** Begins or ends as one goes on talking (那…, …呢); 那个人 and the like point at something. */
const GOES_ON = /^(?:那(?![个些种边里天时位])|还有|另外|然后)|呢[？?。！!]*$/u;

/**
 * A question that means nothing by itself, or is short and unsure and mostly of the same matter, is read in the light of
 * what was spoken of before; then the kiosk asks which of its answers is meant.
 */
const readInLight: Stage = async (inquiry, library) => {
  const { subject, fused, trace } = inquiry;
  if (subject === null || fused === null) return inquiry;
  const { model, candidate, open } = library;
  const { answers, thresholds } = model.settings;
  const shown = subject.answer === null ? null : open(subject.answer);
  const leads = new Set([
    ...(shown?.dependsOn ?? []).map(({ answer }) => answer?.id),
    ...(shown?.actions ?? []).map((action) => (action.kind === 'answer' ? action.answerId : undefined)),
  ]);
  const near = answers.map((id) => candidate(id).topic === subject.topic || leads.has(id));
  const isUnsure = ['choose', 'unsure'].includes(decide(fused, thresholds).kind);
  const mayGoOn =
    isUnsure &&
    trace.normalised.length <= SHORT &&
    (GOES_ON.test(inquiry.question.trim()) || isMostly(near, fused));
  if (!mayGoOn && !leansOnBefore(trace.normalised)) return inquiry;
  const { fused: joined } = await read(normalise(subject.words).text + trace.normalised, library);
  const before = answers.indexOf(subject.answer ?? '');
  const lit = inLight(fused, joined, { near, before, most: SUGGESTIONS });
  const candidates = lit.map((answer) => candidate(answers[answer] ?? ''));
  if (candidates.length === 0) return inquiry;
  return {
    ...inquiry,
    about: subject.title,
    trace: { ...trace, topic: subject.topic },
    consultation: { decision: 'choose', ...distinguished(candidates, open) },
  };
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

function likeliestNeed(probabilities: Float32Array, codes: readonly string[]): ConsultationTrace['need'] {
  const best = likeliest(probabilities);
  const code = NEEDS.find((need) => need === codes[best]);
  return code === undefined ? null : { code, probability: probabilities[best] ?? 0 };
}

/** From here a need is likelier than all others together. */
const SURE_NEED = 0.5;

/** What is wanted, where that is likelier than not. */
export const sureNeed = (need: ConsultationTrace['need']): Need | null =>
  need !== null && need.probability >= SURE_NEED ? need.code : null;

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

const conclude: Stage = (inquiry, library) => {
  const { model, candidate, offers, open, topicTitle } = library;
  const { fused, trace } = inquiry;
  const { answers, thresholds } = model.settings;
  const candidateOf = (answer: number) => candidate(answers[answer] ?? '');
  const unsure = handover(
    'not_understood',
    trace.ranked.filter(({ id }) => offers(id)).map(({ id }) => candidate(id)),
  );
  if (fused === null) return { ...inquiry, consultation: unsure };
  const choose = (candidates: Candidate[]): Inquiry => ({
    ...inquiry,
    trace: { ...trace, subject: subjectOfChoice(trace.normalised, candidates, topicTitle) ?? trace.subject },
    consultation: { decision: 'choose', ...distinguished(candidates, open) },
  });
  const verdict = decide(fused, thresholds);
  switch (verdict.kind) {
    case 'answer': {
      const answer = open(answers[verdict.answer] ?? '');
      if (answer === null) return { ...inquiry, consultation: unsure };
      const others = trace.ranked.filter(({ id }) => id !== answer.id && offers(id));
      const related = others.slice(0, RELATED).map(({ id }) => candidate(id));
      return {
        ...inquiry,
        trace: { ...trace, subject: subjectOf(answer) },
        consultation: { decision: 'answer', answer, related },
      };
    }
    case 'choose':
      return choose(verdict.answers.map(candidateOf));
    case 'outside':
      // It is a legal matter all the same, only one that nothing was written about: lead to its shelf.
      if (trace.matter !== null && trace.matter.probability >= SURE_MATTER)
        return { ...inquiry, consultation: unsure };
      return {
        ...inquiry,
        trace: { ...trace, topic: null },
        consultation: handover('out_of_scope', library.popular),
      };
    case 'unsure': {
      const { ranked, matter, normalised } = trace;
      const oneWord = [...normalised].length <= ONE_WORD && (matter?.probability ?? 0) >= MEANT_MATTER;
      if (!oneWord || ranked.length === 0) return { ...inquiry, consultation: unsure };
      return choose(ranked.slice(0, SUGGESTIONS).map(({ id }) => candidate(id)));
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
  readInLight,
  conclude,
];
