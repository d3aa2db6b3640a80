export { listenInVisit, stopListening } from './listen.ts';
export type { ListenDependencies } from './listen.ts';
export { noHearing } from './absent.ts';
export type { HearingPort, HearingRequest, RecogniserStatus, HearingStep } from './port.ts';
export { listeningOf, watchListening } from './status.ts';
