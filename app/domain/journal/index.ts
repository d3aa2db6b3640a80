export {
  canonicalJson,
  firstBrokenSeq,
  firstSeq,
  GAP_TYPE,
  gapOf,
  genesisHash,
  headAfter,
  rowHash,
} from './chain.ts';
export type { ChainedRow, Gap } from './chain.ts';
