import { expect } from '@playwright/test';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import { pressButton, pressKeys, seeded, startWindowManager, touchAll, visibleWindows } from './display.ts';
import { escapeHelpers, keyEscapes, pageEscapes } from './escapes.ts';
import { needElectron, openInElectron, test } from './harness.ts';
import type { Kiosk } from './harness.ts';

/** Between two touches of a person in a hurry, in ms: eight within a second would be taken for drumming. */
const PERSON_MS = 170;

let canary: Server;
let canaryAddress: string;
let asked = 0;

test.beforeAll(async () => {
  canary = createServer((socket) => {
    asked += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  canaryAddress = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
});
test.afterAll(() => canary.close());
test.beforeEach(({}, testInfo) => needElectron(testInfo));

/** What the machine shows and is: nothing of it may change by an attempt to escape. */
async function standing({ electron, page }: Kiosk) {
  const shell = await electron!.evaluate(({ BrowserWindow, webContents }) => {
    const window = BrowserWindow.getAllWindows()[0]!;
    return {
      windows: BrowserWindow.getAllWindows().length,
      contents: webContents.getAllWebContents().length,
      bounds: window.getBounds(),
      isKiosk: window.isKiosk(),
      zoom: window.webContents.getZoomFactor(),
      hasTools: window.webContents.isDevToolsOpened(),
    };
  });
  const address = new URL(page.url());
  return { ...shell, onScreen: visibleWindows(), page: `${address.origin}${address.pathname}` };
}

/** The same once nothing moves any more: a window manager that has just come moves windows for a while. */
async function resting(kiosk: Kiosk): ReturnType<typeof standing> {
  let before = await standing(kiosk);
  await expect(async () => {
    await pause(500);
    const now = await standing(kiosk);
    const moved = !isDeepStrictEqual(now, before);
    before = now;
    expect(moved).toBe(false);
  }).toPass({ timeout: 15_000 });
  return before;
}

/** Waits until the machine stands as before; what does not come back within 3 s has escaped. */
async function staysPut(
  kiosk: Kiosk,
  before: Awaited<ReturnType<typeof standing>>,
  askedBefore: number,
): Promise<void> {
  // Windows and requests take a moment to appear.
  await pause(120);
  await expect.poll(() => standing(kiosk), { timeout: 3_000, intervals: [100] }).toEqual(before);
  // Not by a locator: those wait for the navigation that was refused.
  await expect.poll(() => kiosk.page.evaluate('Boolean(document.querySelector("[data-screen]"))')).toBe(true);
  expect(asked).toBe(askedBefore);
}

test.describe('from inside the page', () => {
  for (const [name, attempt] of Object.entries(pageEscapes)) {
    test(name, async ({ kiosk }) => {
      const before = await standing(kiosk);
      const askedBefore = asked;
      const code = `(async () => { ${escapeHelpers} const CANARY = ${JSON.stringify(canaryAddress)};
        try { return await Promise.race([${attempt.startsWith('{') ? `(() => ${attempt})()` : attempt}, pause(1500)]); } catch { return undefined; } })()`;
      // A page that was made to reload cannot answer any more; what counts is where it stands afterwards.
      const won: unknown = await Promise.race([
        kiosk.page.evaluate(code).catch(() => undefined),
        pause(3_000),
      ]);
      await staysPut(kiosk, before, askedBefore);
      expect(won).not.toBe(true);
    });
  }
});

test('by every key combination, with and without a window manager', async ({ kiosk }) => {
  const tryAll = async (): Promise<void> => {
    const before = await resting(kiosk);
    for (const keys of keyEscapes) {
      pressKeys(keys);
      await staysPut(kiosk, before, asked);
    }
  };
  await tryAll();
  const manager = await startWindowManager();
  try {
    await pause(500);
    await tryAll();
  } finally {
    manager.kill();
    // Its own windows go with it.
    await pause(1_000);
  }
});

test('by mouse buttons, wheel zoom and dragging', async ({ kiosk }) => {
  const before = await standing(kiosk);
  for (const button of [2, 3, 8, 9]) pressButton(button, 500, 900);
  await kiosk.page.keyboard.down('Control');
  for (let turn = 0; turn < 10; turn += 1) await kiosk.page.mouse.wheel(0, turn % 2 ? 400 : -200);
  await kiosk.page.keyboard.up('Control');
  await kiosk.page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['out'], 'x.html', { type: 'text/html' }));
    transfer.setData('text/uri-list', 'file:///etc/passwd');
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
    );
  });
  await staysPut(kiosk, before, asked);
});

test('by asking the window to close', async ({ kiosk }) => {
  const before = await standing(kiosk);
  await kiosk.electron!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
  await staysPut(kiosk, before, asked);
});

test('by touching everywhere at random', async ({}, testInfo) => {
  needElectron(testInfo);
  // A page of its own: the one that was attacked from inside may not lead anywhere any more.
  const kiosk = await openInElectron();
  const touches = Number(process.env['TOUCHES'] ?? 300);
  test.setTimeout(60_000 + touches * 400);
  const random = seeded(20_261_122);
  const before = await standing(kiosk);
  const screens = new Set<string>();
  // Half come as drumming, to which the screen goes deaf; half one by one like a person's, so that they get somewhere.
  const drumming = touches / 2;
  const places = (count: number) =>
    Array.from({ length: count }, () => [Math.floor(random() * 1080), Math.floor(random() * 1920)] as const);
  for (let done = 0; done < touches;) {
    const together = done < drumming ? 100 : 7;
    if (together === 100) touchAll(places(together));
    else
      for (const place of places(together)) {
        touchAll([place]);
        await pause(PERSON_MS);
      }
    done += together;
    screens.add(
      await kiosk.page.evaluate<string>('document.querySelector("[data-screen]")?.dataset.screen ?? "none"'),
    );
    expect(kiosk.errors, `after ${done} touches, the last at ${[...screens].at(-1) ?? ''}`).toEqual([]);
    await staysPut(kiosk, before, asked);
  }
  console.log(`${touches} touches went through the screens ${[...screens].join(', ')}`);
  // Touches that reach nothing prove nothing.
  expect(screens.size).toBeGreaterThan(2);
  await kiosk.picture('lockdown-after-touches');
  expect(kiosk.log.filter((line) => /page gone|core gone|shell failed/.test(line))).toEqual([]);
  await kiosk.close();
});
