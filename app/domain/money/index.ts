export { fenFromYuan, trimDecimal, yuanFromFen, yuanGrouped } from './fen.ts';
export {
  add,
  compare,
  divide,
  multiply,
  parseDecimal,
  portionOf,
  reduce,
  shorten,
  roundHalfUp,
  subtract,
  whole,
  type Ratio,
} from './ratio.ts';
