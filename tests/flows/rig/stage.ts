import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, expect } from 'vitest';

import type { KioskState } from '../../../app/contract/kiosk.ts';
import { until } from '../../contract/devices.samples.ts';
import { TestHub } from './hub.ts';
import { openKiosk, type Kiosk, type KioskOptions } from './kiosk.ts';

/** The machine that runs the tests may be busy. */
export const PATIENCE_MS = 15_000;

/** An injury that has an amount. */
export const injury = {
  injury_date: '2026-03-02',
  grade: 9,
  insured: true,
  avg_contrib_wage_fen: 600_000,
  hospital_days: 10,
};

/** The same injury as a visitor answers for it. */
export const injuryAnswers = {
  ...{ situation: 'injured', worker: 'employee', employer_licensed: 'yes', aged_16: 'yes' },
  ...{ injury_date: '2026-03-02', decision: 'no', cause: 'working', arrangement: 'direct' },
  ...{ excluded: 'no', insured: 'yes' },
  ...{ grade: '9', wage: 600_000, nursing_level: 'none', contract_end: 'still_working' },
  ...{ hospital_days: 10, medical: null, third_party: 'no', sl_months: '0', sl_nursing: 0 },
};

export const injurySlip = {
  kind: 'calculation',
  interview: 'work-injury',
  answers: injuryAnswers,
  bothSides: false,
} as const;

let kiosks: Kiosk[] = [];
let hubs: TestHub[] = [];

/** A kiosk for one test; closed after it, and then no bug must have shown. */
export async function open(options?: KioskOptions): Promise<Kiosk> {
  const kiosk = await openKiosk(options);
  kiosks.push(kiosk);
  return kiosk;
}

export function openHub(): TestHub {
  const hub = new TestHub(mkdtempSync(join(tmpdir(), 'hub-')));
  hubs.push(hub);
  return hub;
}

afterEach(async () => {
  for (const kiosk of kiosks) {
    await kiosk.core.close();
    expect(kiosk.bugs).toEqual([]);
    rmSync(kiosk.home, { recursive: true, force: true });
  }
  for (const hub of hubs) await hub.close();
  kiosks = [];
  hubs = [];
});

export const begin = async ({ client }: Kiosk): Promise<string> =>
  (await client.session.begin({ language: 'zh-CN' })).sessionId;

export async function state({ client }: Kiosk): Promise<KioskState> {
  for await (const current of await client.kiosk.watch()) return current;
  throw new Error('no state');
}

/** Resolves once the pushed state is as wanted. */
export async function untilState(
  what: string,
  kiosk: Kiosk,
  wanted: (current: KioskState) => boolean,
): Promise<void> {
  let seen = false;
  const watching = (async () => {
    for await (const current of await kiosk.client.kiosk.watch()) {
      seen = wanted(current);
      if (seen) return;
    }
  })();
  await until(what, () => seen, PATIENCE_MS);
  await watching;
}

export const untilSent = (kiosk: Kiosk): Promise<void> =>
  untilState('all confirmed', kiosk, ({ journal }) => journal.unsent === 0);
