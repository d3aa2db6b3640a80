export { findPlayer, Speaker } from './driver.ts';
export { soundOfWav } from './wav.ts';
