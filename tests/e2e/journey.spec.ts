import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { SimulatorControl } from '../../tools/sim/control.ts';
import { A_HAND_MS, key, press, seen } from './fixtures/hand.ts';
import { needElectron, openInChromium, openInElectron, startSimulators } from './harness.ts';
import type { Kiosk } from './harness.ts';
import { startHub } from './hub.ts';
import { holdTo } from './limits.ts';
import { at, number, slipOnScreen, squeezed, textOf } from './visitor.ts';

const ANSWER_LIMIT_MS = 500;
const CARD_LIMIT_MS = 2_000;

/** What the synthetic card 测试甲 carries and the visitor types; none of it may stay on the disk. */
const personal = ['测试甲', '530000199001010011', '虚构路1号', '13800001234', '老板不发工资'];

for (const [name, open] of [
  ['Electron', openInElectron],
  ['Chromium', openInChromium],
] as const) {
  test(
    `a whole visit in ${name}: ask, calculate, card, print, rate, end, and the hub has it once`,
    { tag: '@limit' },
    async ({}, info) => {
      test.setTimeout(240_000);
      if (name === 'Electron') needElectron(info);
      const devices = await startSimulators();
      const { hands } = devices;
      const hub = await startHub();
      const kiosk = await open({ devices, hub: hub.address });
      try {
        const { page } = kiosk;
        const picture = (step: string) => kiosk.picture(`journey-${name.toLowerCase()}-${step}`);
        await picture('01-attract');
        await press(page, 'start');
        await at(page, 'home');
        await picture('02-home');

        await ask(page, name, picture);
        await print(page, hands, picture, '05-answer');
        await press(page, 'home');

        await calculate(page, picture);
        await print(page, hands, picture, '08-calculation', ['42000.00', '工伤保险基金']);
        await press(page, 'home');

        await apply(page, hands, picture);
        await rate(page, picture);
        expect(kiosk.errors).toEqual([]);

        await expect
          .poll(() => hub.counts('dev-0001'), { timeout: 30_000 })
          .toMatchObject({
            'session.began': 1,
            'consult.asked': 1,
            'calculate.ran': 1,
            'identity.read': 1,
            'print.ended': 2,
            'rating.given': 1,
            'intake.submitted': 1,
            'session.ended': 1,
          });
        const once = await hub.counts('dev-0001');
        await pause(3_000);
        expect(await hub.counts('dev-0001')).toEqual(once);
        expect(leftovers(kiosk)).toEqual([]);
      } finally {
        await kiosk.close();
        await hub.stop();
        cpSync(join(devices.folder, 'slips'), `test-results/pictures/slips-${name.toLowerCase()}`, {
          recursive: true,
        });
        await devices.stop();
      }
    },
  );
}

type Picture = (step: string) => Promise<void>;

async function ask(page: Page, name: string, picture: Picture): Promise<void> {
  await press(page, 'ask');
  await at(page, 'ask');
  for (const letter of 'laobanbufagongzi') await key(page, letter);
  await picture('03-asking');
  await page.locator('.candidate').first().waitFor();
  const askedAt = await page.evaluate(() => performance.now());
  await page.locator('[data-skbtn="{done}"]').click();
  await seen(page, '[data-screen="answer"], [data-screen="choose"]');
  const tookMs = (await page.evaluate(() => performance.now())) - askedAt;
  holdTo(ANSWER_LIMIT_MS, `${name}: question to answer on screen`, tookMs);
  if ((await page.locator('[data-screen="choose"]').count()) > 0) {
    await picture('04-choose');
    await press(page, 'candidate-labour.wage-arrears');
  }
  await at(page, 'answer');
  await picture('04-answer');
}

