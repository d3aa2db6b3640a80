import type { BrowserWindow } from 'electron';

import { homeUrl, outOfServiceUrl } from './page-files.ts';

/** More crashes than this within `span` ms, and the page of last resort stands for `rest` ms. */
const crashLimit = { count: 4, span: 60_000, rest: 60_000 };

/** How long to wait before the page of last resort is shown again, in ms. */
const lastResortPause = 5_000;

/** How long a page may not answer before it counts as crashed, on top of Chromium's own patience, in ms. */
const unresponsiveGrace = 3_000;

/** How long a page may take until its scripts have run, in ms; twice as long after each that took longer. */
const loadPatience = 8_000;

/**
 * Shows the page and brings it back: after a crash at once, from home; after many crashes or when it cannot be loaded,
 * the page of last resort, and a new try a minute later.
 */
export function keepPage(window: BrowserWindow, report: (line: string) => void): void {
  const contents = window.webContents;
  let crashes: number[] = [];
  let unresponsive: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let loading: NodeJS.Timeout | undefined;
  let patience = loadPatience;

  function show(url: string): void {
    clearTimeout(loading);
    loading = setTimeout(crashUnloaded, patience);
    // A refused or superseded load is reported by `did-fail-load`.
    contents.loadURL(url).catch(() => undefined);
  }
  // Chromium waits a quarter of a minute before it calls a page unresponsive, with an empty window for so long.
  function crashUnloaded(): void {
    report(`page not loaded within ${patience} ms`);
    patience *= 2;
    endPage();
  }
  // `forcefullyCrashRenderer` only asks the page's process to end itself, which one that is stuck does not hear.
  function endPage(): void {
    const pid = contents.getOSProcessId();
    // 0 would be all of us.
    if (pid <= 0) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already, which `render-process-gone` tells.
    }
  }
  contents.on('dom-ready', () => {
    clearTimeout(loading);
    patience = loadPatience;
  });
  function giveUpForNow(): void {
    show(outOfServiceUrl);
    clearTimeout(resting);
    resting = setTimeout(() => {
      crashes = [];
      show(homeUrl);
    }, crashLimit.rest);
  }
  contents.on('render-process-gone', (_event, { reason }) => {
    clearTimeout(unresponsive);
    clearTimeout(loading);
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < crashLimit.span), now];
    report(`page gone (${reason}), ${crashes.length} within a minute`);
    // Not inside the event: Chromium is still taking the old process down. The last resort itself is in no hurry.
    if (crashes.length <= crashLimit.count) setImmediate(() => show(homeUrl));
    else if (crashes.length === crashLimit.count + 1) setImmediate(giveUpForNow);
    else setTimeout(giveUpForNow, lastResortPause);
  });
  contents.on('unresponsive', () => {
    unresponsive = setTimeout(endPage, unresponsiveGrace);
  });
  contents.on('responsive', () => clearTimeout(unresponsive));
  const failed = (code: number): void => {
    report(`page cannot be loaded (${code})`);
    giveUpForNow();
  };
  const aborted = -3;
  contents.on('did-fail-load', (_event, code, _words, url, isMainFrame) => {
    if (isMainFrame && url === homeUrl && code !== aborted) failed(code);
  });
  contents.on('did-navigate', (_event, url, status) => {
    // A reload is no navigation that could be denied; after pushState it asks for an address that is not there.
    if (url !== homeUrl && url !== outOfServiceUrl) show(homeUrl);
    else if (status >= 400) failed(status);
  });
  show(homeUrl);
}
