import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { CANARY, form } from './rig/canary.ts';
import { collect } from './rig/collect.ts';
import { wageAnswer, type Kiosk } from './rig/kiosk.ts';
import { begin, injury, injurySlip, open, openHub, state, untilSent } from './rig/stage.ts';

const ANYONE = '6a1f4f0c-20a8-4a7e-9f4b-7a3ff0b1c0de';

const EVENTS_OF_A_VISIT = {
  'session.began': 1,
  'consult.asked': 1,
  'calculate.ran': 1,
  'identity.read': 1,
  'print.ended': 1,
  'rating.given': 1,
  'intake.submitted': 1,
  'session.ended': 1,
};

/** Everything that a visitor does, from walking up to leaving. */
async function wholeVisit(kiosk: Kiosk): Promise<string> {
  const { client } = kiosk;
  const sessionId = await begin(kiosk);
  const consultation = await client.consult.ask({ sessionId, question: CANARY.question });
  expect(consultation.decision).toBe('answer');
  const result = await client.calculate.run({ sessionId, calculator: 'wi.benefits', inputs: injury });
  expect(result.ok && result.value.items.find(({ code }) => code === 'WI_DIS_LUMP')?.amountFen).toBe(
    600_000 * 9,
  );
  kiosk.cardReader.place(syntheticCards.jia);
  const readings = await collect(client.identity.read({ sessionId }));
  expect(readings.at(-1)).toEqual({
    kind: 'read',
    // What the screen promises to take, and how it is shown: nothing else of the card.
    fields: {
      name: '测试甲',
      number: '530000199001010011',
      maskedNumber: '530***********0011',
      address: '云南省测试市样本区虚构路1号',
      expired: false,
    },
  });
  const printed = await collect(
    client.receipt.print({
      sessionId,
      slip: injurySlip,
      language: 'zh-CN',
    }),
  );
  expect(printed.at(-1)).toMatchObject({ state: 'printed' });
  expect(await client.rate.submit({ sessionId, score: 5, reasons: [] })).toEqual({ state: 'saved' });
  const intake = await client.intake.submit({
    sessionId,
    form,
    consent: true,
    requestId: crypto.randomUUID(),
  });
  expect(intake.state).toBe('saved_not_sent');
  await client.session.end({ sessionId, reason: 'finished' });
  return intake.state === 'saved_not_sent' ? intake.receiptNumber : '';
}

describe('a whole visit', () => {
  test('reaches the hub exactly once', async () => {
    const hub = openHub();
    const kiosk = await open({ transport: hub.transport });
    const receiptNumber = await wholeVisit(kiosk);
    await untilSent(kiosk);
    expect(await hub.counts()).toEqual({ 'journal.opened': 1, 'core.started': 1, ...EVENTS_OF_A_VISIT });
    expect(await kiosk.client.intake.status({ sessionId: ANYONE, receiptNumber })).toEqual({
      status: 'received',
    });
    expect((await state(kiosk)).journal).toMatchObject({ hub: 'reachable', unsent: 0 });
  });

  test('with the hub away all the time is told truthfully, and arrives exactly once later', async () => {
    const hub = openHub();
    hub.up = false;
    const kiosk = await open({ transport: hub.transport });
    const receiptNumber = await wholeVisit(kiosk);
    expect(await kiosk.client.intake.status({ sessionId: ANYONE, receiptNumber })).toEqual({
      status: 'saved_not_sent',
    });
    expect((await state(kiosk)).journal).toMatchObject({ hub: 'unreachable' });
    expect((await state(kiosk)).journal.unsent).toBeGreaterThanOrEqual(8);
    expect(await hub.counts()).toEqual({});
    hub.up = true;
    await untilSent(kiosk);
    expect(await hub.counts()).toEqual({ 'journal.opened': 1, 'core.started': 1, ...EVENTS_OF_A_VISIT });
    expect(await kiosk.client.intake.status({ sessionId: ANYONE, receiptNumber })).toEqual({
      status: 'received',
    });
  });

  test('leaves nothing of the person on disk', async () => {
    const kiosk = await open();
    await wholeVisit(kiosk);
    // While the core runs (with its write-ahead log), and after it ended.
    expectNoTrace(kiosk.home);
    await kiosk.core.close();
    expectNoTrace(kiosk.home);
    // The search itself finds what is there.
    expect(readFileSync(join(kiosk.home, 'journal.db')).includes(Buffer.from('rating.given'))).toBe(true);
  });
});

