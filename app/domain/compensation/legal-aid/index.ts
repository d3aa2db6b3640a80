export { precheck } from './precheck.ts';
