import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { PrintProgress } from '../../contract/receipt.ts';
import type { PrintOutcome, ReceiptPrinterPort } from '../../../hardware/receipt-printer/port.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import type { Visit } from '../session/index.ts';
import { abandonSlip, printSlip, reprintSlip } from './printing.ts';

let home: string;
let journal: Journal;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'printing-'));
  const newStream = () => '0'.repeat(32);
  journal = new Journal(join(home, 'journal.db'), { now: () => 1, newStream, bootId: 'b', maxBytes: 1e9 });
});
afterEach(() => {
  journal.close();
  rmSync(home, { recursive: true });
});

const noted = () =>
  (journal.outbox(10_000)?.rows ?? [])
    .filter(({ type }) => type === 'print.ended')
    .map(({ payload }) => [payload['outcome'], payload['reason']]);

const visitWith = (controller: AbortController): Visit => ({
  id: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11',
  language: 'zh-CN',
  signal: controller.signal,
  served: false,
  rated: false,
  slips: 0,
  belongings: new Map(),
  farewells: new Set(),
});

test.each<[PrintOutcome, unknown[]]>([
  [{ kind: 'printed' }, ['printed', null]],
  [{ kind: 'interrupted', reason: 'cancelled' }, ['abandoned', 'cancelled']],
])('a visit that ends while its slip prints: the journal waits for the paper (%o)', async (outcome, told) => {
  const paper = Promise.withResolvers<PrintOutcome>();
  const controller = new AbortController();
  const visit = visitWith(controller);
  const takeSlipBack = vi.fn(() => Promise.resolve());
  const printer = { print: () => paper.promise, takeSlipBack } as unknown as ReceiptPrinterPort;
  const dependencies = { printer, journal, clock: systemClock, random: systemRandomness };
  const progress = printSlip(dependencies, { visit, slip: 'contacts', document: {} as never });
  await progress.next();
  for (const farewell of visit.farewells) farewell();
  controller.abort();
  expect(noted()).toEqual([]);
  expect(takeSlipBack).toHaveBeenCalledOnce();
  paper.resolve(outcome);
  expect((await progress.next()).value).toMatchObject({ state: told[0] });
  expect(noted()).toEqual([told]);
});

test('whatever the paper does, every job ends as printed, reprinted or abandoned, and never twice', async () => {
  const reasons = ['paper_out', 'cover_open', 'offline', 'absent'] as const;
  const outcome = fc.oneof(
    fc.constant<PrintOutcome>({ kind: 'printed' }),
    fc.constantFrom(...reasons).map((reason): PrintOutcome => ({ kind: 'not_started', reason })),
    fc.constantFrom(...reasons).map((reason): PrintOutcome => ({ kind: 'interrupted', reason })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcome, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (outcomes, gaveUp) => {
        const before = noted().length;
        const rest = [...outcomes];
        const printer = {
          print: () => Promise.resolve(rest.shift()!),
          takeSlipBack: () => Promise.resolve(),
        } as unknown as ReceiptPrinterPort;
        const dependencies = { printer, journal, clock: systemClock, random: systemRandomness };
        const controller = new AbortController();
        const visit = visitWith(controller);
        let last = await lastOf(printSlip(dependencies, { visit, slip: 'contacts', document: {} as never }));
        while (last?.state === 'held' && rest.length > 0)
          last = await lastOf(reprintSlip(dependencies, { visit, jobId: last.jobId }));
        if (last?.state === 'held' && gaveUp) abandonSlip(dependencies, { visit, jobId: last.jobId });
        for (const farewell of visit.farewells) farewell();
        controller.abort();
        const told = noted()
          .slice(before)
          .map(([state]) => state);
        const used = outcomes.slice(0, outcomes.length - rest.length);
        const partly = used.some(({ kind }) => kind === 'interrupted');
        const onPaper = used.at(-1)?.kind === 'printed';
        expect(told.at(-1)).toBe(onPaper ? (partly ? 'reprinted' : 'printed') : 'abandoned');
        expect(told.slice(0, -1).every((state) => state === 'held')).toBe(true);
        // Whoever comes next cannot get it.
        if (last && 'jobId' in last)
          expect(
            await lastOf(reprintSlip(dependencies, { visit: visitWith(controller), jobId: last.jobId })),
          ).toEqual({ state: 'refused', reason: 'unknown_slip' });
      },
    ),
    { numRuns: 60 },
  );
});

async function lastOf(progress: AsyncIterable<PrintProgress>): Promise<PrintProgress | undefined> {
  let last: PrintProgress | undefined;
  for await (const each of progress) last = each;
  return last;
}