/** A worker of grade 10 with insurance who stays in the job: one lump sum of seven wages. */
async function calculate(page: Page, picture: Picture): Promise<void> {
  await at(page, 'home');
  await press(page, 'door-calculate');
  await at(page, 'calculators');
  await press(page, 'calculator-work-injury');
  const choose = (option: string) => press(page, option);
  for (const option of ['option-injured', 'option-employee', 'option-yes', 'option-yes'])
    await choose(option);
  await number(page, '20260305');
  // The decision is in hand: nothing more is asked about it.
  for (const option of ['option-yes', 'option-working', 'option-yes', 'option-10']) await choose(option);
  await number(page, '6000');
  await picture('06-interview');
  await finishInterview(page);
  await at(page, 'review');
  await picture('06-review');
  await press(page, 'calculate');
  await at(page, 'result');
  await expect(page.locator('[data-screen="result"]')).toContainText('42,000.00');
  await picture('07-result');
}

/** The remaining questions: no help needed, nothing spent, not leaving. */
async function finishInterview(page: Page): Promise<void> {
  for (let asked = 0; asked < 25; asked += 1) {
    await pause(A_HAND_MS);
    if ((await page.locator('[data-screen="review"]').count()) > 0) return;
    const none = page.locator(
      '[data-press="option-none"], [data-press="option-no"], [data-press="option-still_working"]',
    );
    if ((await page.locator('.number-pad').count()) > 0) await number(page, '0');
    else await none.first().click();
  }
  throw new Error('the interview does not end');
}

async function print(
  page: Page,
  hands: SimulatorControl,
  picture: Picture,
  step: string,
  expected: string[] = [],
): Promise<void> {
  await hands.takeSlips();
  await press(page, 'print');
  await at(page, 'preview');
  await picture(`${step}-preview`);
  const preview = squeezed(await slipOnScreen(page));
  await press(page, 'print-now');
  await at(page, 'printed');
  const slips = await hands.takeSlips();
  expect(slips).toHaveLength(1);
  const slip = slips[0]!;
  expect(slip.cut).toBe(true);
  const printed = squeezed(textOf(slip));
  expect(printed).toBe(preview);
  expect(printed).toContain('12348');
  for (const text of expected) expect(printed).toContain(text);
  expect(slip.lines.some((line) => line.kind === 'qr' || (line.kind === 'raster' && line.qr))).toBe(true);
  await picture(`${step}-printed`);
}

async function apply(page: Page, hands: SimulatorControl, picture: Picture): Promise<void> {
  await at(page, 'home');
  await press(page, 'door-aid');
  await at(page, 'aidConsent');
  await press(page, 'consent');
  await pause(600);
  const placedAt = performance.now();
  await hands.placeCard('jia');
  await seen(page, '[data-press="use-card"]');
  const tookMs = performance.now() - placedAt;
  holdTo(CARD_LIMIT_MS, 'card placed to fields on screen', tookMs);
  await hands.removeCard();
  await expect(page.locator('[data-screen="aid"]')).toContainText('测试甲');
  await expect(page.locator('[data-screen="aid"]')).not.toContainText('530000199001010011');
  await picture('09-card');
  await press(page, 'use-card');
  await number(page, '13800001234');
  await press(page, 'matter-wages');
  await press(page, 'circumstances-migrant_worker');
  await press(page, 'next');
  await press(page, 'papers-identity');
  await press(page, 'next');
  await key(page, '{done}');
  await at(page, 'aidReview');
  await picture('10-application');
  await press(page, 'submit');
  await at(page, 'aidSaved');
  await picture('11-saved');
  await press(page, 'done');
}

async function rate(page: Page, picture: Picture): Promise<void> {
  await at(page, 'rate');
  await picture('12-rate');
  await press(page, 'rate-5');
  await at(page, 'farewell');
  await picture('13-farewell');
}

/** Where anything personal still lies under the kiosk's data folder, as `file: text`. */
function leftovers(kiosk: Kiosk): string[] {
  return readdirSync(kiosk.home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const bytes = readFileSync(file);
      return personal
        .filter((text) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le')))
        .map((text) => `${file}: ${text}`);
    });
}
