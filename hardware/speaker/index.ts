export { findPlayer, Speaker } from './driver.ts';
export type { PlayerProgram } from './driver.ts';
export { soundOfWav } from './wav.ts';
