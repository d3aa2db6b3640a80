import type { PrintProgress, Slip } from '../../contract/receipt.ts';
import type { ReceiptDocument } from '../../domain/receipt/document.ts';
import { MAX_SLIPS_PER_SESSION } from '../../domain/session/index.ts';
import type { PrintOutcome, ReceiptPrinterPort } from '../../../hardware/receipt-printer/port.ts';
import type { Clock, Randomness } from '../edges.ts';
import type { Journal } from '../journal/index.ts';
import type { Visit } from '../session/index.ts';
import {
  abandonUnfinishedJobs,
  forgetOldJobs,
  savePrintJob,
  type PrintJobState,
} from '../store/print-jobs.ts';

export interface PrintDependencies {
  printer: ReceiptPrinterPort;
  journal: Journal;
  clock: Clock;
  random: Randomness;
}

/** A slip on its way to paper; lives in its visit only. */
interface Job {
  id: string;
  slip: Slip['kind'];
  document: ReceiptDocument;
  state: 'printing' | 'held';
  /** A part of it may lie in the tray: the next whole copy is a second one. */
  partly: boolean;
}

const KEPT_MS = 90 * 24 * 3_600_000;

const jobsOf = (visit: Visit): Map<string, Job> => {
  const kept = visit.belongings.get('print') as Map<string, Job> | undefined;
  if (kept !== undefined) return kept;
  const fresh = new Map<string, Job>();
  visit.belongings.set('print', fresh);
  return fresh;
};

/** Prints a slip of this visit and tells how it goes. */
export async function* printSlip(
  dependencies: PrintDependencies,
  { visit, slip, document }: { visit: Visit; slip: Slip['kind']; document: ReceiptDocument },
): AsyncGenerator<PrintProgress> {
  if (visit.slips >= MAX_SLIPS_PER_SESSION) {
    yield { state: 'refused', reason: 'too_many' };
    return;
  }
  visit.slips += 1;
  const job: Job = { id: dependencies.random.uuid(), slip, document, state: 'held', partly: false };
  jobsOf(visit).set(job.id, job);
  visit.farewells.add(() => {
    endJob(dependencies, visit, job);
    // What stands on a slip in the mouth is nobody else's business.
    void dependencies.printer.takeSlipBack();
  });
  note(dependencies, visit, job, 'queued');
  yield* run(dependencies, visit, job);
}

/** A held job again: one whole new copy. */
export async function* reprintSlip(
  dependencies: PrintDependencies,
  { visit, jobId }: { visit: Visit; jobId: string },
): AsyncGenerator<PrintProgress> {
  const job = jobsOf(visit).get(jobId);
  if (job?.state === 'held') yield* run(dependencies, visit, job);
  else yield { state: 'refused', reason: 'unknown_slip' };
}

/** Gives a held job up. One that is printing goes on: paper cannot be called back. */
export function abandonSlip(
  dependencies: PrintDependencies,
  { visit, jobId }: { visit: Visit; jobId: string },
): void {
  const job = jobsOf(visit).get(jobId);
  if (job?.state === 'held') endJob(dependencies, visit, job);
}

/** Jobs of a core that stopped: what is on paper is unknown, so nothing of them is ever printed by itself. */
export function abandonJobsOfStoppedCore({
  journal,
  clock,
}: Pick<PrintDependencies, 'journal' | 'clock'>): void {
  journal.write((append, database) => {
    for (const { id, session, slip } of abandonUnfinishedJobs(database, clock.now()))
      append({
        type: 'print.ended',
        payload: { session, job: id, slip, outcome: 'abandoned', reason: 'core_stopped' },
      });
    forgetOldJobs(database, clock.now() - KEPT_MS);
  });
}

async function* run(dependencies: PrintDependencies, visit: Visit, job: Job): AsyncGenerator<PrintProgress> {
  job.state = 'printing';
  note(dependencies, visit, job, 'printing');
  let share = 0;
  let wake: () => void = () => undefined;
  const onProgress = (taken: number): void => {
    share = taken;
    wake();
  };
  // The screen may go away in between; the paper and the journal do not wait for it.
  const printing = dependencies.printer
    .print(job.document, { signal: visit.signal, onProgress })
    .then((outcome) => finish(dependencies, visit, job, outcome));
  const ended = printing.then(
    () => true,
    () => true,
  );
  for (let told = -1; ;) {
    if (share > told) {
      told = share;
      yield { state: 'printing', jobId: job.id, share };
    } else {
      const progress = new Promise<false>((resolve) => {
        wake = () => resolve(false);
      });
      if (await Promise.race([ended, progress])) break;
    }
  }
  yield await printing;
}

function finish(
  dependencies: PrintDependencies,
  visit: Visit,
  job: Job,
  outcome: PrintOutcome,
): PrintProgress {
  if (outcome.kind === 'printed') {
    jobsOf(visit).delete(job.id);
    visit.served = true;
    note(dependencies, visit, job, 'printed', null, job.partly ? 'reprinted' : 'printed');
    return { state: 'printed', jobId: job.id };
  }
  // Nobody is left to ask for another copy.
  if (visit.signal.aborted) {
    note(dependencies, visit, job, 'abandoned', outcome.reason);
    return { state: 'abandoned', jobId: job.id };
  }
  job.state = 'held';
  job.partly ||= outcome.kind === 'interrupted';
  note(dependencies, visit, job, 'held', outcome.reason);
  return { state: 'held', jobId: job.id, reason: outcome.reason, partly: outcome.kind === 'interrupted' };
}

/** Of a job that is printing nothing is known yet: `finish` tells how it went. */
function endJob(dependencies: PrintDependencies, visit: Visit, job: Job): void {
  if (job.state === 'held' && jobsOf(visit).delete(job.id)) note(dependencies, visit, job, 'abandoned');
}

/** The job's row and the event about it, in one transaction. A disk that is full does not keep paper from a citizen. */
function note(
  { journal, clock }: PrintDependencies,
  visit: Visit,
  job: Job,
  state: PrintJobState,
  reason: string | null = null,
  outcome: PrintJobState | 'reprinted' = state,
): void {
  journal.write((append, database) => {
    savePrintJob(database, { id: job.id, session: visit.id, slip: job.slip, state, atMs: clock.now() });
    if (outcome === 'queued' || outcome === 'printing') return;
    append({
      type: 'print.ended',
      payload: { session: visit.id, job: job.id, slip: job.slip, outcome, reason },
    });
  });
}
