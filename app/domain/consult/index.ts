export { nothingAttached } from './attached.ts';
export { leansOnBefore } from './follow-up.ts';
export type { Subject } from './follow-up.ts';
export { inOrderOfNeed, isMet, NEEDS, wantsAddress } from './needs.ts';
export type { Need, WayKind } from './needs.ts';
