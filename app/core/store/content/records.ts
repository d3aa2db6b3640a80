/** Rows of content.db as the rest of the kiosk sees them. The database is written whole by the builder and never changed. */
export interface ContentRecords {
  topics: readonly TopicRecord[];
  answers: readonly AnswerRecord[];
  /** Headings of the shelves that have any, in the order of the screen. */
  shelfParts: readonly ShelfPartRecord[];
  families: readonly { code: string; title: string }[];
  guides: readonly GuideRecord[];
  /** What people ask guides by. */
  guidePhrasings: readonly GuidePhrasingRecord[];
  places: readonly PlaceRecord[];
  /** Ids of answers. */
  popular: readonly string[];
  publicity: readonly PublicityRecord[];
  utterances: readonly UtteranceRecord[];
  synonyms: readonly SynonymRecord[];
  urgent: readonly UrgentRecord[];
}

export interface TopicRecord {
  code: string;
  title: string;
  /** Public class name, one of the scorer's twenty. */
  className: string;
}

export interface ShelfPartRecord {
  topic: string;
  title: string;
  /** Ids. */
  answers: readonly string[];
}

export interface StepRecord {
  do: string;
  where: string | null;
  /** Id of a place. */
  place: string | null;
  deadline: string | null;
}

export interface CitationRecord {
  law: string;
  article: string;
  /** ISO date. */
  version: string;
  gist: string;
}

/** Where and when an entry may be offered. */
export interface OfferRecord {
  /** Administrative codes; empty for everywhere. */
  regions: readonly string[];
  /** ISO dates, first and last day; null for no bound. */
  validFrom: string | null;
  validTo: string | null;
}

export interface AnswerRecord extends OfferRecord {
  id: string;
  topic: string;
  title: string;
  /** Button text; only of what many people ask. */
  tile: string | null;
  plain: string;
  audience: readonly string[];
  /** Codes of what may go wrong. */
  risks: readonly string[];
  steps: readonly StepRecord[];
  /** Facts that change the answer; some lead to another. */
  dependsOn: readonly { fact: string; answer: string | null }[];
  citations: readonly CitationRecord[];
  actions: readonly ActionRecord[];
  discreet: boolean;
  /** ISO date. */
  reviewedOn: string;
  maxAgeDays: number;
}

/** 办事指南: one service at an office. */
export interface GuideRecord extends OfferRecord {
  id: string;
  family: string;
  topic: string;
  title: string;
  summary: string;
  conditions: readonly string[];
  materials: readonly { what: string; note: string | null }[];
  steps: readonly StepRecord[];
  timeLimit: string;
  fee: string;
  result: string;
  ifRefused: string;
  where: string;
  place: string | null;
  citations: readonly CitationRecord[];
  actions: readonly ActionRecord[];
  discreet: boolean;
  reviewedOn: string;
  maxAgeDays: number;
  /** All that the guide says: normalised, tokens joined by spaces. */
  searchTokens: string;
}

/** What of a guide is only ever read whole. */
export type GuidePage = Omit<
  GuideRecord,
  'id' | 'family' | 'topic' | 'title' | 'searchTokens' | 'discreet' | keyof OfferRecord
> & { discreet?: true };

export interface GuidePhrasingRecord {
  guide: string;
  text: string;
}

export interface PlaceRecord {
  id: string;
  name: string;
  kind: string;
  /** Administrative code. */
  region: string;
  address: string | null;
  phone: string | null;
  hours: string | null;
  free: boolean;
}

/** A law of the season. */
export interface PublicityRecord {
  title: string;
  sentences: readonly string[];
  /** 1–12; empty for the whole year. */
  months: readonly number[];
  law: string;
  article: string;
}

export interface ActionRecord {
  kind: 'calculate' | 'intake' | 'answer' | 'guide' | 'call';
  /** Calculator, form, id of an answer or guide, or number. */
  target: string;
  /** Name of who is called; null for the other kinds. */
  name: string | null;
}

/** Something people say: a phrasing of an answer, or (answer null) something the kiosk must not answer. */
export interface UtteranceRecord {
  answer: string | null;
  text: string;
  /** Syllables without tone and their pairs, joined by spaces. */
  pinyinTokens: string;
}

export interface SynonymRecord {
  colloquial: string;
  legal: string;
}

export interface UrgentRecord {
  kind: string;
  /** Words that mean danger now: regular expressions over a normalised text. */
  words: readonly string[];
  numbers: readonly { number: string; name: string }[];
  /** Ids of the answers that are about this danger, and from which probability of them together it is raised. */
  answers: readonly string[];
  from: number;
}
