import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import { pino } from 'pino';

import { redact } from './redact.ts';

/** The part of pino that the core uses. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

const MAX_FILE_BYTES = 2 * 1024 * 1024;

/**
 * A log file of at most twice 2 MiB. Redaction sits at the sink: no caller can forget it. A disk that cannot be
 * written costs log lines, nothing else.
 */
export function createLog(path: string): Log {
  const write = (line: string): void => {
    try {
      mkdirSync(dirname(path), { recursive: true });
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_FILE_BYTES)
        renameSync(path, `${path}.1`);
      appendFileSync(path, redact(line), { mode: 0o600 });
    } catch {
      // Nowhere left to say it.
    }
  };
  return pino({ base: null, serializers: { error: pino.stdSerializers.err } }, { write });
}
