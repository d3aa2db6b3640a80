import { createDecipheriv, createPublicKey, diffieHellman, hkdfSync } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import type { LegalAidForm } from '../../app/contract/intake.ts';
import { until } from '../contract/devices.samples.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { form } from './rig/canary.ts';
import { collect } from './rig/collect.ts';
import { officeKeys } from './rig/kiosk.ts';
import { begin, open, openHub, PATIENCE_MS, state } from './rig/stage.ts';

const REQUEST = '1c1a2a57-6f0b-4b4e-8f0e-0b7d0f7f2d11';

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

  test('takes the number of a foreigner’s card of 2017, and asks its holder’s age too', async () => {
    const kiosk = await open();
    const sessionId = await begin(kiosk);
    const submit = (idNumber: string, requestId: string) =>
      kiosk.client.intake.submit({ sessionId, form: { ...form, idNumber }, consent: true, requestId });
    kiosk.cardReader.place(syntheticCards.foreign2017);
    const card = (await collect(kiosk.client.identity.read({ sessionId }))).at(-1);
    if (card?.kind !== 'read') throw new Error(card?.kind);
    expect(card.fields.maskedNumber).toBe('CAN********0118');
    expect(await submit(card.fields.number, crypto.randomUUID())).toMatchObject({ state: 'saved_not_sent' });
    expect(await submit('CAN530190010117', crypto.randomUUID())).toMatchObject({
      reason: 'invalid_form',
      fields: ['idNumber'],
    });
    expect(await submit('CAN530120010117', crypto.randomUUID())).toMatchObject({ reason: 'under_14' });
  });

  test('is delivered once the hub has it, and a pushed state tells when to ask again', async () => {
    const hub = openHub();
    hub.up = false;
    const kiosk = await open({ transport: hub.transport });
    const sessionId = await begin(kiosk);
    const saved = await kiosk.client.intake.submit({ sessionId, form, consent: true, requestId: REQUEST });
    const receiptNumber = saved.state === 'saved_not_sent' ? saved.receiptNumber : '';
    const heard: string[] = [];
    const asking = (async () => {
      for await (const { journal } of await kiosk.client.kiosk.watch()) {
        const { status } = await kiosk.client.intake.status({ sessionId, receiptNumber });
        heard.push(status);
        if (journal.unsent === 0) return;
      }
    })();
    await until('asked', () => heard.length > 0, PATIENCE_MS);
    expect(new Set(heard)).toEqual(new Set(['saved_not_sent']));
    hub.up = true;
    await asking;
    expect(heard.at(-1)).toBe('received');
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
