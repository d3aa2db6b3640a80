import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { recordingLog, until } from '../../tests/contract/devices.samples.ts';
import { DocumentPrinter } from './index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cups-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const timing = { answer: 3000, look: 20, job: 600 };
const pdf = Buffer.from('%PDF-1.7 a document of nobody');

/** Programs that say what CUPS says; `alerts` is how the job ended, and nothing while it has not. */
function cups({
  printer = 'printer a4 is idle.  enabled since today',
  alerts = '',
  lp = 0,
  hangs = false,
} = {}): DocumentPrinter {
  const programs = {
    lp: `cat > "${dir}/document.pdf"; echo "$@" > "${dir}/asked"; ${hangs ? `echo a4-8 > "${dir}/held"; exec sleep 30;` : ''} [ ${lp} = 0 ] && echo "request id is a4-7 (0 file(s))"; exit ${lp}`,
    cancel: `echo "$@" > "${dir}/cancelled"`,
    lpstat: `case "$1" in
      -o) echo "a4-3 x 1"; [ -e "${dir}/held" ] && echo "a4-8 x 1";;
      -p) [ -n "${printer}" ] && echo "${printer}" || exit 1;;
      *) if [ -n "${alerts}" ]; then printf 'a4-6 x 1\\n\\tAlerts: aborted-by-system\\na4-7 x 1\\n\\tAlerts: ${alerts}\\n'; fi;;
    esac`,
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(dir, name), 0o755);
  }
  return new DocumentPrinter({ queue: 'a4', log: recordingLog(), timing, programFolder: dir });
}

it('prints a document and believes only what the printing system says', async () => {
  const printer = cups({ alerts: 'job-completed-successfully' });
  expect(await printer.print(pdf, { title: '法律文书' })).toEqual({ kind: 'printed' });
  expect(readFileSync(join(dir, 'document.pdf'))).toEqual(pdf);
  expect(readFileSync(join(dir, 'asked'), 'utf8')).toContain('-d a4 -t 法律文书');
  expect(await cups({ alerts: 'job-canceled-by-user' }).print(pdf, { title: 'x' })).toEqual({
    kind: 'interrupted',
    reason: 'failed',
  });
});

it('starts nothing without a queue, on a stopped one, or when the document is refused', async () => {
  for (const [setting, reason] of [
    [{ printer: '' }, 'absent'],
    [{ printer: 'printer a4 disabled since today -' }, 'stopped'],
    [{ lp: 1 }, 'refused'],
  ] as const)
    expect(await cups(setting).print(pdf, { title: 'x' })).toEqual({ kind: 'not_started', reason });
  expect(await cups().print(pdf, { title: 'x', signal: AbortSignal.abort() })).toEqual({
    kind: 'not_started',
    reason: 'cancelled',
  });
});

it('calls back what takes too long or is no longer wanted', async () => {
  expect(await cups().print(pdf, { title: 'x' })).toEqual({ kind: 'interrupted', reason: 'timed_out' });
  expect(readFileSync(join(dir, 'cancelled'), 'utf8')).toBe('-x a4-7\n');
  rmSync(join(dir, 'cancelled'));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 150);
  expect(await cups().print(pdf, { title: 'x', signal: stop.signal })).toEqual({
    kind: 'interrupted',
    reason: 'cancelled',
  });
  expect(existsSync(join(dir, 'cancelled'))).toBe(true);
});

it('never says refused of a document that the printing system may hold, and calls it back', async () => {
  const printer = cups({ hangs: true });
  expect(await printer.print(pdf, { title: 'x' })).toEqual({ kind: 'interrupted', reason: 'timed_out' });
  expect(readFileSync(join(dir, 'cancelled'), 'utf8')).toBe('-x a4-8\n');
});

it('calls back what is under way when it is closed', async () => {
  const printer = cups();
  const outcome = printer.print(pdf, { title: 'x' });
  await until('lp', () => existsSync(join(dir, 'asked')));
  await printer.close();
  expect(await outcome).toEqual({ kind: 'interrupted', reason: 'cancelled' });
  expect(readFileSync(join(dir, 'cancelled'), 'utf8')).toBe('-x a4-7\n');
  expect(await printer.print(pdf, { title: 'x' })).toEqual({ kind: 'not_started', reason: 'cancelled' });
});

it('lives on a machine without CUPS', async () => {
  const printer = new DocumentPrinter({ queue: 'a4', log: recordingLog(), programFolder: '/nowhere' });
  expect(await printer.status()).toEqual({ state: 'absent' });
  expect(await printer.print(pdf, { title: 'x' })).toEqual({ kind: 'not_started', reason: 'absent' });
});
