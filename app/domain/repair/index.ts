export { createRepairer, TRUST } from './repair.ts';
export type { Repaired, Repairer, Sounded, Trust } from './repair.ts';
export { soundDistance } from './sounds.ts';
