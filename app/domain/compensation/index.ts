export { calculate, CALCULATOR_IDS, type CalculationContext } from './calculate.ts';
export type {
  Calculation,
  CalculationError,
  CalculationItem,
  CalculatorId,
  FormulaPart,
  LegalBasis,
  UsedFigure,
  WithheldItem,
} from './calculation.ts';
export {
  parseParameterTable,
  type Figure,
  type ParameterProblem,
  type ParameterTable,
} from './parameters.ts';
export { formatFormula, formatItem, formatWithheld, itemKey, type Translate } from './wording.ts';
