export { encodeProof, readProof, verifyProof, type Proof, type Verdict } from './proof.ts';
