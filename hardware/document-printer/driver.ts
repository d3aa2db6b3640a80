import type { DeviceLog } from '../log.ts';
import { jobsIn, queuesIn } from './lpstat.ts';
import type { DocumentOutcome, DocumentPrinterPort, DocumentPrinterStatus } from './port.ts';
import type { Ended, RunCups } from './programs.ts';

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
  /** Name of the queue. */
  queue: string;
  run: RunCups;
  log: DeviceLog;
  timing?: DocumentPrinterTiming;
}

type Look = 'printed' | 'failed' | 'held' | 'stopped' | 'waiting' | 'unseen';

/** A job passes from one list to the other between two questions: only unseen so often is it gone. */
const vanishedAfter = 3;

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
    const queue = queuesIn(said).find(({ name }) => name === this.#options.queue);
    if (code !== 0 || !queue) return { state: 'absent' };
    return { state: queue.stopped ? 'stopped' : 'ready' };
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
    const { said } = await this.#run('lpstat', ['-l', '-o', this.#options.queue]);
    return jobsIn(said).map(({ name }) => name);
  }

  async #follow(job: string, signal: AbortSignal): Promise<DocumentOutcome> {
    const end = performance.now() + this.#timing.job;
    let unseen = 0;
    for (;;) {
      const reason = signal.aborted ? 'cancelled' : performance.now() >= end ? 'timed_out' : undefined;
      if (reason) return this.#callBack(job, reason);
      const look = await this.#lookAt(job);
      unseen = look === 'unseen' ? unseen + 1 : 0;
      if (look === 'printed') return { kind: 'printed' };
      if (look === 'failed') return { kind: 'interrupted', reason: 'failed' };
      // Nobody here can let it go on: it must not come out when nobody waits for it.
      if (look === 'held' || look === 'stopped') return this.#callBack(job, look);
      if (unseen >= vanishedAfter) return this.#callBack(job, 'vanished');
      await this.#pause(signal);
    }
  }

  async #callBack(
    job: string,
    reason: Extract<DocumentOutcome, { kind: 'interrupted' }>['reason'],
  ): Promise<DocumentOutcome> {
    await this.#run('cancel', ['-x', job]);
    return { kind: 'interrupted', reason };
  }

  async #lookAt(job: string): Promise<Look> {
    const queue = this.#options.queue;
    const open = await this.#run('lpstat', ['-l', '-o', queue]);
    const waiting = jobsIn(open.said).find(({ name }) => name === job);
    if (waiting) {
      if (waiting.alerts.includes('job-hold-until-specified')) return 'held';
      return (await this.status()).state === 'stopped' ? 'stopped' : 'waiting';
    }
    const over = await this.#run('lpstat', ['-l', '-W', 'completed', '-o', queue]);
    const ended = jobsIn(over.said).find(({ name }) => name === job);
    if (ended) return ended.alerts.includes('job-completed-successfully') ? 'printed' : 'failed';
    return open.code === 0 && over.code === 0 ? 'unseen' : 'waiting';
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

  #run(name: Parameters<RunCups>[0], programArguments: string[], input?: Uint8Array): Promise<Ended> {
    return this.#options.run(name, programArguments, { limitMs: this.#timing.answer, input });
  }
}
