export { delay } from './delay.ts';
export { interest } from './interest.ts';
export { NEW_CEILING_FROM } from './rate.ts';
