import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, test } from 'vitest';

import type { LegalAidForm } from '../../app/contract/intake.ts';
import type { KioskState } from '../../app/contract/kiosk.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { slipSignature, until } from '../contract/devices.samples.ts';
import { collect } from './rig/collect.ts';
import { TestHub } from './rig/hub.ts';
import {
  discreetAnswer,
  officeKeys,
  openKiosk,
  wageAnswer,
  type Kiosk,
  type KioskOptions,
} from './rig/kiosk.ts';

const REQUEST = '1c1a2a57-6f0b-4b4e-8f0e-0b7d0f7f2d11';
/** The machine that runs the tests may be busy. */
const PATIENCE_MS = 15_000;
const ANYONE = '6a1f4f0c-20a8-4a7e-9f4b-7a3ff0b1c0de';
const CANARY = {
  name: '金丝雀甲',
  phone: '13987654321',
  facts: '金丝雀之事老板不给钱',
  question: '金丝雀之问怎么办',
};
const form: LegalAidForm = {
  name: CANARY.name,
  idNumber: '530000199001010011',
  phone: CANARY.phone,
  address: '云南省昆明市金丝雀路',
  matter: 'wages',
  circumstances: ['none'],
  facts: CANARY.facts,
  papers: ['identity'],
};
const injury = {
  injury_date: '2026-03-02',
  grade: 9,
  insured: true,
  avg_contrib_wage_fen: 600_000,
  hospital_days: 10,
};

let kiosks: Kiosk[] = [];
let hubs: TestHub[] = [];
const open = async (options?: KioskOptions): Promise<Kiosk> => {
  const kiosk = await openKiosk(options);
  kiosks.push(kiosk);
  return kiosk;
};
const openHub = (): TestHub => {
  const hub = new TestHub(mkdtempSync(join(tmpdir(), 'hub-')));
  hubs.push(hub);
  return hub;
};
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

