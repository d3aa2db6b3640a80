import { expect, test, type Locator, type Page } from '@playwright/test';

import { openInChromium, startSimulators, type Kiosk, type Simulators } from './harness.ts';
import { answerAgain, answerAll, openCalculator, type Script } from './fixtures/interviews.ts';
import { press, settled } from './fixtures/hand.ts';
import { walks, type Walk } from './fixtures/interviews-walked.ts';
import { slipOnScreen, squeezed, textOf, walkUp } from './visitor.ts';

// One kiosk for the walks of a worker.
let devices: Simulators;
let kiosk: Kiosk;
test.beforeAll(async () => {
  devices = await startSimulators();
  kiosk = await openInChromium({ devices });
});
test.afterAll(async () => {
  await kiosk.close();
  await devices.stop();
});

for (const [interview, walk] of Object.entries(walks))
  test(`${interview}: one question a screen, back, changed at the review, result and sheet`, async () => {
    test.setTimeout(180_000);
    const { page } = kiosk;
    await walkUp(page);
    await press(page, 'door-calculate');
    await openCalculator(page, interview);
    if ((await page.locator('[data-press="one-side"]').count()) > 0) await press(page, 'one-side');
    await walkOnce(page, walk);
    await changeAtReview(page, walk);
    await press(page, 'calculate');
    await settled(page, 'result');
    for (const [figure, digits] of Object.entries(walk.figures ?? {})) await typeIn(page, figure, digits);
    expect(await onAllPages(page)).toMatch(walk.result);
    expect(await printedSheet(page)).toMatch(walk.printed);
    await press(page, 'end');
    await page.locator('[data-press="start"]').waitFor();
    expect(kiosk.errors, kiosk.log.join('\n')).toEqual([]);
  });

test('where there is no sum, the way on leads to the guide that fits', async () => {
  const { page } = kiosk;
  await walkUp(page);
  await press(page, 'door-calculate');
  await openCalculator(page, 'work-injury');
  await answerAgain(page, 'injured');
  await settled(page, 'question');
  await answerAgain(page, 'civil_servant');
  await settled(page, 'stopped');
  await press(page, 'way-on');
  await settled(page, 'guide');
  await expect(page.locator('.stage h1')).toHaveText('公务员因公受伤怎么办');
  await press(page, 'end');
});

/** Answers every question, goes back once from the second and finds the first answer kept. */
async function walkOnce(page: Page, { script, changed }: Walk): Promise<void> {
  const seen: string[] = [];
  await answerAll(page, { ...script, [changed.question]: changed.first }, async (question) => {
    await expect(page.locator('.stage h1')).toHaveCount(1);
    seen.push(question);
    if (seen.length !== 2) return;
    await press(page, 'back');
    await expect(page.locator('.panel')).toHaveAttribute('data-sheet', new RegExp(` ${seen[0] ?? ''}$`));
    await answerAgain(page, script[seen[0] ?? ''] ?? null);
    await expect(page.locator('.panel')).toHaveAttribute('data-sheet', new RegExp(` ${question}$`));
  });
  expect(new Set(seen.slice(1)).size).toBe(seen.length - 1);
}

/** The review says what was answered, leads to the question, and says the other answer after it. */
async function changeAtReview(page: Page, { script, changed }: Walk): Promise<void> {
  await settled(page, 'review');
  const row = (): Locator =>
    page.locator('.review-row', { has: page.locator(`[data-press="change-${changed.question}"]`) });
  await turnTo(page, row());
  expect(squeezed(await row().innerText())).toContain(changed.saidFirst);
  await press(page, `change-${changed.question}`);
  await settled(page, 'question');
  await answerAgain(page, script[changed.question]);
  await settled(page, 'review');
  await turnTo(page, row());
  expect(squeezed(await row().innerText())).toContain(changed.said);
}

/** Types a figure in that the result wants: it is computed anew, and the figure is no longer wanted. */
async function typeIn(page: Page, figure: string, digits: Script[string] | undefined): Promise<void> {
  await turnTo(page, page.locator(`[data-press="type-${figure}"]`));
  await press(page, `type-${figure}`);
  await settled(page, 'question');
  await answerAgain(page, digits);
  await settled(page, 'result');
  expect(await onAllPages(page)).toContain('手工填写');
}

async function toFirstPage(page: Page): Promise<void> {
  while ((await page.locator('[data-press="page-before"]:enabled').count()) > 0)
    await press(page, 'page-before');
}

/** Turns the pages of the panel until something stands on them. */
async function turnTo(page: Page, wanted: Locator): Promise<void> {
  await toFirstPage(page);
  while (!(await wanted.isVisible())) await press(page, 'page-after');
}

/** What the stage says on all its pages. */
async function onAllPages(page: Page): Promise<string> {
  await toFirstPage(page);
  const pages = [await page.locator('.stage').innerText()];
  while ((await page.locator('.stage [data-press="page-after"]:enabled').count()) > 0) {
    await press(page, 'page-after');
    pages.push(await page.locator('.stage').innerText());
  }
  return pages.join('\n');
}

/** The printed sheet, which says what its preview said. */
async function printedSheet(page: Page): Promise<string> {
  await devices.hands.takeSlips();
  await press(page, 'print');
  await patiently(page, 'preview');
  const preview = squeezed(await slipOnScreen(page));
  await press(page, 'print-now');
  await patiently(page, 'printed');
  const printed = squeezed((await devices.hands.takeSlips()).map(textOf).join('\n'));
  expect(printed).toBe(preview);
  expect(printed).not.toMatch(/一定|保证|全额|必赔|包赢|undefined|NaN|\{\{/);
  return printed;
}

/** A long sheet takes its time, on a slow printer and a loaded machine. */
const patiently = (page: Page, screen: string): Promise<void> =>
  page.locator(`[data-screen="${screen}"]`).waitFor({ timeout: 90_000 });
