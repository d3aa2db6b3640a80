export { courtFee } from './fee.ts';
export { parseCourtFeeRules, type CourtFeeRules } from './rules.ts';