const begin = async ({ client }: Kiosk) => (await client.session.begin({ language: 'zh-CN' })).sessionId;
const state = async ({ client }: Kiosk): Promise<KioskState> => {
  for await (const current of await client.kiosk.watch()) return current;
  throw new Error('no state');
};
const contacts = (sessionId: string) =>
  ({ sessionId, slip: { kind: 'contacts' }, language: 'zh-CN' }) as const;

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
  expect(readings.at(-1)).toMatchObject({
    kind: 'read',
    fields: { name: '测试甲', maskedNumber: '530***********0011', ageYears: 36, expired: false },
  });
  const printed = await collect(
    client.receipt.print({
      sessionId,
      slip: { kind: 'calculation', calculator: 'wi.benefits', inputs: injury },
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

describe('a whole visit', () => {
  test('reaches the hub exactly once', async () => {
    const hub = openHub();
    const kiosk = await open({ transport: hub.transport });
    const receiptNumber = await wholeVisit(kiosk);
    await until('all confirmed', () => hubHas(kiosk), PATIENCE_MS);
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
    await until('all confirmed', () => hubHas(kiosk), PATIENCE_MS);
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
    kiosks = kiosks.filter((other) => other !== kiosk);
    rmSync(kiosk.home, { recursive: true });
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

const unsentOf = new WeakMap<Kiosk, number>();
/** Polls the pushed state without waiting. */
function hubHas(kiosk: Kiosk): boolean {
  void state(kiosk).then(({ journal }) => unsentOf.set(kiosk, journal.unsent));
  return unsentOf.get(kiosk) === 0;
}

describe('printing', () => {
  test('the slip has the sections in order, ends with 12348 and carries no name', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const request = {
      sessionId,
      slip: { kind: 'calculation', calculator: 'wi.benefits', inputs: injury },
      language: 'zh-CN',
    } as const;
    const preview = await kiosk.client.receipt.preview(request);
    if (!preview.ok) throw new Error(preview.failure);
    const lines = preview.value.lines.map((line) => (line.kind === 'text' ? line.text.trim() : line.kind));
    const order = ['您填写的情况', '结果', '计算过程', '用到的标准', '期限', '下一步', '声明'].map(
      (heading) => lines.indexOf(heading),
    );
    expect(order.every((position) => position >= 0)).toBe(true);
    expect([...order].sort((left, right) => left - right)).toEqual(order);
    expect(lines.join('\n')).toContain('54000.00');
    expect(preview.value.lines.filter((line) => line.kind === 'qr')).toEqual([
      { kind: 'qr', data: 'tel:12348' },
    ]);
    expect(lines.join('\n')).not.toMatch(/\{\{|[a-z]+\.[a-z_]+\./);
    await collect(kiosk.client.receipt.print(request));
    expect(slipSignature(kiosk.printer.slips()[0]).join('\n')).toContain('54000.00');
  });

  test('a discreet answer has a neutral title and does not name its matter', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const of = async (answerId: string) => {
      const preview = await kiosk.client.receipt.preview({
        sessionId,
        slip: { kind: 'answer', answerId },
        language: 'zh-CN',
      });
      return preview.ok ? preview.value : null;
    };
    expect((await of(discreetAnswer.id))?.title).toBe('便民信息单');
    expect(JSON.stringify(await of(discreetAnswer.id))).not.toContain(discreetAnswer.title);
    expect(JSON.stringify(await of(wageAnswer.id))).toContain(wageAnswer.title);
    expect(await of('nothing')).toBeNull();
  });

  test('English slips have all their words', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const slip = { kind: 'calculation', calculator: 'wi.benefits', inputs: injury } as const;
    const preview = await kiosk.client.receipt.preview({ sessionId, slip, language: 'en' });
    const text = JSON.stringify(preview);
    expect(text).toContain('What you told us');
    expect(text).not.toMatch(/\{\{|section\.|input\./);
  });

  test('paper out before: held, nothing printed; after new paper one whole copy', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    kiosk.printer.set({ paperOut: true });
    await until('fault seen', () => faultOf(kiosk) === 'paper_out', PATIENCE_MS);
    const [held] = (await collect(kiosk.client.receipt.print(contacts(sessionId)))).slice(-1);
    expect(held).toMatchObject({ state: 'held', reason: 'paper_out', partly: false });
    expect(kiosk.printer.slips()).toEqual([]);
    kiosk.printer.set({ paperOut: false });
    await until('mended', () => faultOf(kiosk) === null, PATIENCE_MS);
    const jobId = held?.state === 'held' ? held.jobId : '';
    expect((await collect(kiosk.client.receipt.reprint({ sessionId, jobId }))).at(-1)).toEqual({
      state: 'printed',
      jobId,
    });
    expect(kiosk.printer.slips().filter(({ cut }) => cut)).toHaveLength(1);
    expect((await collect(kiosk.client.receipt.reprint({ sessionId, jobId }))).at(-1)).toMatchObject({
      state: 'refused',
    });
  });

  test('paper out in the middle: held as partly printed; a new visit never gets it', async () => {
    const hub = openHub();
    const kiosk = await open({ transport: hub.transport });
    const first = await begin(kiosk);
    kiosk.printer.set({ paperOutAt: 200 });
    const [held] = (await collect(kiosk.client.receipt.print(contacts(first)))).slice(-1);
    expect(held).toMatchObject({ state: 'held', partly: true });
    const jobId = held?.state === 'held' ? held.jobId : '';
    const second = await begin(kiosk);
    kiosk.printer.takeSlips();
    kiosk.printer.powerCycle();
    kiosk.printer.set({ paperOut: false, paperOutAt: undefined });
    await until('mended', () => faultOf(kiosk) === null, PATIENCE_MS);
    expect((await collect(kiosk.client.receipt.reprint({ sessionId: second, jobId }))).at(-1)).toEqual({
      state: 'refused',
      reason: 'unknown_slip',
    });
    expect((await collect(kiosk.client.receipt.reprint({ sessionId: first, jobId }))).at(-1)).toEqual({
      state: 'refused',
      reason: 'no_session',
    });
    expect(kiosk.printer.slips()).toEqual([]);
    // Held once, given up once with the visit.
    await until('all confirmed', () => hubHas(kiosk), PATIENCE_MS);
    expect((await hub.counts())['print.ended']).toBe(2);
  });

  test('a job held when the core stopped is given up at the next start and never prints by itself', async () => {
    const hub = openHub();
    hub.up = false;
    const before = await open({ transport: hub.transport });
    const sessionId = await begin(before);
    before.printer.set({ paperOut: true });
    await until('fault seen', () => faultOf(before) === 'paper_out', PATIENCE_MS);
    await collect(before.client.receipt.print(contacts(sessionId)));
    // As after a crash: the folder as it is, without the orderly end.
    const home = mkdtempSync(join(tmpdir(), 'kiosk-'));
    cpSync(before.home, home, { recursive: true });
    const after = await open({ home, transport: hub.transport });
    hub.up = true;
    await until('all confirmed', () => hubHas(after), PATIENCE_MS);
    expect((await hub.counts())['print.ended']).toBe(2);
    expect(after.printer.slips()).toEqual([]);
    hub.up = false;
  });

  test('one visit cannot empty the roll', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const ends: unknown[] = [];
    for (let slip = 0; slip < 11; slip += 1)
      ends.push((await collect(kiosk.client.receipt.print(contacts(sessionId)))).at(-1));
    expect(ends.at(-2)).toMatchObject({ state: 'printed' });
    expect(ends.at(-1)).toEqual({ state: 'refused', reason: 'too_many' });
  });
});

const faults = new WeakMap<Kiosk, string | null>();
function faultOf(kiosk: Kiosk): string | null | undefined {
  void state(kiosk).then(({ printer }) =>
    faults.set(kiosk, printer.state === 'fault' ? printer.fault : null),
  );
  return faults.get(kiosk);
}

describe('the pre-application', () => {
  test('is sealed to the office, which can read it', async () => {
    let sealed: { ephemeral: string; nonce: string; box: string } | undefined;
    let context = '';
    const hub = openHub();
    const kiosk = await open({
      transport: (batch) => {
        const row = batch.rows.find(({ type }) => type === 'intake.submitted');
        if (row !== undefined) {
          sealed = row.payload['sealed'] as typeof sealed;
          context = `${batch.kioskId}/${String(row.payload['receiptNumber'])}/${String(row.payload['requestId'])}`;
        }
        return hub.transport(batch);
      },
    });
    const sessionId = await begin(kiosk);
    await kiosk.client.intake.submit({ sessionId, form, consent: true, requestId: REQUEST });
    await until('sent', () => sealed !== undefined, PATIENCE_MS);
    expect(JSON.parse(openBox(sealed!, context))).toEqual(form);
    expect(() => openBox(sealed!, `${context}x`)).toThrow();
  });

  test('twice with the same request is one, with one number', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const submit = () => kiosk.client.intake.submit({ sessionId, form, consent: true, requestId: REQUEST });
    const [first, second] = [await submit(), await submit()];
    expect(first).toEqual(second);
    expect(first).toMatchObject({ receiptNumber: expect.stringMatching(/^\d{6}-\d{4}-\d$/) });
    const receiptNumber = first.state === 'saved_not_sent' ? first.receiptNumber : '';
    const slip = { sessionId, slip: { kind: 'intake', receiptNumber }, language: 'zh-CN' } as const;
    const text = JSON.stringify(await kiosk.client.receipt.preview(slip));
    expect(text).toContain(receiptNumber);
    expect(text).toContain('还缺这些材料');
    expect(text).not.toContain(form.name);
    // Another visit cannot print it.
    const other = await begin(kiosk);
    expect(await kiosk.client.receipt.preview({ ...slip, sessionId: other })).toEqual({
      ok: false,
      failure: 'unknown_slip',
    });
  });

  test.each([
    ['consent_missing', { consent: false }, {}],
    ['under_14', {}, { idNumber: '530000201501010018' }],
    ['invalid_form', {}, { idNumber: '530000199001010012' }],
    ['invalid_form', {}, { papers: ['passport of the moon'] }],
    ['invalid_form', {}, { circumstances: ['none', 'minor'] }],
  ] as const)('is refused: %s', async (reason, change, fields) => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const wrong = { ...form, ...fields } as LegalAidForm;
    expect(
      await kiosk.client.intake.submit({
        sessionId,
        form: wrong,
        consent: true,
        requestId: REQUEST,
        ...change,
      }),
    ).toMatchObject({ state: 'refused', reason });
  });

  test('is not offered without a recipient', async () => {
    const kiosk = await open({ device: { intakeRecipientKey: null } });
    expect((await state(kiosk)).intakeOffered).toBe(false);
    const sessionId = await begin(kiosk);
    expect(
      await kiosk.client.intake.submit({ sessionId, form, consent: true, requestId: REQUEST }),
    ).toMatchObject({ reason: 'not_offered' });
    expect(await kiosk.client.intake.status({ sessionId, receiptNumber: '261122-0001-1' })).toEqual({
      status: 'unknown',
    });
  });
});

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

function openBox(
  { ephemeral, nonce, box }: { ephemeral: string; nonce: string; box: string },
  context: string,
): string {
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeral }, format: 'jwk' });
  const shared = diffieHellman({ privateKey: officeKeys.privateKey, publicKey: theirs });
  const own = Buffer.from(officeKeys.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const salt = Buffer.concat([Buffer.from(ephemeral, 'base64url'), own]);
  const key = Buffer.from(hkdfSync('sha256', shared, salt, 'kiosk pre-application v1', 32));
  const bytes = Buffer.from(box, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
}
