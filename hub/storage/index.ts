export { openSqliteStorage } from './sqlite.ts';
export type { HubStorage, KioskSummary } from './storage.ts';
