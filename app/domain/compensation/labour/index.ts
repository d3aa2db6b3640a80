export { annualLeave } from './annual-leave.ts';
export { doubleWage, unsignedPeriod } from './double-wage.ts';
export { overtime } from './overtime.ts';
export { nextPaidDay } from './service.ts';
export { severance, YUNNAN_PREFECTURES } from './severance.ts';
