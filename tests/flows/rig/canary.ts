import type { LegalAidForm } from '../../../app/contract/intake.ts';

/** Words that must turn up nowhere on disk. */
export const CANARY = {
  name: '金丝雀甲',
  phone: '13987654321',
  facts: '金丝雀之事老板不给钱',
  question: '金丝雀之问怎么办',
};

export const form: LegalAidForm = {
  name: CANARY.name,
  idNumber: '530000199001010011',
  phone: CANARY.phone,
  address: '云南省昆明市金丝雀路',
  matter: 'wages',
  circumstances: ['none'],
  facts: CANARY.facts,
  papers: ['identity'],
};
