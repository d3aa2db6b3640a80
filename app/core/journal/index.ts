export { describeEvents, EVENTS } from './events.ts';
export type { JournalEvent, SealedBox } from './events.ts';
export { Journal } from './journal.ts';
export type { Outbox } from './journal.ts';
