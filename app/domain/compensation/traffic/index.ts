export { allocate } from './allocate.ts';
