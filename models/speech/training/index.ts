export { asWholeModel, encodeStreamingModel } from './export.ts';
export { teachSpeech } from './learn.ts';
export type { Saying } from './learn.ts';
export type { Layer } from './network.ts';
export { openProducts } from './products.ts';
export { echo, mix, noise, NOISES } from './room.ts';
export type { NoiseKind } from './room.ts';
export { unitsOf } from './units.ts';
