export { LEGAL_AID_PAPERS, papersNeeded } from './papers.ts';
export type { LegalAidPaper } from './papers.ts';
