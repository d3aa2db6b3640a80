import type { Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';

import type { Slip } from '../../hardware/receipt-printer/slip.ts';

/** Slower than the guard against a child's drumming. */
export const A_HAND_MS = 150;

/** One touch of a person's pace on what carries this name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.locator(`[data-press="${name}"]`).click();
  await pause(A_HAND_MS);
}

/** Waits for a screen. */
export const at = (page: Page, screen: string): Promise<void> =>
  page.locator(`[data-screen="${screen}"]`).waitFor({ timeout: 20_000 });

/** One key of the keyboard on screen, e.g. `a` or `{done}`. */
export async function key(page: Page, name: string): Promise<void> {
  await page.locator(`[data-skbtn="${name}"]`).click();
  await pause(A_HAND_MS);
}

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
  await page.locator('[data-press^="popular-"]').first().click();
  await at(page, 'answer');
  await pause(A_HAND_MS);
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
    await after.click();
    await pause(A_HAND_MS);
  }
}

/** Text without white space and rules: the screen and the paper break lines in their own way. */
export const squeezed = (text: string): string => text.replaceAll(/[\s─—–-]+/g, '');

export const textOf = (slip: Slip): string =>
  slip.lines.map((line) => (line.kind === 'text' ? line.text : '')).join('\n');
