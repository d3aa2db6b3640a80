/** Training and export, used by `tools/content` when a pack is built. */
export { encodeIntentModel } from './export.ts';
export { features } from './features.ts';
export { calibrate, cooled, forwardMatters, trainMatters } from './matters.ts';
export type { LabelledMatter, MattersShape } from './matters.ts';
export { columnsOf, forward, trainIntent } from './train.ts';
export type { IntentShape, IntentWeights, LabelledText } from './train.ts';
