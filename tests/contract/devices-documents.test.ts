import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DocumentPrinter, printingSystemOf } from '../../hardware/document-printer/index.ts';
import type { DocumentOutcome } from '../../hardware/document-printer/port.ts';
import { simulatedQueue } from '../../hardware/document-printer/programs.ts';
import type { RunCups } from '../../hardware/document-printer/programs.ts';
import { SimulatedCups } from '../../hardware/document-printer/simulator.ts';
import type { CupsTrouble } from '../../hardware/document-printer/simulator.ts';
import { openDevices } from '../../hardware/registry.ts';
import { SimulatedPrintingSystem } from '../../tools/sim/cups.ts';
import { recordingLog, testEdges, until } from './devices.samples.ts';

const pdf = Buffer.from('%PDF-1.7 a document of nobody');
const title = '法律文书';
/** Programs of their own take some hundred milliseconds to start on a busy machine. */
const timing = { answer: 3000, look: 20, job: 6000 };
const usualMs = 300;

interface Papers {
  cups: SimulatedCups;
  run: RunCups;
  queue: string;
  close: () => Promise<void>;
}

function inMemory(printMs: number): Promise<Papers> {
  const cups = new SimulatedCups({ printMs });
  return Promise.resolve({ cups, run: cups.run, queue: simulatedQueue, close: () => Promise.resolve() });
}

/** The queue of `npm run sim`, asked by programs as CUPS is. */
async function bySocket(printMs: number): Promise<Papers> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-cups-'));
  const system = new SimulatedPrintingSystem(dir, { printMs });
  await system.start();
  const close = async (): Promise<void> => {
    await system.close();
    rmSync(dir, { recursive: true });
  };
  return { cups: system.cups, close, ...printingSystemOf(system.queue) };
}

describe.each([
  { kind: 'memory', open: inMemory },
  { kind: 'programs', open: bySocket },
])('A4 printer by $kind', ({ open }) => {
  let papers: Papers;
  let printer: DocumentPrinter;
  const log = recordingLog();
  /** A printing system that takes so long for a document, and the driver before it. */
  const start = async (printMs: number): Promise<void> => {
    papers = await open(printMs);
    const { run, queue } = papers;
    printer = new DocumentPrinter({ run, queue, log, timing });
  };
  beforeEach(() => start(usualMs));
  afterEach(async () => {
    papers.cups.set(undefined);
    await printer.close();
    await papers.close();
  });
  const startSlow = async (): Promise<void> => {
    await papers.close();
    await start(60_000);
  };

  it('prints a document, and believes only what the printing system says', async () => {
    expect(await printer.status()).toEqual({ state: 'ready' });
    expect(await printer.print(pdf, { title })).toEqual({ kind: 'printed' });
    expect(papers.cups.printed).toEqual([pdf.length]);
    expect(log.lines.join()).not.toContain('nobody');
  });

  it.each<[trouble: CupsTrouble, outcome: DocumentOutcome]>([
    ['absent', { kind: 'not_started', reason: 'absent' }],
    ['stopped', { kind: 'not_started', reason: 'stopped' }],
    ['refuses', { kind: 'not_started', reason: 'refused' }],
    ['holds', { kind: 'interrupted', reason: 'held' }],
    ['fails', { kind: 'interrupted', reason: 'failed' }],
    ['forgets', { kind: 'interrupted', reason: 'vanished' }],
  ])('says why nothing is printed: %s', async (trouble, outcome) => {
    papers.cups.set(trouble);
    expect(await printer.print(pdf, { title })).toEqual(outcome);
    // Nothing comes out when nobody waits for it any more.
    expect(papers.cups.waiting).toBe(0);
    papers.cups.set(undefined);
    expect(await printer.status()).toEqual({ state: 'ready' });
  });

  it('calls back a document when the printer stops in the middle', async () => {
    await startSlow();
    const outcome = printer.print(pdf, { title });
    await until('taken', () => papers.cups.waiting === 1);
    papers.cups.set('stopped');
    expect(await outcome).toEqual({ kind: 'interrupted', reason: 'stopped' });
    papers.cups.set(undefined);
    expect(papers.cups).toMatchObject({ waiting: 0, printed: [] });
  });

  it('calls back what is no longer wanted', async () => {
    await startSlow();
    const stop = new AbortController();
    expect(await printer.print(pdf, { title, signal: AbortSignal.abort() })).toEqual({
      kind: 'not_started',
      reason: 'cancelled',
    });
    const outcome = printer.print(pdf, { title, signal: stop.signal });
    await until('taken', () => papers.cups.waiting === 1);
    stop.abort();
    expect(await outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
    expect(papers.cups).toMatchObject({ waiting: 0, printed: [] });
  });

  it('calls back what takes too long', async () => {
    await startSlow();
    const slow = new DocumentPrinter({ ...papers, log, timing: { ...timing, job: 0 } });
    expect(await slow.print(pdf, { title })).toEqual({ kind: 'interrupted', reason: 'timed_out' });
    expect(papers.cups.waiting).toBe(0);
  });

  it('never says refused of a document that the printing system may hold, and calls it back', async () => {
    await startSlow();
    const { cups, queue } = papers;
    const run: RunCups = async (name, given, options) => {
      cups.set(name === 'lp' ? 'hangs' : undefined);
      return papers.run(name, given, options);
    };
    const hanging = new DocumentPrinter({ queue, run, log, timing: { ...timing, answer: 1500 } });
    const outcome = hanging.print(pdf, { title });
    await until('taken', () => cups.waiting === 1);
    expect(await outcome).toEqual({ kind: 'interrupted', reason: 'timed_out' });
    expect(cups).toMatchObject({ waiting: 0, printed: [] });
  });

  it('calls back what is under way when it is closed', async () => {
    await startSlow();
    const outcome = printer.print(pdf, { title });
    await until('taken', () => papers.cups.waiting === 1);
    await printer.close();
    expect(await outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
    expect(papers.cups).toMatchObject({ waiting: 0, printed: [] });
    expect(await printer.print(pdf, { title })).toEqual({ kind: 'not_started', reason: 'cancelled' });
  });
});

it('is opened by what device.json says', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-cups-'));
  const system = new SimulatedPrintingSystem(dir);
  await system.start();
  const devices = openDevices({ documentPrinter: { queue: system.queue } }, testEdges());
  expect(await devices.documentPrinter.status()).toEqual({ state: 'ready' });
  await system.close();
  expect(await devices.documentPrinter.status()).toEqual({ state: 'absent' });
  await devices.close();
  rmSync(dir, { recursive: true });
});
