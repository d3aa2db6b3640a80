export { annualLeave } from './annual-leave.ts';
export { doubleWage, unsignedPeriod } from './double-wage.ts';
export { overtime } from './overtime.ts';
export { severance } from './severance.ts';
