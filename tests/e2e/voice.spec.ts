import { expect, test } from '@playwright/test';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { numberedPinyin } from '../../app/core/speech/pinyin.ts';
import { spokenChinese } from '../../app/domain/spoken/index.ts';
import { answerAll, dismissed, openCalculator } from './fixtures/interviews.ts';
import { openInChromium, type Kiosk } from './harness.ts';
import { holdTo } from './limits.ts';
import { at, openAnswer, press, walkUp } from './visitor.ts';

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

function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** A voice that writes down what it is to say, and a sound of 10 ms. */
function installVoice(): void {
  const wav = Buffer.alloc(44 + 160);
  wav.write('RIFF', 0, 'latin1');
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(160, 40);
  writeFileSync(join(folder, 'sound.wav'), wav);
  program('espeak-ng', `(/bin/cat; echo) >> ${folder}/said; /bin/cat ${folder}/sound.wav`);
}

/** A player with a sound card that plays each sound for so many seconds. */
function installPlayer(seconds: number): void {
  program(
    'aplay',
    `if [ "$1" = -l ]; then echo 'card 0: T [T], device 0: T [T]'; exit 0; fi
echo $$ >> ${folder}/played
/bin/cat > /dev/null
exec /bin/sleep ${String(seconds)}`,
  );
}

const linesOf = (name: string): string[] =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim().split('\n') : [];

/** Whether the player that was started last still runs. */
function sounds(): boolean {
  try {
    process.kill(Number(linesOf('played').at(-1)), 0);
    return true;
  } catch {
    return false;
  }
}

test('an answer goes to the voice in pinyin, title first, and out of the loudspeaker to its end', async () => {
  installVoice();
  installPlayer(0.02);
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
  installVoice();
  installPlayer(600);
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
  installVoice();
  installPlayer(0.01);
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
  installPlayer(1);
  kiosk = await openInChromium({ programs: folder });
  await walkUp(kiosk.page);
  await expect(kiosk.page.locator('[data-press="elder"]')).toBeVisible();
  await expect(kiosk.page.locator('[data-press="read"]')).toHaveCount(0);
  expect(readFileSync(join(kiosk.home, 'core.log'), 'utf8')).toMatch(
    /"reason":"no_voice".*reading aloud is not offered/,
  );
});

test('a voice that nothing can play is no voice either', async () => {
  installVoice();
  kiosk = await openInChromium({ programs: folder });
  await walkUp(kiosk.page);
  await expect(kiosk.page.locator('[data-press="read"]')).toHaveCount(0);
  expect(readFileSync(join(kiosk.home, 'core.log'), 'utf8')).toContain('"reason":"no_player"');
});