function expectNoTrace(home: string): void {
  const planted = [...Object.values(CANARY), '测试甲', '530000199001010011', '金丝雀路', '600000'];
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('journal.db');
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name));
    for (const canary of planted) {
      const base64 = Buffer.from(canary).toString('base64').replace(/=+$/, '').slice(0, -1);
      for (const encoded of [Buffer.from(canary), Buffer.from(canary, 'utf16le'), Buffer.from(base64)])
        expect(bytes.includes(encoded), `${canary} in ${name}`).toBe(false);
    }
  }
}

describe('the visit', () => {
  test('is rated once, and only after something was done', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const rate = () => kiosk.client.rate.submit({ sessionId, score: 1, reasons: ['too_slow'] });
    expect(await rate()).toEqual({ state: 'refused', reason: 'nothing_to_rate' });
    await kiosk.client.consult.ask({ sessionId, question: '' });
    expect(await rate()).toEqual({ state: 'refused', reason: 'nothing_to_rate' });
    await kiosk.client.consult.open({ sessionId, answerId: wageAnswer.id });
    expect(await rate()).toEqual({ state: 'saved' });
    expect(await rate()).toEqual({ state: 'refused', reason: 'already_rated' });
    await kiosk.client.session.end({ sessionId, reason: 'quick_exit' });
    expect(await rate()).toEqual({ state: 'refused', reason: 'no_session' });
  });

  test('goes on under its pseudonym after a restart of the core, with its rating spent', async () => {
    const first = await open();
    const sessionId = await begin(first);
    await first.client.consult.ask({ sessionId, question: '工资' });
    await first.client.rate.submit({ sessionId, score: 4, reasons: [] });
    const home = mkdtempSync(join(tmpdir(), 'kiosk-'));
    cpSync(first.home, home, { recursive: true });
    const second = await open({ home });
    expect(await second.client.session.resume({ sessionId, language: 'zh-CN' })).toEqual({ sessionId });
    expect(await second.client.rate.submit({ sessionId, score: 5, reasons: [] })).toEqual({
      state: 'refused',
      reason: 'already_rated',
    });
  });

  test('stops the reader when it ends, and without a visit there is no reading', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const reading = collect(kiosk.client.identity.read({ sessionId }), ({ kind }) => {
      if (kind === 'waiting') void kiosk.client.session.end({ sessionId, reason: 'quick_exit' });
    });
    const kinds = (await reading).map(({ kind }) => kind);
    expect(kinds[0]).toBe('waiting');
    expect(kinds).not.toContain('read');
    expect(await collect(kiosk.client.identity.read({ sessionId }))).toEqual([
      { kind: 'failed', reason: 'no_session' },
    ]);
  });

  test('closing the stream stops the reader', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    for await (const { kind } of await kiosk.client.identity.read({ sessionId }))
      if (kind === 'waiting') break;
    await new Promise((resolve) => setTimeout(resolve, 60));
    const heard = new Map(kiosk.cardReader.heard);
    await new Promise((resolve) => setTimeout(resolve, 80));
    const find = [...heard.keys()].filter((command) => command.startsWith('20'));
    for (const command of find) expect(kiosk.cardReader.heard.get(command)).toBe(heard.get(command));
  });
});

test('state is pushed on change, without asking', async () => {
  const kiosk = await open();
  const seen: string[] = [];
  const watching = (async () => {
    for await (const { printer } of await kiosk.client.kiosk.watch()) {
      seen.push(printer.state === 'fault' ? printer.fault : printer.state);
      if (seen.includes('cover_open')) return;
    }
  })();
  setTimeout(() => kiosk.printer.set({ coverOpen: true }), 30);
  await watching;
  expect(seen[0]).toBe('ready');
});

test('a wrong input is refused by the contract and is no bug of the core', async () => {
  const kiosk = await open();
  await expect(kiosk.client.session.begin({ language: 'xx' as 'en' })).rejects.toThrow('validation');
  expect(kiosk.bugs).toEqual([]);
});
