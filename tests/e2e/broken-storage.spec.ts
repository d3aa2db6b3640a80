import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { key, press } from './fixtures/hand.ts';
import { needElectron, openInChromium, openInElectron } from './harness.ts';
import type { Kiosk } from './harness.ts';
import { at, fillForm, openAnswer, walkUp, words } from './visitor.ts';

const root = join(import.meta.dirname, '..', '..');
const starter = join(root, 'build', 'packs', 'starter');

let home: string;
test.beforeEach(({}, info) => {
  needElectron(info);
  home = mkdtempSync(join(tmpdir(), 'kiosk-broken-'));
});
test.afterEach(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));

async function withKiosk(open: () => Promise<Kiosk>, work: (kiosk: Kiosk) => Promise<void>): Promise<void> {
  const kiosk = await open();
  try {
    await work(kiosk);
  } finally {
    await kiosk.close();
  }
}

/** Turns eight bytes in the middle of a file. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  for (let offset = 0; offset < 8; offset += 1)
    bytes.writeUInt8(bytes.readUInt8(middle + offset) ^ 0xff, middle + offset);
  writeFileSync(file, bytes);
}

/** From home to the review of a form written by hand. */
async function writeForm(page: Page): Promise<void> {
  await press(page, 'door-aid');
  await press(page, 'consent');
  await press(page, 'by-hand');
  for (const letter of 'wang') await key(page, letter);
  await key(page, '{done}');
  // No number of a card, no address.
  await press(page, 'key-done');
  await key(page, '{done}');
  await fillForm(page);
}

test('damaged content: the one before, else the one built in, each said; a fresh machine says nothing', async () => {
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page }) => {
      await walkUp(page);
      expect(await words(page)).not.toMatch(/打不开|没有装好/);
    },
  );
  for (const place of ['current', 'previous'])
    cpSync(starter, join(home, 'packs', place), { recursive: true });
  damage(join(home, 'packs', 'current', 'content.db'));
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page, picture }) => {
      await walkUp(page);
      expect(await words(page)).toMatch(/新内容没有装好，现在用的是上一版内容.*12348/);
      await picture('broken-content-previous');
      await openAnswer(page);
    },
  );
  damage(join(home, 'packs', 'previous', 'intent.onnx'));
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page, picture }) => {
      await walkUp(page);
      expect(await words(page)).toMatch(/正式内容暂时打不开，现在用的是机器自带的内容.*12348/);
      await picture('broken-content-builtin');
      await openAnswer(page);
    },
  );
});

test('no content at all: the number to call, no dead end, and what still works', async () => {
  const pack = join(home, 'damaged-builtin');
  cpSync(starter, pack, { recursive: true });
  damage(join(pack, 'content.db'));
  process.env['KIOSK_PACK'] = pack;
  try {
    await withKiosk(
      () => openInChromium({ home }),
      async ({ page, picture }) => {
        await walkUp(page);
        expect(await words(page)).toMatch(/内容暂时打不开.*12348/);
        await picture('broken-content-none');
        // No door that leads nowhere.
        for (const name of ['ask', 'door-browse', 'door-calculate'])
          expect(await page.locator(`[data-press="${name}"]`).count(), name).toBe(0);
        await press(page, 'elder');
        await picture('broken-content-none-elder');
        await press(page, 'elder');
        await writeForm(page);
        await press(page, 'submit');
        await at(page, 'aidSaved');
      },
    );
  } finally {
    delete process.env['KIOSK_PACK'];
  }
});

