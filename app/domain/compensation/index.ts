export { calculate, CALCULATOR_IDS } from './calculate.ts';
export { difference, range, type Difference, type Range } from './compare.ts';
export type {
  Calculation,
  CalculationError,
  CalculationItem,
  CalculatorId,
  FormulaPart,
  UsedFigure,
} from './calculation.ts';
export { parseParameterTable, type ParameterTable } from './parameters.ts';
export {
  formatFormula,
  formatInfo,
  formatItem,
  formatStep,
  formatWithheld,
  itemKey,
  type Translate,
} from './wording.ts';
