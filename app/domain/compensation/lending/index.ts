export { delay } from './delay.ts';
export { interest } from './interest.ts';
