import { expect, test, type Page } from '@playwright/test';

import type { Reading } from '../../app/contract/speech.ts';
import { pageBrowser } from './fixtures/browser.ts';
import { createFakeCore, landscape, portrait, type FakeCore } from './fixtures/fake-core.ts';
import { startFakeHost, type FakeHost } from './fixtures/fake-host.ts';
import { faultsOfGeometry } from './fixtures/geometry.ts';
import { press, settled, untilWarned } from './fixtures/hand.ts';
import { enter, forcedConsultations, type Look } from './fixtures/walk.ts';

test.use(pageBrowser);

const plain: Look = { language: 'zh-CN', elder: false, contrast: false };

let fake: FakeCore;
let host: FakeHost;

test.beforeEach(async ({ page }) => {
  fake = createFakeCore({ consultations: forcedConsultations });
  host = await startFakeHost(fake);
  await page.setViewportSize({ width: portrait.widthPx, height: portrait.heightPx });
  await page.goto(host.address);
});
test.afterEach(() => host.close());

const readings = () =>
  fake.calls.filter(({ name }) => name === 'speech.read').map(({ input }) => input as Reading);
const saidSoFar = () => readings().flatMap(({ sentences }) => sentences);
const silences = () => fake.calls.filter(({ name }) => name === 'speech.silent').length;

/** The words that are marked on the screen. */
const marked = (page: Page): Promise<string> =>
  page.evaluate(() =>
    [...(CSS.highlights.get('reading') ?? [])]
      .map((range) => (range instanceof Range ? range.toString() : ''))
      .join(''),
  );

async function openAnswer(page: Page, look = plain): Promise<void> {
  await enter(page, look);
  await page.locator('[data-press^="popular-"]').first().click();
  await settled(page, 'answer');
}

test('an answer is read as it stands: its title, its words on all pages, then the ways on; each sentence marked', async ({
  page,
}) => {
  fake.behaviour.sentenceMs = 120;
  await openAnswer(page);
  const title = await page.locator('.stage h1').innerText();
  const seen = new Set<string>();
  await press(page, 'read');
  await expect
    .poll(
      async () => {
        seen.add(await marked(page));
        return page.locator('[data-press="read"]').count();
      },
      { intervals: [40], timeout: 60_000 },
    )
    .toBe(1);
  const said = saidSoFar();
  expect(said[0]).toContain(title.slice(0, 6));
  for (const label of await page.locator('.hands .press-label').allInnerTexts())
    expect(said.join('')).toContain(label);
  expect(said.join('')).not.toMatch(/下一页|上一页/);
  const unmarked = said.filter((sentence) => ![...seen].some((mark) => mark.trim() === sentence));
  expect(unmarked.length).toBeLessThan(said.length / 4);
  expect(await marked(page)).toBe('');
});

test('any touch is silence at once, and so are another screen and the end', async ({ page }) => {
  fake.behaviour.sentenceMs = 30_000;
  await openAnswer(page);
  await press(page, 'read');
  await expect.poll(() => marked(page)).not.toBe('');
  await page.mouse.click(540, 400);
  await expect.poll(silences).toBe(1);
  await expect(page.locator('[data-press="read"]')).toBeVisible();
  expect(await marked(page)).toBe('');

  await press(page, 'read');
  await expect.poll(() => marked(page)).not.toBe('');
  await press(page, 'back');
  await settled(page, 'home');
  await expect.poll(silences).toBe(2);

  await press(page, 'read');
  await expect.poll(() => readings().length).toBe(3);
  await press(page, 'end');
  await settled(page, 'farewell');
  await expect.poll(silences).toBe(3);
  expect(await marked(page)).toBe('');
});

