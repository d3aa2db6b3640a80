import type {
  Answer,
  Attached,
  Candidate,
  Citation,
  GuideHead,
  RepealedLaw,
  TopicShelf,
} from '../../app/contract/consult.ts';
import type { Guide, GuideFamily } from '../../app/contract/guide.ts';
import type { IntakeResult, LegalAidCircumstance, LegalAidMatter } from '../../app/contract/intake.ts';
import type { PrintHindrance, Preview, Slip } from '../../app/contract/receipt.ts';
import type { Language } from '../../app/contract/session.ts';
import type { ArticleName, StatuteArticle, StatuteHitView } from '../../app/contract/statute.ts';
import type {
  Calculation,
  CalculationError,
  CalculationItem,
  CalculatorId,
} from '../../app/domain/compensation/calculation.ts';
import type { AnswerMap, InterviewId } from '../../app/domain/interview/index.ts';
import type { Result } from '../../app/domain/result.ts';
import type { Heard } from '../speech/listener.ts';

/** One visit, from the first touch to the wipe. Everything the screen shows of it is a function of this one value. */
export interface Visit {
  /** Counts visits; what was asked for in an earlier visit never reaches this one. */
  number: number;
  sessionId: string | null;
  language: Language;
  elder: boolean;
  contrast: boolean;
  /** By keys and ears: every screen says itself. */
  byEar: boolean;
  /** The listener said that headphones are in: nobody else hears what is said. */
  headphones: boolean;
  screen: Screen;
  past: readonly Screen[];
  waiting: { ticket: number; on: Waiting } | null;
  /** The last step could not be done; said once, gone with the next touch. */
  troubled: boolean;
  idleWarning: boolean;
  question: string;
  /** What is looked up among guides or statutes. */
  search: string;
  /** What was answered, by interview; kept when one goes back or to another calculator. */
  answers: Readonly<Partial<Record<InterviewId, AnswerMap>>>;
  /** Lists of things alike (dependants, vehicles) while they are being made, by interview and question. */
  lists: Readonly<Record<string, readonly AnswerMap[]>>;
  /** The one of them that is being filled in. */
  entry: AnswerMap;
  /** A mediator fills in for both sides. */
  bothSides: boolean;
  aid: AidDraft;
}

export type Waiting = 'answer' | 'topics' | 'guide' | 'law' | 'calculation' | 'slip' | 'saving' | 'noting';

/** What can be looked up by words, apart from asking a question. */
export type Searched = 'guides' | 'statutes';

/** How one run of the plan came out; runs with a label are alternatives, of which one will be right. */
export interface Outcome {
  label: string | null;
  calculator: CalculatorId;
  inputs: Readonly<Record<string, unknown>>;
  result: Result<Calculation, CalculationError>;
}

/** One of several alike: the question whose list it stands in, and where in it. */
export interface EntryPlace {
  questionId: string;
  index: number;
}

export type AidStep =
  'identity' | 'name' | 'idNumber' | 'address' | 'phone' | 'matter' | 'circumstances' | 'papers' | 'facts';

/** The form as far as it is filled in. It lives here only, and dies with the visit. */
export interface AidDraft {
  /** Names this form at the core, so that handing it in twice is once; empty until it is handed in. */
  requestId: string;
  fromCard: boolean;
  name: string;
  idNumber: string;
  address: string;
  phone: string;
  matter: LegalAidMatter | null;
  circumstances: readonly LegalAidCircumstance[];
  papers: readonly string[];
  facts: string;
}

/** The law behind an answer or a guide. */
export interface Basis {
  title: string;
  citations: readonly Citation[];
  reviewedOn: string;
  slip: Slip;
}

