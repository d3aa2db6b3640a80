/** Our own dense encoder as the kiosk uses it. Training has its own face, `training.ts`, so that none of it is bundled. */
export { ENCODER_WIDTH } from './features.ts';
export { loadEncoder } from './load.ts';
export type { Encoder } from './load.ts';
export { byteVector, cosines } from './vectors.ts';
