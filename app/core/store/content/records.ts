/** Rows of content.db as the rest of the kiosk sees them. The database is written whole by the builder and never changed. */
export interface ContentRecords {
  topics: readonly TopicRecord[];
  answers: readonly AnswerRecord[];
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

export interface AnswerRecord {
  id: string;
  topic: string;
  title: string;
  /** Button text; only of what many people ask. */
  tile: string | null;
  plain: string;
  steps: readonly { do: string; where: string | null; deadline: string | null }[];
  dependsOn: readonly string[];
  citations: readonly { law: string; article: string; version: string; gist: string }[];
  actions: readonly ActionRecord[];
  discreet: boolean;
  /** ISO date. */
  reviewedOn: string;
  maxAgeDays: number;
  /** Full-text form of all that the answer says: normalised, tokens joined by spaces. */
  searchTokens: string;
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
  searchTokens: string;
  /** Syllables without tone and their pairs, joined by spaces. */
  pinyinTokens: string;
}

export interface SynonymRecord {
  colloquial: string;
  legal: string;
}

export interface UrgentRecord {
  kind: string;
  /** Normalised words that mean danger now. */
  words: readonly string[];
  numbers: readonly { number: string; name: string }[];
}