export type Screen =
  | { at: 'attract' }
  | { at: 'home' }
  | { at: 'ask' }
  /** `eager`: the microphone opens by itself, once. */
  | { at: 'speak'; eager: boolean }
  | {
      at: 'heard';
      heard: Pick<Heard, 'text' | 'alternatives' | 'repaired'>;
      outcome: Extract<Screen, { at: 'answer' | 'choose' | 'handover' | 'refused' }>;
    }
  | { at: 'topics'; shelves: readonly TopicShelf[] }
  | { at: 'shelf'; shelf: TopicShelf }
  /** What stands under one heading of a long shelf. */
  | { at: 'part'; shelf: TopicShelf; part: TopicShelf['parts'][number] }
  /** `said`: facts of the visitor's own case that were chosen on the way here. */
  | ({
      at: 'answer';
      answer: Answer;
      related: readonly Candidate[];
      said: readonly string[];
    } & Readonly<Attached>)
  /** Which of the facts that would change an answer is the visitor's. */
  | { at: 'facts'; of: Extract<Screen, { at: 'answer' }> }
  | { at: 'basis'; basis: Basis }
  /** `question`: what was asked, so that it can be asked afresh. */
  | ({
      at: 'choose';
      question: string;
      candidates: readonly Candidate[];
      /** By answer id: the fact that would make it the right one. */
      facts: Readonly<Record<string, string>>;
    } & Readonly<Attached>)
  | { at: 'families'; families: readonly GuideFamily[] }
  | { at: 'family'; family: GuideFamily }
  | { at: 'guide'; guide: Guide }
  | { at: 'find'; what: Searched }
  | { at: 'foundGuides'; query: string; guides: readonly GuideHead[] }
  | {
      at: 'foundArticles';
      query: string;
      hits: readonly StatuteHitView[];
      repealed: readonly RepealedLaw[];
    }
  | { at: 'article'; article: StatuteArticle }
  | { at: 'noArticle'; reason: 'absent' | 'unknown'; name: ArticleName | null }
  /** `recorded`: the core wrote down what did not help; `id` is null where none of a choice was meant. */
  | { at: 'unsolved'; id: string | null; recorded: boolean }
  | ({
      at: 'handover';
      reason: 'out_of_scope' | 'not_understood' | 'say_more' | 'content_unavailable';
      suggestions: readonly Candidate[];
    } & Readonly<Attached>)
  | { at: 'refused'; reason: 'empty' | 'too_long' }
  | { at: 'calculators' }
  | { at: 'sides'; interview: InterviewId }
  | { at: 'question'; interview: InterviewId; questionId: string }
  | { at: 'field'; interview: InterviewId; entry: EntryPlace; fieldId: string }
  | { at: 'review'; interview: InterviewId }
  | { at: 'stopped'; interview: InterviewId; reason: string }
  | {
      at: 'result';
      interview: InterviewId;
      outcomes: readonly Outcome[];
      missing: readonly string[];
      remarks: readonly string[];
      times: readonly string[];
      shown: number;
    }
  | { at: 'suppose'; interview: InterviewId; outcomes: readonly Outcome[] }
  | {
      at: 'compare';
      interview: InterviewId;
      questionId: string;
      fieldId: string | null;
      answers: AnswerMap;
      given: readonly Outcome[];
      supposed: readonly Outcome[];
    }
  | { at: 'item'; calculation: Calculation; item: CalculationItem }
  | { at: 'preview'; slip: Slip; preview: Preview }
  /** `ticket` tells one print job from another that began while the first still runs. */
  | { at: 'printing'; ticket: number; slip: Slip; lengthMm: number; share: number }
  | { at: 'printed' }
  | {
      at: 'held';
      ticket: number;
      jobId: string;
      reason: PrintHindrance;
      partly: boolean;
      slip: Slip;
      lengthMm: number;
    }
  | { at: 'notPrinted'; reason: 'unknown_slip' | 'no_session' | 'too_many' | 'interrupted' }
  | { at: 'aidConsent' }
  | { at: 'aid'; step: AidStep; changing: boolean }
  | { at: 'aidReview' }
  | { at: 'aidSaved'; receiptNumber: string; lackingPapers: readonly string[] }
  | {
      at: 'aidRefused';
      reason: Extract<IntakeResult, { state: 'refused' }>['reason'];
      fields: readonly string[];
    }
  | { at: 'rate' }
  | { at: 'rateReasons'; score: 1 | 2 }
  | { at: 'farewell'; ratingLost: boolean };

