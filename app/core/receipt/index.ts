export { buildSlip } from './build.ts';
export type { SlipSources } from './build.ts';
export { abandonJobsOfStoppedCore, abandonSlip, printSlip, reprintSlip } from './printing.ts';
export type { PrintDependencies } from './printing.ts';
