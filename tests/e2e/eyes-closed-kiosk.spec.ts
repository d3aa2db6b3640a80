import { expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { numberedPinyin } from '../../app/core/speech/pinyin.ts';
import { spokenChinese } from '../../app/domain/spoken/index.ts';
import { A_HAND_MS } from './fixtures/hand.ts';
import { installPlayer, installVoice, linesIn } from './fixtures/programs.ts';
import { openInChromium, startSimulators, type Kiosk, type Simulators } from './harness.ts';
import { at } from './visitor.ts';

/** The whole kiosk, its real core, voice and printer line; nobody looks, and nobody touches the screen. */
test.setTimeout(300_000);

let folder: string;
let kiosk: Kiosk;
let devices: Simulators;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-eyes-closed-'));
  installVoice(folder);
  installPlayer(folder, 0.02);
  devices = await startSimulators();
  kiosk = await openInChromium({ programs: folder, devices });
});
test.afterEach(async () => {
  await kiosk.close();
  await devices.stop();
  rmSync(folder, { recursive: true, force: true });
});

const inPinyin = (words: string) => numberedPinyin(spokenChinese(words));

/** Waits until the voice was given these words. */
const hears = (words: string) =>
  expect
    .poll(() => linesIn(folder, 'said').join('\n'), { timeout: 60_000, message: `to hear ${words}` })
    .toContain(inPinyin(words));

async function key(name: string): Promise<void> {
  await kiosk.page.keyboard.press(name);
  await pause(A_HAND_MS);
}

/** Goes down until the key stands on what carries this name. */
async function goTo(name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const on = await kiosk.page.evaluate(() => document.activeElement?.getAttribute('data-press') ?? '');
    if (on.startsWith(name)) return;
    await key('ArrowDown');
  }
  throw new Error(`no key press leads to ${name}`);
}

async function take(name: string): Promise<void> {
  await goTo(name);
  await key('Enter');
}

async function begin(): Promise<void> {
  await kiosk.page.locator('[data-press="start"]').waitFor();
  await pause(1_000);
  await key('ArrowDown');
  await at(kiosk.page, 'home');
  await hears('您好，有什么事可以帮您？');
}

test('ask, hear the answer and print it: keys and ears only', async () => {
  const { page } = kiosk;
  await begin();
  await take('door-browse');
  await at(page, 'topics');
  await hears('是哪方面的事？');
  await take('topic-');
  await at(page, 'shelf');
  await take('part-');
  await at(page, 'part');
  await take('candidate-');
  await at(page, 'answer');
  await hears(await page.locator('.stage h1').innerText());
  const plain = (await page.locator('.plain-words').innerText()).split(/(?<=[。；！？])/)[0] ?? '';
  await hears(plain);
  await take('print');
  await at(page, 'preview');
  await hears('打印这张');
  await take('print-now');
  await at(page, 'printed');
  await hears('请取走您的纸张');
  await take('done');
  await at(page, 'rate');
  await hears(await page.locator('.stage h1').innerText());
  expect(kiosk.errors).toEqual([]);
});

const leave: Readonly<Record<string, string>> = {
  ...{ total_years: '6', excluded: 'option-no', mode: 'option-leaving' },
  ...{ joined: '20200315', last_day: '20260914', taken: '0', average: '6000', waiver: 'option-no' },
};

test('annual leave: questions said, sums and days typed and said by digits, the result read as its slip', async () => {
  const { page } = kiosk;
  await begin();
  await take('door-calculate');
  await at(page, 'calculators');
  await take('calculator-annual-leave');
  const panel = page.locator('.panel');
  for (let asked = 0; asked < 12; asked += 1) {
    const sheet = (await panel.getAttribute('data-sheet')) ?? '';
    if (sheet.startsWith('review')) break;
    if (sheet.startsWith('sides')) await take('one-side');
    else {
      const answer = leave[sheet.split(' ')[2] ?? ''] ?? '';
      await hears(await page.locator('.stage h1').innerText());
      if (/^\d/.test(answer)) {
        for (const digit of answer) await key(digit);
        await take('key-done');
      } else await take(answer);
    }
    await expect(panel).not.toHaveAttribute('data-sheet', sheet);
  }
  await at(page, 'review');
  await hears('现在是：6 0 0 0');
  await take('calculate');
  await at(page, 'result');
  // 5 days a year, 257 of 365 days at work: 3 days, at twice the daily wage on top of what was paid.
  await hears('1,655.17元');
  await hears('职工带薪年休假条例');
  await hears('计算过程');
  await take('print');
  await at(page, 'preview');
  await take('print-now');
  await at(page, 'printed');
  await hears('请取走您的纸张');
  expect(kiosk.errors).toEqual([]);
});