export type VisitEvent =
  | { kind: 'started' }
  | { kind: 'sessionOpened'; visit: number; sessionId: string }
  | { kind: 'went'; to: Screen }
  | { kind: 'replaced'; by: Screen }
  | { kind: 'back' }
  | { kind: 'home' }
  | { kind: 'waited'; ticket: number; on: Waiting }
  | { kind: 'arrived'; ticket: number; at: Screen; replacing: boolean }
  | { kind: 'troubled'; ticket: number }
  | {
      kind: 'progressed';
      visit: number;
      ticket: number;
      screen: Extract<Screen, { at: 'printing' | 'printed' | 'held' | 'notPrinted' }>;
    }
  | { kind: 'typed'; question: string }
  | { kind: 'searched'; search: string }
  | { kind: 'answered'; interview: InterviewId; answers: AnswerMap }
  | { kind: 'drafted'; entry: AnswerMap }
  | { kind: 'listed'; list: string; entries: readonly AnswerMap[] }
  | { kind: 'sided'; both: boolean }
  /** Back to a sheet seen before, past everything since; forward when it was not. */
  | { kind: 'returned'; to: Screen }
  | { kind: 'filled'; change: Partial<AidDraft> }
  | { kind: 'showed'; variant: number }
  | { kind: 'language'; language: Language }
  | { kind: 'elder' }
  | { kind: 'contrast' }
  | { kind: 'byEar' }
  | { kind: 'headphones' }
  | { kind: 'idleWarned' }
  | { kind: 'stayed' }
  | { kind: 'ended' }
  | { kind: 'ratingLost'; visit: number }
  | { kind: 'closed' };

const emptyDraft: AidDraft = {
  requestId: '',
  fromCard: false,
  name: '',
  idNumber: '',
  address: '',
  phone: '',
  matter: null,
  circumstances: [],
  papers: [],
  facts: '',
};

/** Nobody is here: the state that every visit begins from and that nothing of a visit survives into. */
export const nobody = (number: number): Visit => ({
  number,
  sessionId: null,
  language: 'zh-CN',
  elder: false,
  contrast: false,
  byEar: false,
  headphones: false,
  screen: { at: 'attract' },
  past: [],
  waiting: null,
  troubled: false,
  idleWarning: false,
  question: '',
  search: '',
  answers: {},
  lists: {},
  entry: {},
  bothSides: false,
  aid: emptyDraft,
});

/** What one event makes of a visit. Pure; events that come too late for their visit change nothing. */
export function nextVisit(visit: Visit, event: VisitEvent): Visit {
  switch (event.kind) {
    case 'started':
      return visit.screen.at === 'attract' || visit.screen.at === 'farewell'
        ? {
            ...nobody(visit.number + 1),
            screen: { at: 'home' },
          }
        : visit;
    case 'sessionOpened':
      return event.visit === visit.number && isPresent(visit)
        ? { ...visit, sessionId: event.sessionId }
        : visit;
    case 'went':
      return forward(visit, event.to);
    case 'replaced':
      return { ...calm(visit), screen: event.by };
    case 'back':
      return back(visit);
    case 'home':
      return {
        ...calm(visit),
        ...{ screen: { at: 'home' }, past: [], question: '', search: '' },
        ...{ answers: {}, lists: {}, entry: {}, bothSides: false },
      };
    case 'waited':
      return { ...calm(visit), waiting: { ticket: event.ticket, on: event.on } };
    case 'arrived':
      if (visit.waiting?.ticket !== event.ticket) return visit;
      if (event.at.at === 'aidSaved') return filed(visit, event.at);
      // A result computed anew takes the place of the one before.
      if (event.at.at === 'result') return returned(visit, event.at);
      return event.replacing ? { ...calm(visit), screen: event.at } : forward(visit, event.at);
    case 'troubled':
      return visit.waiting?.ticket === event.ticket ? { ...calm(visit), troubled: true } : visit;
    case 'progressed':
      return progress(visit, event);
    case 'typed':
      return { ...visit, question: event.question };
    case 'searched':
      return { ...visit, search: event.search };
    case 'answered':
      return { ...visit, answers: { ...visit.answers, [event.interview]: event.answers } };
    case 'drafted':
      return { ...visit, entry: event.entry };
    case 'listed':
      return { ...visit, lists: { ...visit.lists, [event.list]: event.entries } };
    case 'sided':
      return { ...visit, bothSides: event.both };
    case 'returned':
      return returned(visit, event.to);
    case 'filled':
      // A changed form is another one: handing it in again must not be taken for the same.
      return { ...visit, aid: { ...visit.aid, requestId: '', ...event.change } };
    case 'showed':
      return visit.screen.at === 'result'
        ? { ...visit, screen: { ...visit.screen, shown: event.variant } }
        : visit;
    case 'language':
      return { ...visit, language: event.language };
    case 'elder':
      return { ...visit, elder: !visit.elder };
    case 'contrast':
      return { ...visit, contrast: !visit.contrast };
    case 'byEar':
      return visit.byEar ? visit : { ...visit, byEar: true };
    case 'headphones':
      return { ...visit, headphones: !visit.headphones };
    case 'idleWarned':
      return isPresent(visit) ? { ...visit, idleWarning: true } : visit;
    case 'stayed':
      return { ...visit, idleWarning: false };
    case 'ended':
      // The last screen still speaks the visitor's language and size; everything else is already gone.
      return {
        ...nobody(visit.number + 1),
        language: visit.language,
        elder: visit.elder,
        contrast: visit.contrast,
        byEar: visit.byEar,
        screen: { at: 'farewell', ratingLost: false },
      };
    case 'ratingLost':
      return visit.screen.at === 'farewell' && visit.number === event.visit
        ? { ...visit, screen: { at: 'farewell', ratingLost: true } }
        : visit;
    case 'closed':
      return visit.screen.at === 'farewell' ? nobody(visit.number) : visit;
  }
}

