import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { KioskState } from '../../app/contract/kiosk.ts';
import { verifyProof } from '../../app/domain/compensation/proof/index.ts';
import { readParameterTable } from '../../tools/calc/parameters.ts';
import { slipSignature } from '../contract/devices.samples.ts';
import { collect } from './rig/collect.ts';
import { aidGuide, discreetAnswer, discreetGuide, wageAnswer } from './rig/kiosk.ts';
import { begin, injurySlip, open, openHub, untilSent, untilState } from './rig/stage.ts';

const contacts = (sessionId: string) =>
  ({ sessionId, slip: { kind: 'contacts' }, language: 'zh-CN' }) as const;
const outOfPaper = ({ printer }: KioskState) => printer.state === 'fault' && printer.fault === 'paper_out';

describe('printing', () => {
  test('the slip has the sections in order, ends with 12348 and carries no name', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const request = {
      sessionId,
      slip: injurySlip,
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
    const codes = preview.value.lines.flatMap((line) => (line.kind === 'qr' ? [line.data] : []));
    expect(codes).toEqual([expect.stringMatching(/^YL1:/), 'tel:12348']);
    const table = readParameterTable('content/parameters');
    expect(verifyProof(codes[0] ?? '', table)).toMatchObject({
      value: { consistent: true, unpublishedFigures: [] },
    });
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

  test('so has a discreet guide', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const of = async (guideId: string) => {
      const preview = await kiosk.client.receipt.preview({
        sessionId,
        slip: { kind: 'guide', guideId },
        language: 'zh-CN',
      });
      return preview.ok ? preview.value : null;
    };
    expect((await of(discreetGuide.id))?.title).toBe('便民信息单');
    expect(JSON.stringify(await of(discreetGuide.id))).not.toContain(discreetGuide.title);
    expect(JSON.stringify(await of(aidGuide.id))).toContain(aidGuide.title);
  });

  test('English slips have all their words', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const slip = injurySlip;
    const preview = await kiosk.client.receipt.preview({ sessionId, slip, language: 'en' });
    const text = JSON.stringify(preview);
    expect(text).toContain('What you told us');
    expect(text).not.toMatch(/\{\{|section\.|input\./);
  });

  test('paper out before: held, nothing printed; after new paper one whole copy', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    kiosk.printer.set({ paperOut: true });
    await untilState('fault seen', kiosk, outOfPaper);
    const [held] = (await collect(kiosk.client.receipt.print(contacts(sessionId)))).slice(-1);
    expect(held).toMatchObject({ state: 'held', reason: 'paper_out', partly: false });
    expect(kiosk.printer.slips()).toEqual([]);
    kiosk.printer.set({ paperOut: false });
    await untilState('mended', kiosk, ({ printer }) => printer.state === 'ready');
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
    await untilState('mended', kiosk, ({ printer }) => printer.state === 'ready');
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
    await untilSent(kiosk);
    expect((await hub.counts())['print.ended']).toBe(2);
  });

  test('a job held when the core stopped is given up at the next start and never prints by itself', async () => {
    const hub = openHub();
    hub.up = false;
    const before = await open({ transport: hub.transport });
    const sessionId = await begin(before);
    before.printer.set({ paperOut: true });
    await untilState('fault seen', before, outOfPaper);
    await collect(before.client.receipt.print(contacts(sessionId)));
    // As after a crash: the folder as it is, without the orderly end.
    const home = mkdtempSync(join(tmpdir(), 'kiosk-'));
    cpSync(before.home, home, { recursive: true });
    const after = await open({ home, transport: hub.transport });
    hub.up = true;
    await untilSent(after);
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
