/** Training and export, used by `tools/` when a pack is built. */
export { cooledClasses, forwardClasses, readClasses, trainClasses, writeClasses } from './classes.ts';
export type { ClassExample, ClassModel } from './classes.ts';
export { encodeIntentModel } from './export.ts';
export { features } from './features.ts';
export type { LinearWeights } from './linear.ts';
export { calibrate, cooled, forwardMatters, trainMatters } from './matters.ts';
export type { LabelledMatter, MattersShape } from './matters.ts';
export { forwardNetwork, trainNetwork } from './network.ts';
export type { Network, NetworkExample } from './network.ts';
export { predictIntent, trainIntent } from './train.ts';
export type { IntentShape, LabelledText } from './train.ts';
