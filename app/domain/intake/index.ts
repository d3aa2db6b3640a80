export { LEGAL_AID_PAPERS, papersNeeded } from './papers.ts';
