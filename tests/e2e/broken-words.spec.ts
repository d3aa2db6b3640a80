import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

import { key, press } from './fixtures/hand.ts';
import { needElectron, openInElectron } from './harness.ts';
import type { Kiosk } from './harness.ts';
import { at, walkUp, words } from './visitor.ts';

let kiosk: Kiosk;
let page: Page;

test.beforeAll(async ({}, info) => {
  needElectron(info);
  kiosk = await openInElectron();
  page = kiosk.page;
  await at(page, 'attract');
});
test.afterAll(() => kiosk.close());
test.afterEach(() => expect(kiosk.errors).toEqual([]));

/** More than fits; each touch says that it came later, so that they do not count as drumming. */
async function typeMany(letter: string, count: number): Promise<void> {
  await page.evaluate(
    async ([wanted, times]) => {
      for (let typed = 0; typed < times; typed += 1) {
        const button = document.querySelector(`[data-skbtn="${wanted}"]`)!;
        const timeStamp = performance.now() + 300 * typed;
        const options = { bubbles: true, cancelable: true };
        for (const event of [
          new PointerEvent('pointerdown', options),
          new PointerEvent('pointerup', options),
          new MouseEvent('click', options),
        ])
          button.dispatchEvent(Object.defineProperty(event, 'timeStamp', { value: timeStamp }));
        await new Promise((drawn) => setTimeout(drawn));
      }
    },
    [letter, count] as const,
  );
}

const written = async () => (await page.locator('.written').innerText()).trim();

test('nothing, blanks, digits and far too much: always a screen with a way on and the number to call', async () => {
  await walkUp(page);
  await press(page, 'ask');
  await key(page, '{done}');
  await at(page, 'refused');
  await press(page, 'ask');
  for (let blank = 0; blank < 3; blank += 1) await key(page, '{space}');
  await key(page, '{done}');
  await at(page, 'refused');
  expect(await words(page)).toMatch(/还没有看到您的问题.*12348/);
  await kiosk.picture('broken-question-blank');
  await press(page, 'ask');

  await key(page, '{digits}');
  for (const sign of '12%/-') await key(page, sign);
  await key(page, '{done}');
  await at(page, 'handover');
  expect(await words(page)).toMatch(/没有听明白.*12348/);
  await kiosk.picture('broken-question-digits');

  await press(page, 'ask');
  await key(page, '{digits}');
  await key(page, '{clear}');
  await typeMany('8', 600);
  await expect.poll(written).toBe('8'.repeat(500));
  expect(await words(page)).toContain('还可以写0个字');
  await kiosk.picture('broken-question-long');
  await key(page, '{done}');
  await at(page, 'handover');
  await press(page, 'end');
  await at(page, 'farewell');
});

test('a page fed by hand: markup stays text, and pasting finds no field', async () => {
  await walkUp(page);
  await press(page, 'ask');
  const nasty = "<script>alert(1)</script>'; DROP TABLE event;--😀‮مرحبا Z͑ͫ̓͌".repeat(90);
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document
      .querySelector('.written')!
      .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, nasty);
  await page.keyboard.insertText(nasty);
  await at(page, 'ask');
  expect(await written()).toBe('请写在这里');
  expect(await page.locator('input, textarea, [contenteditable]').count()).toBe(0);
  await press(page, 'end');
  await at(page, 'farewell');
});

test('a mark after open letters settles them first', async () => {
  await walkUp(page);
  await press(page, 'ask');
  for (const letter of 'gongshang') await key(page, letter);
  await key(page, '，');
  await expect.poll(written).toBe('工伤，');
  await press(page, 'end');
  await at(page, 'farewell');
});

test('nobody there: warned, kept by a touch, and then wiped', async () => {
  await page.clock.install();
  await walkUp(page);
  await press(page, 'ask');
  for (const letter of 'gongzi') await key(page, letter);
  await page.locator('.candidate').first().click();
  const before = await written();
  await page.clock.runFor(121_000);
  await expect(page.getByText('您还在吗？')).toBeVisible();
  await kiosk.picture('broken-idle-warning');
  await press(page, 'stay');
  expect(await written()).toBe(before);
  await page.clock.runFor(121_000);
  await expect(page.getByText('您还在吗？')).toBeVisible();
  await page.clock.runFor(31_000);
  await at(page, 'farewell');
  expect(await page.content()).not.toContain(before);
  await page.clock.runFor(6_000);
  await at(page, 'attract');
  await page.clock.resume();
  await walkUp(page);
  await press(page, 'ask');
  expect(await written()).toBe('请写在这里');
});
