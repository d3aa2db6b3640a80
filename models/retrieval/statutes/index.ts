/** Finding statute articles: pure functions over the posting lists of statutes.db. Training has its own face. */
export { createAssociation } from './association.ts';
export { createCandidateSearch } from './candidates.ts';
export type { Candidate, StatuteIndex, StatuteQuestion } from './candidates.ts';
export { votes } from './neighbours.ts';
export type { KnownTexts } from './neighbours.ts';
export { buildPostings } from './postings.ts';
export { readRanker } from './ranker.ts';
export { createReferenceReader, readArticleName } from './reference.ts';
export { createForest } from './trees.ts';
