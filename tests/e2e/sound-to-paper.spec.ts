import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { findSynthesiser } from '../../app/core/speech/espeak.ts';
import { wavOf } from '../../app/core/speech/model-voice-wire.ts';
import { modelsFolder } from '../../models/speech/index.ts';
import { installModel } from '../../tools/models/install.ts';
import { synthesise } from '../../tools/speech/synthesise.ts';
import { A_HAND_MS, seen } from './fixtures/hand.ts';
import { installPlayer, installVoice } from './fixtures/programs.ts';
import { openInChromium, startSimulators, type Kiosk, type Simulators } from './harness.ts';
import { holdTo } from './limits.ts';
import { at, slipOnScreen, squeezed, textOf } from './visitor.ts';

const FIRST_WORDS_MS = 800;
const ANSWER_MS = 1_000;
/** What is said, by a voice that the model never heard, and how the pack writes it. */
const QUESTION = '单位拖欠工资怎么办';
const VOICE = { voice: 'm7', speed: 165, pitch: 50 };
const RATE = 16_000;
/** A speaker takes a breath after the microphone is open. */
const BREATH_MS = 200;

const espeak = findSynthesiser(process.env['PATH'] ?? '');
if (espeak === null)
  console.error('SKIPPED: from sound to paper: espeak-ng is not installed (apt install espeak-ng)');
test.skip(espeak === null, 'espeak-ng is not installed');

let folder: string;
let home: string;
let devices: Simulators;
let kiosk: Kiosk;
let sound: Float32Array;

/** A kiosk with the true engine, whose microphone is the recorder module that plays what the simulator says. */
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-sound-'));
  home = join(folder, 'home');
  mkdirSync(home);
  installVoice(folder);
  installPlayer(folder, 0.02);
  sound = await synthesise(QUESTION, VOICE);
  writeFileSync(join(folder, 'question.wav'), wavOf(sound, RATE));
  const installed = await installModel(
    join(import.meta.dirname, '../../models/speech/test'),
    modelsFolder(home),
  );
  expect(installed.ok).toBe(true);
  devices = await startSimulators();
  writeFileSync(
    join(home, 'device.json'),
    JSON.stringify({
      site: { kioskId: 'dev-0001' },
      microphone: { device: `socket:${join(devices.folder, 'microphone.sock')}` },
      testModels: true,
    }),
  );
  kiosk = await openInChromium({ programs: folder, devices, home });
});
test.afterEach(async () => {
  await kiosk.close();
  await devices.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test(
  'asked aloud, answered and printed: keys, ears and the true engine only',
  { tag: '@limit' },
  async () => {
    test.setTimeout(120_000);
    const { page } = kiosk;
    await page.locator('[data-press="start"]').waitFor();
    await pause(1_000);
    await key(page, 'ArrowDown');
    await at(page, 'home');
    await take(page, 'speak');
    await at(page, 'speak');
    await askAloud(page);
    await expect(page.locator('.heard-words')).toHaveText(QUESTION);
    const title = await page.locator('.understood-title').innerText();
    expect(title).toBe(QUESTION);
    await take(page, 'heard-yes');
    await at(page, 'answer');
    await expect(page.locator('.stage h1')).toHaveText(title);
    await take(page, 'print');
    await at(page, 'preview');
    const preview = squeezed(await slipOnScreen(page));
    await take(page, 'print-now');
    await at(page, 'printed');
    const slips = await devices.hands.takeSlips();
    const printed = squeezed(slips.map(textOf).join('\n'));
    expect(printed).toBe(preview);
    expect(printed).toContain(title);
    expect(slips.map(({ cut }) => cut)).toEqual([true]);
    expect(kiosk.errors).toEqual([]);
    expect(filesWithTheSound()).toEqual([]);
    expect(readFileSync(join(home, 'core.log'), 'utf8')).not.toContain(QUESTION);
  },
);

/** Opens the microphone by a key, says the question, and lets go by the same key when the last sound is out. */
async function askAloud(page: Page): Promise<void> {
  await openMicrophone(page);
  await pause(BREATH_MS);
  await devices.hands.send('say', join(folder, 'question.wav'));
  const begun = performance.now();
  const firstWordsMs = seen(page, '.transcript p').then(() => performance.now() - begun);
  await pause((1_000 * sound.length) / RATE - (performance.now() - begun));
  const ended = performance.now();
  await page.keyboard.press('Enter');
  await seen(page, '.understood-title');
  holdTo(ANSWER_MS, 'end of speech to answer on screen', performance.now() - ended);
  holdTo(FIRST_WORDS_MS, 'begin of speech to first words on screen', await firstWordsMs);
}

/** Whoever is told that it is not ready yet, as on a busy machine that has just started, presses once more. */
async function openMicrophone(page: Page): Promise<void> {
  const listening = page.locator('.microphone.listening');
  await expect(async () => {
    if ((await listening.count()) === 0) await take(page, 'microphone');
    await listening.waitFor({ timeout: 10_000 });
  }).toPass({ timeout: 30_000 });
}

async function key(page: Page, name: string): Promise<void> {
  await page.keyboard.press(name);
  await pause(A_HAND_MS);
}

/** Goes down until the key stands on what carries this name, and takes it. */
async function take(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const on = await page.evaluate(() => document.activeElement?.getAttribute('data-press') ?? '');
    if (on === name) return key(page, 'Enter');
    await key(page, 'ArrowDown');
  }
  throw new Error(`no key press leads to ${name}`);
}

/** Files of the kiosk in which a piece from the middle of what was said can be found. */
function filesWithTheSound(): string[] {
  const middle = Buffer.from(
    wavOf(sound.slice(sound.length >> 1, (sound.length >> 1) + 32), RATE).subarray(44),
  );
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(home, name)).isFile())
    .filter((name) => readFileSync(join(home, name)).includes(middle));
}