/** Whether somebody's visit is going on (as against the poster and the farewell). */
export const isPresent = (visit: Visit) => visit.screen.at !== 'attract' && visit.screen.at !== 'farewell';

const calm = (visit: Visit): Visit => ({ ...visit, waiting: null, troubled: false });

const forward = (visit: Visit, to: Screen): Visit => ({
  ...calm(visit),
  screen: to,
  past: [...visit.past, visit.screen],
});

/** Names the sheet that a screen shows: progress on the same sheet does not change it. */
export function sheetOf(screen: Screen): string {
  switch (screen.at) {
    case 'question':
      return `question ${screen.interview} ${screen.questionId}`;
    case 'field':
      return `field ${screen.interview} ${screen.entry.questionId} ${screen.entry.index} ${screen.fieldId}`;
    case 'review':
    case 'result':
      return `${screen.at} ${screen.interview}`;
    case 'aid':
      return `aid ${screen.step}`;
    case 'answer':
      return `answer ${screen.answer.id}`;
    case 'guide':
      return `guide ${screen.guide.id}`;
    case 'article':
      return `article ${screen.article.law} ${screen.article.article}`;
    default:
      return screen.at;
  }
}

function returned(visit: Visit, to: Screen): Visit {
  const at = visit.past.findLastIndex((screen) => sheetOf(screen) === sheetOf(to));
  return at === -1 ? forward(visit, to) : { ...calm(visit), screen: to, past: visit.past.slice(0, at) };
}

/** A form that is handed in is closed: nothing leads back into it, and the next one is another. */
function filed(visit: Visit, screen: Screen): Visit {
  const past = visit.past.filter(({ at }) => !at.startsWith('aid'));
  return { ...calm(visit), screen, past, aid: emptyDraft };
}

function back(visit: Visit): Visit {
  if (visit.waiting) return calm(visit);
  const previous = visit.past.at(-1);
  return previous ? { ...calm(visit), screen: previous, past: visit.past.slice(0, -1) } : visit;
}

/**
 * A print job goes on while the citizen looks elsewhere, maybe at another job; only trouble with the paper calls them
 * back.
 */
function progress(
  visit: Visit,
  { visit: number, ticket, screen }: Extract<VisitEvent, { kind: 'progressed' }>,
): Visit {
  if (number !== visit.number || !isPresent(visit)) return visit;
  const now = visit.screen;
  if ((now.at === 'printing' || now.at === 'held') && now.ticket === ticket)
    return { ...calm(visit), screen };
  return screen.at === 'held' || screen.at === 'notPrinted' ? forward(visit, screen) : visit;
}
