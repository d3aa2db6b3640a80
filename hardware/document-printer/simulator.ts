import { setTimeout as pause } from 'node:timers/promises';

import { simulatedQueue } from './programs.ts';
import type { Ended, RunCups } from './programs.ts';

/**
 * What is wrong with the printing system. `absent`: it has no queue. `stopped`: the printer stands, and what waits goes on
 * waiting. `holds`: each new job waits for a person. `forgets`: what was printed is in no list. `fails`: jobs are given up.
 * `refuses`: no document is taken. `hangs`: no program comes to an end; the document is taken all the same.
 */
export type CupsTrouble = 'absent' | 'stopped' | 'holds' | 'forgets' | 'fails' | 'refuses' | 'hangs';

interface Job {
  name: string;
  bytes: number;
  /** In ms of the clock: when it will be on paper if nothing is in the way. */
  due: number;
  state: 'waiting' | 'held' | 'printed' | 'failed' | 'cancelled' | 'forgotten';
}

const alerts: Readonly<Record<Job['state'], string>> = {
  waiting: 'job-printing',
  held: 'job-hold-until-specified',
  printed: 'job-completed-successfully',
  failed: 'aborted-by-system',
  cancelled: 'job-canceled-by-user',
  forgotten: '',
};
const user = 'kiosk';
const since = 'Mon Jun  1 08:00:00 2026';

/** CUPS with one A4 printer, as its programs tell of it. Keeps how long a document was, and nothing of what it said. */
export class SimulatedCups {
  readonly #printMs: number;
  readonly #jobs: Job[] = [];
  #trouble: CupsTrouble | undefined;

  /** `printMs` is how long a document takes. */
  constructor({ printMs = 0 }: { printMs?: number } = {}) {
    this.#printMs = printMs;
  }

  get trouble(): CupsTrouble | undefined {
    return this.#trouble;
  }

  /** Breaks the printing system in one way, or mends it. */
  set(trouble: CupsTrouble | undefined): void {
    this.#work();
    this.#trouble = trouble;
  }

  /** Documents that came out, by their length in bytes. */
  get printed(): number[] {
    this.#work();
    return this.#jobs
      .filter(({ state }) => state === 'printed' || state === 'forgotten')
      .map(({ bytes }) => bytes);
  }

  /** Jobs that may still come out. */
  get waiting(): number {
    this.#work();
    return this.#jobs.filter(({ state }) => state === 'waiting' || state === 'held').length;
  }

  /** A program of CUPS, as if it had run here. */
  readonly run: RunCups = async (name, programArguments, { limitMs, input }) => {
    const ended = this.#answer(name, programArguments, input?.length ?? 0);
    if (this.#trouble !== 'hangs') return ended;
    await pause(limitMs, undefined, { ref: false });
    return { code: 'hung', said: '' };
  };

  #answer(name: Parameters<RunCups>[0], given: readonly string[], bytes: number): Ended {
    this.#work();
    if (this.#trouble === 'absent') return { code: 1, said: '' };
    if (name === 'lp') return this.#take(bytes);
    if (name === 'cancel') return this.#cancel(given.at(-1) ?? '');
    if (given[0] === '-p') return { code: 0, said: this.#queueLine() };
    const over = given.includes('completed');
    const open = ({ state }: Job): boolean => state === 'waiting' || state === 'held';
    const listed = this.#jobs.filter((job) => job.state !== 'forgotten' && open(job) !== over);
    return { code: 0, said: listed.map(jobLines).join('') };
  }

  #take(bytes: number): Ended {
    if (this.#trouble === 'refuses') return { code: 1, said: '' };
    const job: Job = {
      name: `${simulatedQueue}-${this.#jobs.length + 1}`,
      bytes,
      due: performance.now() + this.#printMs,
      state: this.#trouble === 'holds' ? 'held' : 'waiting',
    };
    this.#jobs.push(job);
    return { code: 0, said: `request id is ${job.name} (0 file(s))\n` };
  }

  #cancel(name: string): Ended {
    const job = this.#jobs.find((each) => each.name === name);
    if (job?.state === 'waiting' || job?.state === 'held') job.state = 'cancelled';
    return { code: job ? 0 : 1, said: '' };
  }

  #queueLine(): string {
    const state =
      this.#trouble === 'stopped'
        ? `disabled since ${since} -\n\tPaused`
        : `is idle.  enabled since ${since}`;
    return `printer ${simulatedQueue} ${state}\n`;
  }

  /** What is due by now comes out. */
  #work(): void {
    if (this.#trouble === 'stopped') return;
    for (const job of this.#jobs) {
      if (job.state !== 'waiting' || performance.now() < job.due) continue;
      job.state =
        this.#trouble === 'fails' ? 'failed' : this.#trouble === 'forgets' ? 'forgotten' : 'printed';
    }
  }
}

function jobLines({ name, bytes, state }: Job): string {
  return `${name.padEnd(24)}${user.padEnd(18)}${bytes}   ${since}\n\tAlerts: ${alerts[state]}\n\tqueued for ${simulatedQueue}\n`;
}
