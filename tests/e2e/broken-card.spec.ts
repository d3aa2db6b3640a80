import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

import type { SimulatorControl } from '../../tools/sim/control.ts';
import { press } from './fixtures/hand.ts';
import { needElectron, openInElectron, startSimulators } from './harness.ts';
import type { Kiosk, Simulators } from './harness.ts';
import { at, walkUp, words } from './visitor.ts';

let devices: Simulators;
let hands: SimulatorControl;
let kiosk: Kiosk;
let page: Page;

test.beforeAll(async ({}, info) => {
  needElectron(info);
  devices = await startSimulators();
  hands = devices.hands;
  kiosk = await openInElectron({ devices });
  page = kiosk.page;
});
test.afterAll(async () => {
  await kiosk.close();
  await devices.stop();
});
test.beforeEach(async () => {
  await walkUp(page);
  await press(page, 'door-aid');
  await press(page, 'consent');
  await at(page, 'aid');
});
test.afterEach(async () => {
  await hands.removeCard();
  await press(page, 'end');
  await at(page, 'farewell');
});

/** Whatever happens to the card, the form goes on without it. */
async function goesOnByHand(): Promise<void> {
  await press(page, 'by-hand');
  await expect(page.getByText('您的姓名是？')).toBeVisible();
}

test('pulled while it is read: asked to put it again, and then it is read', async () => {
  for (const block of [1, 2]) {
    await hands.pullAt(block);
    await hands.placeCard('jia');
    // The words of the first time are still there in the second: long enough for the card to be pulled again.
    await page.waitForTimeout(2_000);
    await expect(page.getByText('拿开得早了一点，请再放一次')).toBeVisible();
    await kiosk.picture(`broken-card-pulled-${String(block)}`);
  }
  await hands.placeCard('jia');
  await page.locator('[data-press="use-card"]').waitFor();
  expect(await words(page)).toContain('测试甲');
});

test('unreadable three times: asked to write by hand, and the machine goes on trying no more than told', async () => {
  await hands.send('damaged-card', 'on');
  for (let time = 0; time < 3; time += 1) {
    await hands.placeCard('jia');
    await expect(page.getByText('正在读，请不要拿开')).toBeVisible();
    await expect(page.getByText(/没有读清楚|试了三次/)).toBeVisible();
    await hands.removeCard();
    // Long enough for the reader to see that the card is gone.
    await page.waitForTimeout(1_200);
  }
  await expect(page.getByText('试了三次都没有读出来，请自己填写')).toBeVisible();
  await kiosk.picture('broken-card-three-times');
  await hands.send('damaged-card', 'off');
  await goesOnByHand();
});

test('another kind of card: said, never taken for a person', async () => {
  await hands.placeCard('unknown');
  await expect(page.getByText('这种证件现在读不了，请自己填写')).toBeVisible();
  await hands.removeCard();
  await press(page, 'card-again');
  await hands.placeCard('other');
  await page.waitForTimeout(1_500);
  await kiosk.picture('broken-card-other');
  await expect(page.locator('[data-press="use-card"]')).toHaveCount(0);
  await goesOnByHand();
});

test('the reader falls silent, or its cable is pulled: the form goes on by hand, and the reader comes back', async () => {
  await hands.silence('reader');
  await expect(page.getByText(/读卡器没有回应|现在不能读身份证/)).toBeVisible({ timeout: 20_000 });
  await kiosk.picture('broken-reader-silent');
  await hands.speak('reader');
  await expect(page.getByText(/放好以后请不要移动|现在不能读身份证|读卡器没有回应/)).toBeVisible();
  await hands.unplug('reader');
  await expect(page.getByText(/现在不能读身份证|读卡器没有接好/)).toBeVisible();
  await kiosk.picture('broken-reader-absent');
  await hands.replug('reader');
  const again = page.locator('[data-press="card-again"]');
  await expect(page.getByText('放好以后请不要移动').or(again)).toBeVisible({ timeout: 15_000 });
  if (await again.isVisible()) await press(page, 'card-again');
  await hands.placeCard('yi');
  await page.locator('[data-press="use-card"]').waitFor();
  expect(await words(page)).toContain('测试乙');
});
