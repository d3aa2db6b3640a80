import { expect, test } from '@playwright/test';

import { pageBrowser } from './fixtures/browser.ts';
import { createFakeCore, portrait, type FakeCore } from './fixtures/fake-core.ts';
import { startFakeHost, type FakeHost } from './fixtures/fake-host.ts';
import { faultsOfGeometry } from './fixtures/geometry.ts';
import { press } from './fixtures/hand.ts';

test.use(pageBrowser);

let fake: FakeCore;
let host: FakeHost;
test.beforeEach(async ({ page }) => {
  fake = createFakeCore();
  host = await startFakeHost(fake);
  await page.setViewportSize({ width: portrait.widthPx, height: portrait.heightPx });
  await page.goto(host.address);
  await press(page, 'start');
});
test.afterEach(() => host.close());

const card = '您的证件还在读卡区';
const slip = '您的纸条还在出口';

test('a card that lies there is said on every screen until it is lifted, and to whoever finds it', async ({
  page,
}) => {
  fake.tell({ leftBehind: { card: true, slip: 'nothing' } });
  await expect(page.getByText(card)).toBeVisible();
  expect(await faultsOfGeometry(page)).toEqual([]);
  await press(page, 'end');
  await expect(page.locator('[data-screen="farewell"]')).toContainText(card);
  await expect(page.getByText('读卡区有一张证件，请交给工作人员')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('[data-screen="attract"]')).toBeVisible();
  fake.tell({ leftBehind: { card: false, slip: 'nothing' } });
  await expect(page.getByText('读卡区有一张证件')).toHaveCount(0);
});

test('an untaken slip is said, and one that the printer took back too, where it was printed', async ({
  page,
}) => {
  await page.locator('[data-press^="popular-"]').first().click();
  await press(page, 'print');
  await press(page, 'print-now');
  await expect(page.locator('[data-screen="printed"]')).toBeVisible();
  fake.tell({ leftBehind: { card: false, slip: 'untaken' } });
  await expect(page.getByText(slip)).toBeVisible();
  expect(await faultsOfGeometry(page)).toEqual([]);
  fake.tell({ leftBehind: { card: false, slip: 'retracted' } });
  await expect(page.getByText(slip)).toHaveCount(0);
  await expect(page.getByText('机器已经收回')).toBeVisible();
  await press(page, 'home');
  await expect(page.getByText('机器已经收回')).toHaveCount(0);
});
