export { spokenChinese } from './chinese.ts';
export { spokenEnglish } from './english.ts';
export { withoutPersonalNumbers } from './personal.ts';
export { sentencesOf } from './sentences.ts';
