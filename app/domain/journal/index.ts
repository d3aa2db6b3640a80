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
export type { ChainedRow } from './chain.ts';
