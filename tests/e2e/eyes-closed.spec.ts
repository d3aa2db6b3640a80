import { expect, test, type Page } from '@playwright/test';

import type { Reading } from '../../app/contract/speech.ts';
import { pageBrowser } from './fixtures/browser.ts';
import { createFakeCore, landscape, portrait, type FakeCore } from './fixtures/fake-core.ts';
import { startFakeHost, type FakeHost } from './fixtures/fake-host.ts';
import { faultsOfGeometry } from './fixtures/geometry.ts';
import { A_HAND_MS, settled, untilWarned } from './fixtures/hand.ts';
import { spoken, spokenWords } from './fixtures/spoken.ts';

test.use(pageBrowser);
test.setTimeout(240_000);

let fake: FakeCore;
let host: FakeHost;

test.beforeEach(async ({ page }) => {
  fake = createFakeCore();
  fake.behaviour.sentenceMs = 5;
  host = await startFakeHost(fake);
  await page.setViewportSize({ width: portrait.widthPx, height: portrait.heightPx });
  await open(page);
});
test.afterEach(() => host.close());

/** The poster, once it knows what the machine can do. */
async function open(page: Page): Promise<void> {
  await page.goto(host.address);
  await page.locator('[data-press="start"]').waitFor();
  await page.locator('.overlay').waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
}

/** Everything that was said so far, in order. */
const said = (): readonly string[] =>
  fake.calls
    .filter(({ name }) => name === 'speech.read')
    .flatMap(({ input }) => (input as Reading).sentences);

/** Waits until words are said that were not said before `from`. */
async function hears(words: string | RegExp, from = 0): Promise<void> {
  const wanted = typeof words === 'string' ? words : words.source;
  await expect
    .poll(() => said().slice(from).join('\n'), { timeout: 20_000, message: `to hear ${wanted}` })
    .toMatch(typeof words === 'string' ? new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words);
}

async function key(page: Page, name: string): Promise<void> {
  await page.keyboard.press(name);
  await page.waitForTimeout(A_HAND_MS);
}

/** Goes down until the key stands on what carries this name, hearing each on the way; turns pages where it must. */
async function goTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const at = await page.evaluate(() => document.activeElement?.getAttribute('data-press') ?? '');
    if (at.startsWith(name)) return;
    await key(page, 'ArrowDown');
  }
  throw new Error(`no key press leads to ${name}`);
}

async function take(page: Page, name: string): Promise<void> {
  await goTo(page, name);
  await key(page, 'Enter');
}

const arrives = (page: Page, screen: string) =>
  page.locator(`[data-screen="${screen}"]`).waitFor({ timeout: 20_000 });

/** Begins a visit with a key and hears what this is. */
async function begin(page: Page): Promise<void> {
  await key(page, 'ArrowDown');
  await arrives(page, 'home');
  await hears('这里是云岭法务通');
  await hears('您好，有什么事可以帮您');
}

test('from the poster to the paper with eyes closed: by topic, each screen and each choice said', async ({
  page,
}) => {
  await begin(page);
  await hears(/下面可以选，共 \d+ 项/);
  await goTo(page, 'door-browse');
  await hears('法律咨询');
  await key(page, 'Enter');
  await arrives(page, 'topics');
  await hears('是哪方面的事');
  await take(page, 'topic-');
  await arrives(page, 'shelf');
  await take(page, 'part-');
  await arrives(page, 'part');
  await take(page, 'candidate-');
  await arrives(page, 'answer');
  const title = await page.locator('.stage h1').innerText();
  await hears(title.slice(0, 8));
  await take(page, 'print');
  await arrives(page, 'preview');
  await hears(/打印/);
  await take(page, 'print-now');
  await arrives(page, 'printed');
  await hears('请取走');
  const before = said().length;
  await key(page, 'Escape');
  await hears(/./, before);
  await take(page, 'end');
  await arrives(page, 'farewell');
  await hears(await page.locator('.attract-words .sign').innerText(), before);
  // Nothing of a visit by ear is left for the next visitor.
  await page.locator('[data-screen="attract"]').waitFor({ timeout: 20_000 });
  await page.locator('[data-press="start"]').click();
  await settled(page, 'home');
  await expect(page.locator('[data-press="headphones"]')).toHaveCount(0);
});

