export { courtFee } from './fee.ts';
