export { askInVisit, noteUnsolved, openGuideInVisit, openInVisit } from './consult.ts';
export type { AnswerSource } from './consult.ts';
export { Sessions } from './sessions.ts';
export type { Visit } from './sessions.ts';