test('a damaged journal at the start: set aside, what is sound is kept, and rating works', async () => {
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page }) => {
      await walkUp(page);
      await writeForm(page);
      await press(page, 'submit');
      await at(page, 'aidSaved');
    },
  );
  const file = join(home, 'journal.db');
  damage(file);
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page, log }) => {
      await rateAnAnswer(page);
      expect(await words(page)).not.toContain('没有存下来');
      expect(log.filter((line) => line.includes('core gone'))).toEqual([]);
    },
  );
  expect(readdirSync(home).filter((name) => name.startsWith('journal.db.damaged-'))).not.toEqual([]);
  expect(readFileSync(join(home, 'core.log'), 'utf8')).toContain('"journal":"salvaged"');
  const kept = Buffer.concat(
    readdirSync(home)
      .filter((name) => /^journal\.db(-wal)?$/.test(name))
      .map((name) => readFileSync(join(home, name))),
  );
  for (const type of ['intake.submitted', 'rating.given', 'journal.opened'])
    expect(kept.includes(type), type).toBe(true);
});

test('a full disk: questions are answered, what cannot be saved is said, and it heals', async ({}, info) => {
  const disk = join(home, 'small');
  mkdirSync(disk);
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', disk]).status === 0;
  info.skip(!isMounted, 'SKIPPED: a full disk needs a small tmpfs, and mounting needs root');
  try {
    await withKiosk(
      () => openInElectron({ home: disk }),
      async ({ page, picture, log }) => {
        await walkUp(page);
        await writeForm(page);
        fillUp(disk);
        await press(page, 'submit');
        await at(page, 'aidRefused');
        expect(await words(page)).toMatch(/现在存不下来，没有为您提交.*12348/);
        await picture('broken-disk-application');
        // The way back keeps the form; with room again it is handed in, as if nothing had been.
        await press(page, 'to-review');
        await at(page, 'aidReview');
        rmSync(join(disk, 'ballast'));
        await press(page, 'submit');
        await at(page, 'aidSaved');
        await press(page, 'end');
        await at(page, 'farewell');

        fillUp(disk);
        await rateAnAnswer(page);
        expect(await words(page)).toMatch(/您的评价没有存下来.*12348/);
        await picture('broken-disk-rating');
        await walkUp(page);
        await press(page, 'door-aid');
        await expect(page.getByText('机器现在存不下新的申请')).toBeVisible();
        await picture('broken-disk-consent');
        rmSync(join(disk, 'ballast'));
        // Without anybody doing anything, within the time of a probe.
        await expect(page.getByText('机器现在存不下新的申请')).toHaveCount(0, { timeout: 8_000 });
        await press(page, 'end');
        await rateAnAnswer(page);
        expect(await words(page)).not.toContain('没有存下来');
        expect(log.filter((line) => /core gone|page gone/.test(line))).toEqual([]);
      },
    );
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
});

/** Leaves no room for a single page. */
function fillUp(disk: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=4k'], { stdio: 'ignore' });
}

async function rateAnAnswer(page: Page): Promise<void> {
  await walkUp(page);
  await openAnswer(page);
  await press(page, 'done');
  await press(page, 'rate-5');
  await at(page, 'farewell');
  await pause(300);
}

test('a core that does not start any more: said as it is, then it heals', async () => {
  await withKiosk(
    () => openInElectron({ home }),
    async ({ page, corePid, picture }) => {
      const second = spawnSync(process.execPath, [join(root, 'build', 'core', 'main.mjs')], {
        env: { ...process.env, KIOSK_HOME: home, KIOSK_PACK: starter },
        encoding: 'utf8',
      });
      expect(second.status).toBe(3);
      expect(second.stderr).toContain('Another core already runs');
      await walkUp(page);
      const failed = page.getByText('这台机器暂时用不了');
      for (let death = 0; death < 6; death += 1) {
        await expect
          .poll(
            () => {
              try {
                process.kill(corePid(), 'SIGKILL');
                return true;
              } catch {
                return false;
              }
            },
            { intervals: [20], timeout: 10_000 },
          )
          .toBe(true);
        await pause(150);
      }
      await failed.waitFor();
      expect(await words(page)).toMatch(/机器会自己再试.*工作人员.*12348/);
      await picture('broken-core-failed');
      await failed.waitFor({ state: 'detached', timeout: 25_000 });
      await openAnswer(page);
    },
  );
});
