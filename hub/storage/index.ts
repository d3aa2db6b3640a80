export { openSqliteStorage } from './sqlite.ts';
export type { HubStorage, KioskSummary, Received } from './storage.ts';
