export { calculate, CALCULATOR_IDS } from './calculate.ts';
export { difference, type Difference } from './compare.ts';
export type {
  Calculation,
  CalculationError,
  CalculationItem,
  CalculatorId,
  FigureName,
  FormulaPart,
  Payer,
  UsedFigure,
} from './calculation.ts';
export { expressionOf } from './formula.ts';
export { parseParameterTable, type ParameterTable } from './parameters.ts';
export { isPackOld } from './stale.ts';
export { claimOf, hasAmounts, isDeadline, sharesOf } from './summary.ts';
export {
  formatFormula,
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  itemName,
  type Handwriting,
  type Translate,
} from './wording.ts';
