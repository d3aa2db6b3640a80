/** Training of the statute ranker, used by `tools/train-statutes.ts`. */
export type { AssociationWeights } from './association.ts';
export { STATUTE_FEATURES } from './candidates.ts';
export type { StatuteRanker } from './ranker.ts';
export { trainAssociation } from './train-association.ts';
export type { AssociationExample } from './train-association.ts';
export { trainForest } from './train-trees.ts';
export type { RankedGroup } from './train-trees.ts';
