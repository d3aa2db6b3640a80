import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import type { SimulatorControl } from '../../tools/sim/control.ts';
import { key, press } from './fixtures/hand.ts';
import { needElectron, openInElectron, startSimulators } from './harness.ts';
import type { Kiosk, Simulators } from './harness.ts';
import { startHub } from './hub.ts';
import { holdTo, isOver } from './limits.ts';
import { at, fillForm, openAnswer, preview, walkUp, words } from './visitor.ts';

/** What the issue allows from the touch to a screen that tells nothing. */
const QUICK_EXIT_MS = 300;

let devices: Simulators;
let hands: SimulatorControl;
let kiosk: Kiosk;
let page: Page;
let port: number;

test.beforeAll(async ({}, info) => {
  needElectron(info);
  devices = await startSimulators();
  hands = devices.hands;
  port = await freePort();
  kiosk = await openInElectron({ devices, hub: `http://127.0.0.1:${String(port)}` });
  page = kiosk.page;
});
test.afterAll(async () => {
  await kiosk.close();
  await devices.stop();
});

test('no hub for a whole visit: saved, not sent, and once it is there all arrives exactly once', async () => {
  test.setTimeout(180_000);
  await walkUp(page);
  await reviewWithCard();
  await page.locator('[data-press="submit"]').dblclick();
  await at(page, 'aidSaved');
  const said = await words(page);
  expect(said).toContain('已保存，尚未送达');
  expect(said).toContain('有网络时会自动发送');
  await kiosk.picture('broken-hub-saved');
  const [first] = /\d{11}/.exec(said) ?? [];
  // A form that was handed in cannot be handed in again, nor be changed under the same number.
  await press(page, 'back');
  await at(page, 'home');
  await reviewWithCard();
  await press(page, 'submit');
  await at(page, 'aidSaved');
  expect(await words(page)).not.toContain(first ?? '-');
  await press(page, 'done');
  await at(page, 'rate');
  await page.locator('[data-press="rate-5"]').dblclick();
  await at(page, 'farewell');
  // The second half of the double touch lies on the farewell and must not begin a visit.
  await pause(1_000);
  await at(page, 'farewell');
  expect(await words(page)).not.toContain('没有存下来');

  const hub = await startHub(port);
  try {
    // A core that has long waited in vain asks rarely; a fresh one, on the same journal, asks at once.
    process.kill(kiosk.corePid(), 'SIGKILL');
    await page.locator('.overlay.away').waitFor();
    await page.locator('.overlay.away').waitFor({ state: 'detached' });
    const expected = { 'intake.submitted': 2, 'rating.given': 1, 'session.ended': 1 };
    await expect
      .poll(() => hub.counts('dev-0001').catch(() => ({})), { timeout: 60_000 })
      .toMatchObject(expected);
    const once = await hub.counts('dev-0001');
    await pause(3_000);
    expect(await hub.counts('dev-0001')).toEqual(once);
  } finally {
    await hub.stop();
  }
});

test('the core dies in a form: what was written is there, and it is handed in once', async () => {
  await walkUp(page);
  await reviewWithCard();
  process.kill(kiosk.corePid(), 'SIGKILL');
  await page.locator('.overlay.away').waitFor();
  await kiosk.picture('broken-core-form');
  await page.locator('.overlay.away').waitFor({ state: 'detached' });
  expect(await words(page)).toContain('测试甲');
  await press(page, 'submit');
  await at(page, 'aidSaved');
  await press(page, 'end');
  await at(page, 'farewell');
});

/** From the touch to the neutral screen being drawn, in ms. */
async function wayOut(): Promise<number> {
  const ms = await page.evaluate(async () => {
    const before = performance.now();
    document.querySelector<HTMLButtonElement>('[data-press="end"]')!.click();
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return performance.now() - before;
  });
  await at(page, 'farewell');
  return ms;
}

test(
  'the way out is quick from everywhere, and leaves nothing on the screen',
  { tag: '@limit' },
  async () => {
    for (const [name, go] of Object.entries(placesWithSomething)) {
      const times: number[] = [];
      while (times.length < 3 && isOver(times, QUICK_EXIT_MS)) {
        await walkUp(page);
        await go();
        times.push(await wayOut());
        expect(await page.content()).not.toMatch(/测试甲|wage|138 0000|6,?000/);
      }
      holdTo(QUICK_EXIT_MS, `quick exit from ${name}`, ...times);
    }
  },
);

const placesWithSomething: Record<string, () => Promise<void>> = {
  home: () => Promise.resolve(),
  ask: async () => {
    await press(page, 'ask');
    for (const letter of 'wage') await key(page, letter);
  },
  answer: () => openAnswer(page),
  preview: async () => {
    await openAnswer(page);
    await preview(page);
  },
  printing: async () => {
    await openAnswer(page);
    await preview(page);
    await press(page, 'print-now');
    await at(page, 'printing');
  },
  card: async () => {
    await showCard();
  },
  review: () => reviewWithCard(),
  rate: async () => {
    await openAnswer(page);
    await press(page, 'done');
    await at(page, 'rate');
  },
};

async function showCard(): Promise<void> {
  await press(page, 'door-aid');
  await press(page, 'consent');
  await hands.placeCard('jia');
  await page.locator('[data-press="use-card"]').waitFor();
  await hands.removeCard();
}

async function reviewWithCard(): Promise<void> {
  await showCard();
  await press(page, 'use-card');
  await fillForm(page);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
