import { expect, test } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { numberedPinyin } from '../../app/core/speech/pinyin.ts';
import { spokenChinese } from '../../app/domain/spoken/index.ts';
import { press } from './fixtures/hand.ts';
import { answerAll, dismissed, openCalculator } from './fixtures/interviews.ts';
import { installPlayer, installVoice, linesIn, soundsIn } from './fixtures/programs.ts';
import { openInChromium, type Kiosk } from './harness.ts';
import { holdTo } from './limits.ts';
import { at, openAnswer, walkUp } from './visitor.ts';

/** Silence must come before a person could notice that it did not. */
const AT_ONCE_MS = 300;

let folder: string;
let kiosk: Kiosk | undefined;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-voice-'));
});
test.afterEach(async () => {
  await kiosk?.close();
  kiosk = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const linesOf = (name: string) => linesIn(folder, name);
const sounds = () => soundsIn(folder);

test('an answer goes to the voice in pinyin, title first, and out of the loudspeaker to its end', async () => {
  installVoice(folder);
  installPlayer(folder, 0.02);
  kiosk = await openInChromium({ programs: folder });
  const { page } = kiosk;
  await walkUp(page);
  await openAnswer(page);
  const title = await page.locator('.stage h1').innerText();
  const plain = (await page.locator('.plain-words').innerText()).split(/(?<=[。；！？])/)[0] ?? '';
  await press(page, 'read');
  await page.locator('[data-press="read-stop"]').waitFor();
  await page.locator('[data-press="read"]').waitFor({ timeout: 60_000 });
  const said = linesOf('said');
  expect(said[0]).toBe(numberedPinyin(spokenChinese(title)));
  expect(said).toContain(numberedPinyin(spokenChinese(plain)));
  expect(linesOf('played')).toHaveLength(said.length);
  for (const line of said) expect(line).toMatch(/^[a-zü0-9 ,.!?]+$/);
  expect(kiosk.errors).toEqual([]);
});

test('a touch anywhere and the end of the visit kill the sound at once', { tag: '@limit' }, async () => {
  installVoice(folder);
  installPlayer(folder, 600);
  kiosk = await openInChromium({ programs: folder });
  const { page } = kiosk;
  await walkUp(page);
  await openAnswer(page);
  for (const [times, hush] of [
    [1, () => page.mouse.click(540, 420)],
    [2, () => page.locator('[data-press="end"]').click()],
  ] as const) {
    await press(page, 'read');
    await expect.poll(() => linesOf('played').length, { timeout: 20_000 }).toBe(times);
    expect(sounds()).toBe(true);
    await hush();
    const hushedAt = performance.now();
    await expect.poll(sounds, { intervals: [20] }).toBe(false);
    holdTo(AT_ONCE_MS, 'touch to silence', performance.now() - hushedAt);
  }
});

test('a result is read as its slip is written, money in words', async () => {
  installVoice(folder);
  installPlayer(folder, 0.01);
  kiosk = await openInChromium({ programs: folder });
  const { page } = kiosk;
  await walkUp(page);
  await press(page, 'door-calculate');
  await openCalculator(page, 'severance');
  await press(page, 'one-side');
  await answerAll(page, dismissed);
  await press(page, 'calculate');
  await at(page, 'result');
  await press(page, 'read');
  await page.locator('[data-press="read-stop"]').waitFor();
  await page.locator('[data-press="read"]').waitFor({ timeout: 90_000 });
  const said = linesOf('said').join(' ');
  expect(said).toContain(numberedPinyin('五万六千元'));
  expect(said).toContain(numberedPinyin('劳动合同法'));
  expect(said).toContain(numberedPinyin('第四十七条'));
  expect(said).toContain(numberedPinyin('计算过程'));
});

test('without the voice there is no button, and the log tells the technician why', async () => {
  installPlayer(folder, 1);
  kiosk = await openInChromium({ programs: folder });
  await walkUp(kiosk.page);
  await expect(kiosk.page.locator('[data-press="elder"]')).toBeVisible();
  await expect(kiosk.page.locator('[data-press="read"]')).toHaveCount(0);
  expect(readFileSync(join(kiosk.home, 'core.log'), 'utf8')).toMatch(
    /"reason":"no_voice".*reading aloud is not offered/,
  );
});

test('a voice that nothing can play is no voice either', async () => {
  installVoice(folder);
  kiosk = await openInChromium({ programs: folder });
  await walkUp(kiosk.page);
  await expect(kiosk.page.locator('[data-press="read"]')).toHaveCount(0);
  expect(readFileSync(join(kiosk.home, 'core.log'), 'utf8')).toContain('"reason":"no_player"');
});

test('without a model of speech there is no microphone, and the log tells the technician why', async () => {
  installVoice(folder);
  installPlayer(folder, 1);
  kiosk = await openInChromium({ programs: folder });
  await walkUp(kiosk.page);
  await expect(kiosk.page.locator('[data-press="ask"]')).toBeVisible();
  await expect(kiosk.page.locator('[data-press="speak"]')).toHaveCount(0);
  expect(readFileSync(join(kiosk.home, 'core.log'), 'utf8')).toMatch(
    /"reason":"no_model".*speaking to it is not offered/,
  );
});
