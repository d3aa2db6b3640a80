/** Training the encoder and encoding in bulk, for `tools/`. */
export { encodeEncoderModel } from './export.ts';
export { createBulkEncoder } from './quantised.ts';
export type { EncoderLearner } from './learner.ts';
export { articleText, readStatutes, teach } from './train.ts';
export type { TaughtArticle, TaughtText } from './train.ts';
