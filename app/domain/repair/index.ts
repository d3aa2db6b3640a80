export { figuresDiffer } from './figures.ts';
export { createRepairer, TRUST } from './repair.ts';
export type { Repaired, Repairer } from './repair.ts';
export type { Sounded, Trust } from './sounded.ts';
export { soundDistance } from './sounds.ts';
