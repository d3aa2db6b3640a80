import { expect, test } from '@playwright/test';

import { openInChromium, startSimulators } from './harness.ts';
import type { Kiosk, Simulators } from './harness.ts';

let devices: Simulators;
let kiosk: Kiosk;

test.beforeAll(async () => {
  devices = await startSimulators();
  process.env['KIOSK_DOCK'] = devices.folder;
  kiosk = await openInChromium({ devices });
  delete process.env['KIOSK_DOCK'];
});
test.afterAll(async () => {
  await kiosk.close();
  await devices.stop();
});

test('the dock breaks and mends the simulated devices of a development build', async () => {
  const { page } = kiosk;
  await page.locator('.dock summary').click();
  const form = (command: string) => page.locator(`.dock form[data-command="${command}"]`);
  await expect(form('unplug')).toBeVisible();
  const told = page.locator('.dock-devices');
  await form('cover').locator('select').selectOption('open');
  await form('cover').locator('button').click();
  await expect(told).toContainText('printer: coverOpen');
  await form('cover').locator('select').selectOption('closed');
  await form('cover').locator('button').click();
  await expect(told).toContainText('printer: well');
  await form('place-card').locator('button').click();
  await expect(told).toContainText('reader: card');
  await form('paper-out-at').locator('input').fill('many');
  await form('paper-out-at').locator('button').click();
  await expect(page.locator('.dock-said')).toContainText('whole number');
  await kiosk.picture('dock');
  expect(kiosk.errors).toEqual([]);
});
