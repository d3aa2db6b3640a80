export { createCalculator, runCalculation } from './calculate.ts';
export type { Calculator } from './calculate.ts';
