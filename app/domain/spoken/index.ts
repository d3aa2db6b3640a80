export { spokenChinese } from './chinese.ts';
export { withoutPersonalNumbers } from './personal.ts';
export { sentencesOf } from './sentences.ts';
