/** The part of node-record-lpcm16 1.0.1 that we use; it brings no types. */
declare module 'node-record-lpcm16' {
  import type { ChildProcess } from 'node:child_process';
  import type { Readable } from 'node:stream';

  interface Recording {
    process: ChildProcess;
    stream(): Readable;
  }
  const library: { record(options: Readonly<Record<string, unknown>>): Recording };
  export default library;
}
