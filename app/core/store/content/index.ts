/** content.db and statutes.db: written whole by the builder (`tools/content`), opened read-only by the kiosk. */
export { openContentDatabase } from './reader.ts';
export type { ContentDatabase } from './reader.ts';
export type {
  ActionRecord,
  AnswerRecord,
  ContentRecords,
  GuidePhrasingRecord,
  GuideRecord,
  OfferRecord,
  PlaceRecord,
  PublicityRecord,
  StepRecord,
  SynonymRecord,
  UrgentRecord,
  UtteranceRecord,
} from './records.ts';
export { CONTENT_SCHEMA_VERSION } from './schema.ts';
export { openStatuteDatabase, writeStatuteDatabase } from './statutes.ts';
export type {
  ArticleRecord,
  LawRecord,
  RepealRecord,
  StatuteDatabase,
  StatuteRecords,
  StatuteStatus,
} from './statutes.ts';
export { writeContentDatabase } from './writer.ts';