test('a question asked aloud with eyes closed: the machine says when to speak, what it heard and what it means', async ({
  page,
}) => {
  fake.tell({ listening: { state: 'ready' } });
  fake.behaviour.hears = spoken.understood;
  fake.behaviour.silenceMs = 300;
  await begin(page);
  await take(page, 'speak');
  await arrives(page, 'speak');
  await hears('请说出您的问题');
  await take(page, 'microphone');
  await hears('请说。');
  await arrives(page, 'heard');
  await hears(spokenWords);
  await hears('我明白的是');
  const asked = fake.calls.findIndex(({ name }) => name === 'listen.start');
  const invited = fake.calls.findIndex(
    ({ name, input }) => name === 'speech.read' && (input as Reading).sentences.includes('请说。'),
  );
  expect(asked).toBeGreaterThan(invited);
  await take(page, 'heard-yes');
  await arrives(page, 'answer');
});

test('trouble in hearing is said with what to do next', async ({ page }) => {
  fake.tell({ listening: { state: 'ready' } });
  fake.behaviour.hears = spoken.noisy;
  await begin(page);
  await take(page, 'speak');
  await take(page, 'microphone');
  await hears('这里较吵，没听清');
  await hears('按确认键再说一次');
});

test('keys silence at once; back goes back; the idle question is said and any key stays', async ({
  page,
}) => {
  fake.behaviour.sentenceMs = 30_000;
  await page.clock.install();
  await open(page);
  await page.keyboard.press('ArrowDown');
  await arrives(page, 'home');
  await page.clock.runFor(500);
  await expect.poll(() => said().length).toBeGreaterThan(0);
  const silences = () => fake.calls.filter(({ name }) => name === 'speech.silent').length;
  const before = silences();
  await page.keyboard.press('ArrowDown');
  await expect.poll(silences).toBeGreaterThan(before);
  fake.behaviour.sentenceMs = 5;
  await page.keyboard.press('ArrowDown');
  await page.clock.runFor(500);
  await untilWarned(page);
  await hears('您还在吗');
  await hears('按任何键，就可以继续');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.overlay')).toHaveCount(0);
});

test('personal fields are silent until headphones are said to be in, and forgotten with the visit', async ({
  page,
}) => {
  fake.behaviour.sentenceMs = 2;
  await begin(page);
  await take(page, 'door-aid');
  await arrives(page, 'aidConsent');
  await hears('请先接上耳机');
  await take(page, 'consent');
  await page.getByText('王大山').waitFor();
  await key(page, 'ArrowDown');
  await take(page, 'read-again');
  await page.waitForTimeout(800);
  expect(said().join('')).not.toMatch(/王大山|1101|002X/);
  await take(page, 'headphones');
  await hears('您的信息会读给您听');
  await take(page, 'read-again');
  await hears('王大山');
  const told = fake.calls.filter(({ name }) => name === 'speech.read').map(({ input }) => input as Reading);
  expect(
    told
      .filter(({ sentences }) => sentences.join('').includes('王大山'))
      .every(({ headphones }) => headphones),
  ).toBe(true);
});

test('without a voice the arrows still lead everywhere, and nothing else changes', async ({ page }) => {
  fake.tell({ speech: { state: 'absent', reason: 'no_voice' } });
  await page.locator('[data-press="start"]').click();
  await settled(page, 'home');
  await take(page, 'door-browse');
  await arrives(page, 'topics');
  expect(said()).toEqual([]);
  await expect(page.locator('[data-press="headphones"]')).toHaveCount(0);
});

for (const [name, panel] of [
  ['portrait', portrait],
  ['landscape', landscape],
] as const)
  test(`what steers a visit by ear is large enough: ${name}`, async ({ page }) => {
    fake.behaviour.kiosk = { ...fake.behaviour.kiosk, panel, listening: { state: 'ready' } };
    await page.setViewportSize({ width: panel.widthPx, height: panel.heightPx });
    await open(page);
    await begin(page);
    expect(await faultsOfGeometry(page)).toEqual([]);
    await page.screenshot({ path: `test-results/pictures/by ear ${name}.png` });
    await take(page, 'door-browse');
    await settled(page, 'topics');
    await goTo(page, 'topic-');
    expect(await faultsOfGeometry(page)).toEqual([]);
    await page.screenshot({ path: `test-results/pictures/by ear topics ${name}.png` });
  });
