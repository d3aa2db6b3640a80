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
  /** How it left; `hung`: it did not, and was ended. Null when there is no such program. */
  code: number | 'hung' | null;
  said: string;
}

/** A4 printer behind CUPS: the document goes to `lp` by its stdin, and is in no file of ours. */
export class DocumentPrinter implements DocumentPrinterPort {
  readonly #options: DocumentPrinterOptions;
  readonly #timing: DocumentPrinterTiming;
  readonly #closing = new AbortController();
  readonly #jobs = new Set<Promise<DocumentOutcome>>();

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
    const stop = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    const job = this.#print(pdf, title, stop);
    this.#jobs.add(job);
    const outcome = await job.finally(() => this.#jobs.delete(job));
    const ms = Math.round(performance.now() - started);
    this.#options.log.info({ device: 'document-printer', ...outcome, ms }, 'job ended');
    return outcome;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#jobs);
  }

  async #print(pdf: Uint8Array, title: string, signal: AbortSignal): Promise<DocumentOutcome> {
    const { state } = await this.status();
    if (state !== 'ready') return { kind: 'not_started', reason: state };
    if (signal.aborted) return { kind: 'not_started', reason: 'cancelled' };
    const before = await this.#waitingJobs();
    const options = ['-o', 'media=A4', '-o', 'job-sheets=none'];
    const taken = await this.#run('lp', ['-d', this.#options.queue, '-t', title, ...options], pdf);
    const job = /request id is (\S+)/.exec(taken.said)?.[1];
    if (job !== undefined) return this.#follow(job, signal);
    if (taken.code !== 0 && taken.code !== 'hung') return { kind: 'not_started', reason: 'refused' };
    // The printing system may hold the document all the same: what has come since is called back.
    const held = (await this.#waitingJobs()).filter((each) => !before.includes(each));
    for (const each of held) await this.#run('cancel', ['-x', each]);
    return { kind: 'interrupted', reason: 'timed_out' };
  }

  /** Names of the jobs of this queue that are not done. */
  async #waitingJobs(): Promise<string[]> {
    const { said } = await this.#run('lpstat', ['-o', this.#options.queue]);
    return said.split('\n').flatMap((line) => /^\S+-\d+(?=\s)/.exec(line)?.[0] ?? []);
  }

  async #follow(job: string, signal: AbortSignal): Promise<DocumentOutcome> {
    const end = performance.now() + this.#timing.job;
    for (;;) {
      const reason = signal.aborted ? 'cancelled' : performance.now() >= end ? 'timed_out' : undefined;
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

  #pause(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, this.#timing.look);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }

  /** Runs one program of CUPS. */
  #run(name: 'lp' | 'lpstat' | 'cancel', programArguments: string[], input?: Uint8Array): Promise<Ended> {
    const program = join(this.#options.programFolder ?? '/usr/bin', name);
    return new Promise((resolve) => {
      const child = spawn(program, programArguments, {
        stdio: ['pipe', 'pipe', 'ignore'],
        // Its words are read below.
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
      });
      let said = '';
      const finish = (code: Ended['code']): void => {
        clearTimeout(timer);
        resolve({ code, said });
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        finish('hung');
      }, this.#timing.answer);
      child.on('error', () => finish(null));
      child.stdin.on('error', () => undefined);
      child.stdout.on('data', (text: Buffer) => (said += text.toString()));
      child.on('close', (code) => finish(code ?? 'hung'));
      child.stdin.end(input);
    });
  }
}
