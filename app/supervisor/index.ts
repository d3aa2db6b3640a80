export { spawnCore } from './core-process.ts';
export type { CoreProgram } from './core-process.ts';
export { openDock } from './dock.ts';
export type { Dock } from './dock.ts';
export { pageHeaders } from './page-headers.ts';
export { superviseCore } from './supervisor.ts';
export type { CorePort, Supervisor } from './supervisor.ts';
