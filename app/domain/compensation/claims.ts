import type { Result } from '../result.ts';
import type { Calculation, CalculationError, ClaimCalculatorId } from './calculation.ts';
import { punitive } from './consumer/index.ts';
import { courtFee } from './court/index.ts';
import { annualLeave, doubleWage, overtime, severance } from './labour/index.ts';
import { precheck } from './legal-aid/index.ts';
import { delay, interest } from './lending/index.ts';
import type { Surroundings } from './sheet.ts';

/** Claims at work, in court, in lending and in shops: what is owed apart from injuries (compensation.md 1.6 to 1.13). */
export const CLAIMS: Readonly<
  Record<
    ClaimCalculatorId,
    (raw: unknown, surroundings: Surroundings) => Result<Calculation, CalculationError>
  >
> = {
  'labor.severance': severance,
  'labor.double_wage': doubleWage,
  'labor.overtime': overtime,
  'labor.annual_leave': annualLeave,
  'court.fee': courtFee,
  'legalaid.precheck': precheck,
  'loan.interest': interest,
  'loan.delay': delay,
  'consumer.punitive': punitive,
};
