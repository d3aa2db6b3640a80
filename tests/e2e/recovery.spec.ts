import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';

import { gone, seen } from './fixtures/hand.ts';
import { needElectron, openInChromium, openInElectron, test } from './harness.ts';
import type { Kiosk } from './harness.ts';
import { holdTo, isOver } from './limits.ts';
import { processTree } from './processes.ts';

/** What the issue allows from the core's death until the screen can be used again, in ms. */
const recoveryLimit = 2_000;

/** From a page's end until it shows the first screen again, in ms. */
const pageLimit = 3_000;

/** Long enough for the supervisor to call the core healthy, so that each test starts without back-off. */
const healthy = 3_500;

async function typeSomething(page: Page): Promise<string> {
  await page.locator('[data-screen="attract"]').click();
  await page.locator('[data-press="ask"]').click();
  for (const letter of 'gongshang') {
    await page.locator(`[data-skbtn="${letter}"]`).click();
    // The screen goes deaf to a child's drumming.
    await pause(200);
  }
  await page.locator('.candidate').first().click();
  await expect(page.locator('.written')).toContainText('工伤');
  const typed = (await page.locator('.written').innerText()).trim();
  return typed;
}

/** Hurts the core once and returns how long the screen was away, in ms. */
async function hurtCore(kiosk: Kiosk, signal: 'SIGKILL' | 'SIGSTOP'): Promise<number> {
  const { page } = kiosk;
  await pause(healthy);
  const pid = kiosk.corePid();
  const hurtAt = performance.now();
  process.kill(pid, signal);
  await seen(page, '.overlay.away');
  await gone(page, '.overlay.away');
  const tookMs = performance.now() - hurtAt;
  expect(kiosk.corePid()).not.toBe(pid);
  return tookMs;
}

/** Every hurt is survived with what was typed. */
async function survives(kiosk: Kiosk, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const { page } = kiosk;
  const typed = await typeSomething(page);
  const name = `${kiosk.electron ? 'electron' : 'chromium'}-${signal.toLowerCase()}`;
  const shown = page
    .locator('.overlay.away')
    .waitFor()
    .then(() => kiosk.picture(`recovery-${name}`));
  const times: number[] = [];
  while (times.length < 3 && isOver(times, recoveryLimit)) {
    times.push(await hurtCore(kiosk, signal));
    expect((await page.locator('.written').innerText()).trim()).toBe(typed);
  }
  await shown;
  holdTo(recoveryLimit, `${name}: back`, ...times);
}

for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
  test(
    `the core gets ${signal} while someone types: calm page, back in time, nothing typed is lost`,
    { tag: '@limit' },
    async ({}, testInfo) => {
      needElectron(testInfo);
      const kiosk = await openInElectron();
      try {
        await survives(kiosk, signal);
      } finally {
        await kiosk.close();
      }
    },
  );
}

test('the same in Chromium before the host', { tag: '@limit' }, async () => {
  const kiosk = await openInChromium();
  try {
    await survives(kiosk, 'SIGKILL');
  } finally {
    await kiosk.close();
  }
});

/** Waits for a page that Playwright no longer has, since its process is another. */
async function showsAgain(kiosk: Kiosk, selector: string): Promise<void> {
  await expect
    .poll(
      () =>
        Promise.race([
          kiosk.electron!.evaluate(
            ({ BrowserWindow }, wanted) =>
              BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
                `document.querySelector('${wanted}') !== null`,
              ),
            selector,
          ),
          // A page that is just being replaced never answers.
          pause(250, false),
        ]),
      { timeout: 10_000, intervals: [50] },
    )
    .toBe(true);
}

for (const [name, hurt] of [
  [
    'crashes',
    ({ electron }: Kiosk) =>
      electron!.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
      ),
  ],
  ['is led to an empty address', ({ page }: Kiosk) => page.evaluate(`location.href = 'about:blank'`)],
] as const) {
  test(`a page that ${name} comes back from the start in time`, { tag: '@limit' }, async ({}, testInfo) => {
    needElectron(testInfo);
    const kiosk = await openInElectron();
    try {
      await kiosk.page.locator('[data-screen="attract"]').click();
      const corePid = kiosk.corePid();
      const hurtAt = performance.now();
      await Promise.race([hurt(kiosk).catch(() => undefined), pause(300)]);
      await showsAgain(kiosk, '[data-screen="attract"]');
      holdTo(pageLimit, `page that ${name}: back`, performance.now() - hurtAt);
      expect(kiosk.corePid()).toBe(corePid);
    } finally {
      await kiosk.close();
    }
  });
}

/** The next process that draws pages under this one. */
async function nextPageProcess(root: number, before: readonly number[]): Promise<number> {
  for (;;) {
    const found = pageProcesses(root).find((pid) => !before.includes(pid));
    if (found !== undefined) return found;
    await pause(5);
  }
}

const pageProcesses = (root: number): number[] =>
  processTree(root)
    .filter(({ command }) => command.includes('--type=renderer'))
    .map(({ pid }) => pid);

test('a page that hangs before it is there is not waited for', async ({}, testInfo) => {
  needElectron(testInfo);
  const kiosk = await openInElectron();
  try {
    const before = pageProcesses(kiosk.pid);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    const hanging = await nextPageProcess(kiosk.pid, before);
    process.kill(hanging, 'SIGSTOP');
    const stoppedAt = performance.now();
    await expect.poll(() => kiosk.log.join('\n'), { timeout: 12_000 }).toContain('page not loaded within');
    await showsAgain(kiosk, '[data-screen="attract"]');
    console.log(
      `page that hung while it loaded: back after ${(performance.now() - stoppedAt).toFixed(0)} ms`,
    );
    expect(pageProcesses(kiosk.pid)).not.toContain(hanging);
  } finally {
    await kiosk.close();
  }
});

test('a page that crashes again and again gives way to the number to call', async ({}, testInfo) => {
  needElectron(testInfo);
  const kiosk = await openInElectron();
  try {
    for (let crash = 0; crash < 5; crash += 1) {
      await showsAgain(kiosk, '[data-screen]');
      await kiosk.electron!.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer(),
      );
      await pause(300);
    }
    await showsAgain(kiosk, '.number');
    const words = await kiosk.electron!.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('document.body.innerText'),
    );
    expect(words).toContain('12348');
    expect(words).toContain('这台机器暂时用不了');
  } finally {
    await kiosk.close();
  }
});
