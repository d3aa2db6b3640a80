import { afterAll, beforeAll, expect, test } from 'vitest';

import type { KioskState } from '../../app/contract/kiosk.ts';
import { syntheticCards } from '../../hardware/id-card-reader/synthetic-card.ts';
import { until } from '../contract/devices.samples.ts';
import { openKiosk } from './rig/kiosk.ts';
import type { Kiosk } from './rig/kiosk.ts';

let kiosk: Kiosk;
let state: KioskState | undefined;
const left = new AbortController();
beforeAll(async () => {
  kiosk = await openKiosk();
  const watching = await kiosk.client.kiosk.watch(undefined, { signal: left.signal });
  void (async () => {
    for await (const each of watching) state = each;
  })();
});
afterAll(async () => {
  left.abort();
  await kiosk.core.close();
});

async function readOne(sessionId: string): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind } of await kiosk.client.identity.read({ sessionId })) kinds.push(kind);
  return kinds;
}

test('a card that lies there is said until it is lifted, across the end of the visit', async () => {
  const { sessionId } = await kiosk.client.session.begin({ language: 'zh-CN' });
  kiosk.cardReader.place(syntheticCards.jia);
  expect((await readOne(sessionId)).at(-1)).toBe('read');
  await until('lies', () => state?.leftBehind.card === true);
  await kiosk.client.session.end({ sessionId, reason: 'finished' });
  expect(state?.leftBehind.card).toBe(true);
  kiosk.cardReader.remove();
  await until('lifted', () => state?.leftBehind.card === false);
});

test('a card that cannot be read is said as well, also when the visitor goes in the middle', async () => {
  for (const [place, trouble] of [
    [() => kiosk.cardReader.place('other'), false],
    [() => kiosk.cardReader.place(syntheticCards.unknown), false],
    [() => kiosk.cardReader.place(syntheticCards.jia), true],
  ] as const) {
    const { sessionId } = await kiosk.client.session.begin({ language: 'zh-CN' });
    kiosk.cardReader.set({ damagedCard: trouble });
    place();
    const kinds: string[] = [];
    const ended = (async () => {
      for await (const { kind } of await kiosk.client.identity.read({ sessionId })) kinds.push(kind);
    })();
    await until('seen', () => kinds.includes('failed') || kinds.includes('retry'));
    await kiosk.client.session.end({ sessionId, reason: 'finished' });
    await ended;
    await until('lies', () => state?.leftBehind.card === true);
    kiosk.cardReader.remove();
    await until('lifted', () => state?.leftBehind.card === false);
  }
  kiosk.cardReader.set({ damagedCard: false });
});

test('the next visitor can read a card at once, though one lay there before', async () => {
  const first = await kiosk.client.session.begin({ language: 'zh-CN' });
  kiosk.cardReader.place(syntheticCards.jia);
  expect((await readOne(first.sessionId)).at(-1)).toBe('read');
  const second = await kiosk.client.session.begin({ language: 'zh-CN' });
  const reading = readOne(second.sessionId);
  await until('forgotten', () => state?.leftBehind.card === false);
  kiosk.cardReader.remove();
  kiosk.cardReader.place(syntheticCards.yi);
  expect((await reading).at(-1)).toBe('read');
  kiosk.cardReader.remove();
});
