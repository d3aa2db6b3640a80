import { expect, test, type Page } from '@playwright/test';

import type { Hearing } from '../../app/contract/listen.ts';
import { pageBrowser } from './fixtures/browser.ts';
import { createFakeCore, portrait, type FakeCore } from './fixtures/fake-core.ts';
import { startFakeHost, type FakeHost } from './fixtures/fake-host.ts';
import { press, settled } from './fixtures/hand.ts';
import { spoken, spokenWords } from './fixtures/spoken.ts';
import { enter } from './fixtures/walk.ts';

test.use(pageBrowser);

let fake: FakeCore;
let host: FakeHost;

test.beforeEach(async ({ page }) => {
  fake = createFakeCore();
  fake.behaviour.kiosk = { ...fake.behaviour.kiosk, listening: { state: 'ready' } };
  fake.behaviour.hears = spoken.understood;
  host = await startFakeHost(fake);
  await page.setViewportSize({ width: portrait.widthPx, height: portrait.heightPx });
  await page.goto(host.address);
  await enter(page, { language: 'zh-CN', elder: false, contrast: false });
});
test.afterEach(() => host.close());

const calls = (name: string) => fake.calls.filter((call) => call.name === name);
const stops = () => calls('listen.stop').map(({ input }) => (input as { when: string }).when);

/** From home to a microphone that listens. */
async function speak(page: Page): Promise<void> {
  await press(page, 'speak');
  await page.locator('.microphone.listening').waitFor();
}

/** Holds the microphone while it listens, for longer than a tap on a busy machine too, and lets go. */
async function hold(page: Page, meanwhile: () => void = () => undefined): Promise<void> {
  await page.locator('.microphone.off').hover();
  await page.mouse.down();
  await page.locator('.microphone.listening').waitFor();
  await page.waitForTimeout(700);
  meanwhile();
  await page.mouse.up();
}

test('a tap, words that grow, silence, what is understood, and the answer', async ({ page }) => {
  fake.behaviour.silenceMs = 600;
  await speak(page);
  await expect(page.locator('.transcript')).toContainText(spokenWords);
  await settled(page, 'heard');
  expect(stops()).toEqual(['silence']);
  await expect(page.locator('.heard-words')).toContainText(spokenWords);
  await expect(page.getByText('我当作“工资”')).toBeVisible();
  const title = await page.locator('.understood-title').innerText();
  await press(page, 'heard-yes');
  await settled(page, 'answer');
  await expect(page.locator('.stage h1')).toHaveText(title);
});

test('held, it listens until it is let go; a second tap ends it too', async ({ page }) => {
  await speak(page);
  await press(page, 'microphone');
  await settled(page, 'heard');
  expect(stops()).toEqual(['silence', 'now']);
  await press(page, 'back');
  await settled(page, 'speak');
  await expect(page.locator('.microphone.off')).toBeVisible();
  expect(calls('listen.start')).toHaveLength(1);
  await hold(page, () => expect(stops()).toHaveLength(2));
  await settled(page, 'heard');
  expect(stops()).toEqual(['silence', 'now', 'now']);
});

test('put right by one touch: another hearing, other words by keyboard, said again', async ({ page }) => {
  await speak(page);
  await press(page, 'microphone');
  await settled(page, 'heard');
  await press(page, 'heard-edit');
  await settled(page, 'ask');
  await expect(page.locator('.written')).toContainText(spokenWords);
  await press(page, 'back');
  await press(page, 'heard-instead-1');
  await settled(page, 'answer');
  const asked = calls('consult.ask').at(-1)?.input as { question: string };
  expect(asked.question).toBe('老板拖欠我三个月工资不干怎么办');
  await press(page, 'back');
  await press(page, 'speak');
  await page.locator('.microphone.listening').waitFor();
  expect(calls('listen.start')).toHaveLength(2);
});

test('cancel, back, another screen and the end close the microphone at once', async ({ page }) => {
  for (const [times, away] of [
    [1, 'cancel-speaking'],
    [2, 'back'],
    [3, 'write'],
    [4, 'end'],
  ] as const) {
    if (times === 4) await press(page, 'back').then(() => press(page, 'back'));
    await speak(page);
    await press(page, away);
    await expect.poll(() => calls('listen.cancelled').length).toBe(times);
    await expect(page.locator('.microphone.listening')).toHaveCount(0);
  }
  await settled(page, 'farewell');
  expect(await page.content()).not.toContain(spokenWords);
});

const troubles = {
  silence: '没有听到声音',
  noisy: '这里较吵，没听清',
  not_speech: '没有听到说话的声音',
  other_language: '这种话我还听不懂',
  unclear: '没有听清楚',
  microphone: '话筒现在用不了',
  broken: '刚才没有听成',
} as const;

for (const [reason, words] of Object.entries(troubles))
  test(`${reason}: said kindly, with the ways to go on`, async ({ page }) => {
    const trouble = { state: 'trouble', reason } as Hearing;
    fake.behaviour.hears = [{ state: 'listening' }, { state: 'level', level: 0.1, noisy: false }, trouble];
    await press(page, 'speak');
    await expect(page.locator('.stage h1')).toHaveText(words);
    await expect(page.locator('.stage .intro')).toContainText(/请|点一点|可以/);
    for (const way of ['microphone', 'write', 'browse'])
      await expect(page.locator(`[data-press="${way}"]`)).toBeVisible();
  });

test('a loud hall is said while it listens; three failures lead to touch, and a new visitor starts afresh', async ({
  page,
}) => {
  fake.behaviour.hears = [
    { state: 'listening' },
    { state: 'level', level: 0.9, noisy: true },
    { state: 'recognising' },
    { state: 'trouble', reason: 'noisy' },
  ];
  await press(page, 'speak');
  await expect(page.getByText('这里较吵，请点选或靠近话筒')).toBeVisible();
  await press(page, 'microphone');
  for (let more = 0; more < 2; more += 1) await hold(page);
  await expect(page.getByText('没关系，点一点也能问')).toBeVisible();
  await press(page, 'browse');
  await settled(page, 'topics');
  await press(page, 'end');
  await enter(page, { language: 'zh-CN', elder: false, contrast: false });
  await press(page, 'speak');
  await page.locator('.microphone').waitFor();
});

test('without a model or a microphone there is no button anywhere; one that comes back brings it back', async ({
  page,
}) => {
  await expect(page.locator('[data-press="speak"]')).toBeVisible();
  fake.tell({ listening: { state: 'absent', reason: 'no_model' } });
  await expect(page.locator('[data-press="speak"]')).toHaveCount(0);
  await expect(page.locator('[data-press="ask"]')).toBeVisible();
  fake.tell({ listening: { state: 'ready' } });
  await expect(page.locator('[data-press="speak"]')).toBeVisible();
});

test('a core that dies while somebody speaks: the words are not lost to a dead end', async ({ page }) => {
  await speak(page);
  host.kill();
  await expect(page.locator('.away')).toBeVisible();
  host.restart();
  await expect(page.locator('.away')).toHaveCount(0);
  await expect(page.locator('.stage h1')).toHaveText('刚才断了一下');
  await hold(page);
});

test('who speaks is not idle', async ({ page }) => {
  await page.clock.install();
  await page.goto(host.address);
  await page.locator('[data-press="start"]').click();
  await settled(page, 'home');
  await page.locator('[data-press="speak"]').click();
  await page.clock.runFor(1_000);
  await page.locator('.microphone.listening').waitFor();
  await page.clock.runFor(130_000);
  await expect(page.locator('.overlay')).toHaveCount(0);
});
