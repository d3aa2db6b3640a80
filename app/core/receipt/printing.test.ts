import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { PrintOutcome, ReceiptPrinterPort } from '../../../hardware/receipt-printer/port.ts';
import { systemClock, systemRandomness } from '../edges.ts';
import { Journal } from '../journal/index.ts';
import type { Visit } from '../session/index.ts';
import { printSlip } from './printing.ts';

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
  (journal.outbox(100)?.rows ?? [])
    .filter(({ type }) => type === 'print.ended')
    .map(({ payload }) => [payload['outcome'], payload['reason']]);

test.each<[PrintOutcome, unknown[]]>([
  [{ kind: 'printed' }, ['printed', null]],
  [{ kind: 'interrupted', reason: 'cancelled' }, ['abandoned', 'cancelled']],
])('a visit that ends while its slip prints: the journal waits for the paper (%o)', async (outcome, told) => {
  const paper = Promise.withResolvers<PrintOutcome>();
  const controller = new AbortController();
  const visit: Visit = {
    id: '0f0e7c9a-3c53-4f0e-9a51-2f8e3a1c0b11',
    language: 'zh-CN',
    signal: controller.signal,
    served: false,
    rated: false,
    slips: 0,
    belongings: new Map(),
    farewells: new Set(),
  };
  const printer = { print: () => paper.promise } as unknown as ReceiptPrinterPort;
  const dependencies = { printer, journal, clock: systemClock, random: systemRandomness };
  const progress = printSlip(dependencies, { visit, slip: 'contacts', document: {} as never });
  await progress.next();
  for (const farewell of visit.farewells) farewell();
  controller.abort();
  expect(noted()).toEqual([]);
  paper.resolve(outcome);
  expect((await progress.next()).value).toMatchObject({ state: told[0] });
  expect(noted()).toEqual([told]);
});