test('pause goes on where it stopped; again begins anew; the pace is told and forgotten with the visit', async ({
  page,
}) => {
  fake.behaviour.sentenceMs = 1_500;
  await openAnswer(page);
  await press(page, 'read');
  await expect.poll(() => marked(page)).not.toBe('');
  const first = await marked(page);
  await expect.poll(() => marked(page), { timeout: 10_000 }).not.toBe(first);
  const second = await marked(page);
  await press(page, 'read-pause');
  await expect.poll(silences).toBe(1);
  await press(page, 'read-resume');
  await expect.poll(() => marked(page)).toBe(second);
  expect(readings()[1]?.sentences[0]).toBe(second);
  await press(page, 'read-pace');
  await expect.poll(() => readings()[2]?.pace).toBe(1.25);
  await press(page, 'read-again');
  await expect.poll(() => readings()[3]?.sentences[0]).toBe(first);
  expect(readings()[3]?.pace).toBe(1.25);
  await press(page, 'read-stop');
  await press(page, 'end');
  await openAnswer(page);
  await press(page, 'read');
  await expect.poll(() => readings()[4]?.pace).toBe(1);
});

test('nothing personal is read: neither from the card, nor from the form, nor from its review', async ({
  page,
}) => {
  fake.behaviour.sentenceMs = 20;
  await enter(page, plain);
  await press(page, 'door-aid');
  await press(page, 'consent');
  await expect(page.getByText('王大山')).toBeVisible();
  const listen = async () => {
    const before = saidSoFar().length;
    await press(page, 'read');
    await expect(page.locator('[data-press="read"]')).toBeVisible({ timeout: 30_000 });
    expect(saidSoFar().length).toBeGreaterThan(before);
  };
  await listen();
  await press(page, 'use-card');
  for (const digit of '13800001234') await press(page, `key-${digit}`);
  await listen();
  await press(page, 'key-done');
  await press(page, 'matter-wages');
  await press(page, 'circumstances-migrant_worker');
  await press(page, 'next');
  await press(page, 'next');
  await page.locator('[data-skbtn="{done}"]').click();
  await settled(page, 'aidReview');
  await listen();
  expect(saidSoFar().join('')).not.toMatch(/王大山|1101|002X|示例街道|1380|1234(?!8)/);
});

test('without a voice or a loudspeaker there is no button', async ({ page }) => {
  await enter(page, plain);
  await expect(page.locator('[data-press="read"]')).toBeVisible();
  fake.tell({ speech: { state: 'absent', reason: 'no_voice' } });
  await expect(page.locator('[data-press="read"]')).toHaveCount(0);
  await expect(page.locator('[data-press="elder"]')).toBeVisible();
});

test('a core that dies while it reads leaves a button to try again', async ({ page }) => {
  fake.behaviour.sentenceMs = 30_000;
  await openAnswer(page);
  await press(page, 'read');
  await expect.poll(() => marked(page)).not.toBe('');
  host.kill();
  await expect(page.locator('.away')).toBeVisible();
  host.restart();
  await expect(page.locator('.away')).toHaveCount(0);
  await expect(page.getByText('读不了，再试')).toBeVisible();
});

test('who listens is not idle', async ({ page }) => {
  fake.behaviour.sentenceMs = 3_000_000;
  await page.clock.install();
  await page.goto(host.address);
  await page.locator('[data-press="start"]').click();
  await settled(page, 'home');
  await page.locator('[data-press="read"]').click();
  await expect.poll(() => marked(page)).not.toBe('');
  await page.clock.runFor(180_000);
  await expect(page.locator('.overlay')).toHaveCount(0);
  await page.locator('[data-press="read-stop"]').click();
  await untilWarned(page);
});

for (const [name, panel, look] of [
  ['portrait', portrait, plain],
  ['portrait, English, elder', portrait, { language: 'en', elder: true, contrast: false }],
  ['landscape, elder', landscape, { language: 'zh-CN', elder: true, contrast: true }],
] as const)
  test(`what steers the reading is large enough: ${name}`, async ({ page }) => {
    fake.behaviour.sentenceMs = 60_000;
    fake.behaviour.kiosk = { ...fake.behaviour.kiosk, panel };
    await page.setViewportSize({ width: panel.widthPx, height: panel.heightPx });
    await page.goto(host.address);
    await openAnswer(page, look);
    expect(await faultsOfGeometry(page)).toEqual([]);
    await press(page, 'read');
    await expect.poll(() => marked(page)).not.toBe('');
    expect(await faultsOfGeometry(page)).toEqual([]);
    await page.screenshot({ path: `test-results/pictures/reading ${name}.png` });
    await press(page, 'read-pause');
    expect(await faultsOfGeometry(page)).toEqual([]);
  });
