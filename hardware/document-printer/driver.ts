import { spawn } from 'node:child_process';
import { join } from 'node:path';

import type { DeviceLog } from '../log.ts';
import type { DocumentOutcome, DocumentPrinterPort, DocumentPrinterStatus } from './port.ts';

/** All waits in ms; tests shorten them. */
export interface DocumentPrinterTiming {
  /** For an answer of one program. */
  answer: number;
  /** Between looks at the job. */
  look: number;
  /** A job that is not done after so long is called back. */
  job: number;
}

export const documentPrinterTiming: DocumentPrinterTiming = { answer: 10_000, look: 1000, job: 180_000 };

interface DocumentPrinterOptions {
  /** Name of the CUPS queue. */
  queue: string;
  log: DeviceLog;
  timing?: DocumentPrinterTiming;
  /** Where lp, lpstat and cancel are. */
  programFolder?: string;
}

interface Ended {
  code: number | null;
  said: string;
}

/** A4 printer behind CUPS: the document goes to `lp` by its stdin, and is in no file of ours. */
export class DocumentPrinter implements DocumentPrinterPort {
  readonly #options: DocumentPrinterOptions;
  readonly #timing: DocumentPrinterTiming;

  constructor(options: DocumentPrinterOptions) {
    this.#options = options;
    this.#timing = options.timing ?? documentPrinterTiming;
  }

  async status(): Promise<DocumentPrinterStatus> {
    const { code, said } = await this.#run('lpstat', ['-p', this.#options.queue]);
    if (code !== 0) return { state: 'absent' };
    return { state: / disabled /.test(said) ? 'stopped' : 'ready' };
  }

  async print(
    pdf: Uint8Array,
    { title, signal }: { title: string; signal?: AbortSignal },
  ): Promise<DocumentOutcome> {
    const started = performance.now();
    const outcome = await this.#print(pdf, title, signal);
    const ms = Math.round(performance.now() - started);
    this.#options.log.info({ device: 'document-printer', ...outcome, ms }, 'job ended');
    return outcome;
  }

  async #print(pdf: Uint8Array, title: string, signal: AbortSignal | undefined): Promise<DocumentOutcome> {
    const { state } = await this.status();
    if (state !== 'ready') return { kind: 'not_started', reason: state };
    if (signal?.aborted) return { kind: 'not_started', reason: 'cancelled' };
    const options = ['-o', 'media=A4', '-o', 'job-sheets=none'];
    const taken = await this.#run('lp', ['-d', this.#options.queue, '-t', title, ...options], pdf);
    const job = /request id is (\S+)/.exec(taken.said)?.[1];
    if (taken.code !== 0 || job === undefined) return { kind: 'not_started', reason: 'refused' };
    return this.#follow(job, signal);
  }

  async #follow(job: string, signal: AbortSignal | undefined): Promise<DocumentOutcome> {
    const end = performance.now() + this.#timing.job;
    for (;;) {
      const reason = signal?.aborted ? 'cancelled' : performance.now() >= end ? 'timed_out' : undefined;
      if (reason) {
        await this.#run('cancel', ['-x', job]);
        return { kind: 'interrupted', reason };
      }
      const ended = await this.#alertsOf(job);
      if (ended !== undefined)
        return ended.includes('job-completed-successfully')
          ? { kind: 'printed' }
          : { kind: 'interrupted', reason: 'failed' };
      await this.#pause(signal);
    }
  }

  /** Why a job that has ended did; undefined while it is under way. */
  async #alertsOf(job: string): Promise<string | undefined> {
    const { said } = await this.#run('lpstat', ['-l', '-W', 'completed', '-o', this.#options.queue]);
    const blocks = said.split(/\n(?=\S)/);
    return blocks.find((block) => block.startsWith(`${job} `));
  }

  #pause(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, this.#timing.look);
      signal?.addEventListener('abort', done);
    });
  }

  /** Runs one program of CUPS; a missing or hanging one counts as failed. */
  #run(name: 'lp' | 'lpstat' | 'cancel', programArguments: string[], input?: Uint8Array): Promise<Ended> {
    const program = join(this.#options.programFolder ?? '/usr/bin', name);
    return new Promise((resolve) => {
      const child = spawn(program, programArguments, {
        stdio: ['pipe', 'pipe', 'ignore'],
        // Its words are read below.
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      });
      let said = '';
      const finish = (code: number | null): void => {
        clearTimeout(timer);
        resolve({ code, said });
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        finish(null);
      }, this.#timing.answer);
      child.on('error', () => finish(null));
      child.stdin.on('error', () => undefined);
      child.stdout.on('data', (text: Buffer) => (said += text.toString()));
      child.on('close', (code) => finish(code));
      child.stdin.end(input);
    });
  }
}
