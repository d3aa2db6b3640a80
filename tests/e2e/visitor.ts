import type { Page } from '@playwright/test';

import type { Slip } from '../../hardware/receipt-printer/slip.ts';
import { key, press, seen, touch } from './fixtures/hand.ts';

/** Waits for a screen. */
export const at = (page: Page, screen: string): Promise<void> =>
  seen(page, `[data-screen="${screen}"]`, { timeout: 20_000 });

export async function number(page: Page, digits: string): Promise<void> {
  await page.locator('.number-pad').waitFor();
  for (const digit of digits) await press(page, `key-${digit}`);
  await press(page, 'key-done');
}

/** What the screen says, without white space. */
export async function words(page: Page): Promise<string> {
  return squeezed(await page.locator('.panel').innerText());
}

/** From the poster or the farewell to home, in a visit of its own. */
export async function walkUp(page: Page): Promise<void> {
  await press(page, 'start');
  await at(page, 'home');
}

/** The first answer that others ask for here. */
export async function openAnswer(page: Page): Promise<void> {
  await at(page, 'home');
  await touch(page.locator('[data-press^="popular-"]').first());
  await at(page, 'answer');
}

/** From an open answer to the preview of its slip; gives the text on the slip. */
export async function preview(page: Page): Promise<string> {
  await press(page, 'print');
  await at(page, 'preview');
  return squeezed(await slipOnScreen(page));
}

/** From the card step of the form to its review: phone, matter, one circumstance, nothing written. */
export async function fillForm(page: Page): Promise<void> {
  await number(page, '13800001234');
  await press(page, 'matter-wages');
  await press(page, 'circumstances-migrant_worker');
  await press(page, 'next');
  await press(page, 'next');
  await key(page, '{done}');
  await at(page, 'aidReview');
}

/** The text of the preview, all its pages. */
export async function slipOnScreen(page: Page): Promise<string> {
  const pages: string[] = [];
  const after = page.locator('.slip [data-press="page-after"]');
  for (;;) {
    pages.push((await page.locator('.slip .slip-text').allInnerTexts()).join('\n'));
    if ((await after.count()) === 0 || (await after.isDisabled())) return pages.join('\n');
    await touch(after);
  }
}

/** Text without white space and rules: the screen and the paper break lines in their own way. */
export const squeezed = (text: string): string => text.replaceAll(/[\s─—–-]+/g, '');

export const textOf = (slip: Slip): string =>
  slip.lines.map((line) => (line.kind === 'text' ? line.text : '')).join('\n');
