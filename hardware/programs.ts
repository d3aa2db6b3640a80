import { accessSync, constants } from 'node:fs';

/** Whether this file is there and may be run. */
export function canRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
