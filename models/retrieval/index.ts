export { createEvidence } from './evidence.ts';
export type { Evidence, ModelOpinion, SpokenText, WrittenText } from './evidence.ts';
export { fitFusion, fuse, shortened } from './fusion.ts';
export type { Candidates, Fused, FusionExample } from './fusion.ts';
export { coverage, inverseFrequency, similarity, weigh } from './similarity.ts';
export type { TokenWeight, WeightedTokens } from './similarity.ts';
export { chooseThresholds, decide, ranking } from './thresholds.ts';
export type { HeldOutOutcome, Thresholds } from './thresholds.ts';
export { indexText, matchAny, searchTokens, tokens } from './tokens.ts';
