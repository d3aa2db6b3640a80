export { damages } from './damages.ts';
export { dependants } from './dependants.ts';
export { identifier } from './inputs.ts';
