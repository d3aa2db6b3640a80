export { fenFromYuan, trimDecimal, yuanFromFen, yuanGrouped } from './fen.ts';
export {
  add,
  compare,
  divide,
  multiply,
  parseDecimal,
  reduce,
  roundHalfUp,
  subtract,
  whole,
  type Ratio,
} from './ratio.ts';
