import { join } from 'node:path';

import { fetchedTestRuntime, installedElectron } from '../electron-runtime.mjs';
import { findProgram } from './programs.mjs';

/** Whether there is a display to open a window on. */
export const hasDisplay = () => Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

const isRoot = () => process.getuid?.() === 0;

/** The command that opens the kiosk in Electron, or undefined where no Electron is at hand. */
export function electronCommand(root) {
  // As root Chromium has no sandbox; a production build refuses to run so.
  const options = isRoot() ? ['--no-sandbox'] : [];
  const installed = installedElectron();
  if (installed) return { command: installed, args: [...options, root] };
  // The test runtime runs what stands under its resources/app: this folder.
  const fetched = fetchedTestRuntime();
  return fetched && { command: fetched, args: options };
}

/** The command that opens a link in a browser's kiosk mode, or undefined where no browser is installed. */
export function browserCommand(home, link) {
  const command = findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  const profile = join(home, 'browser');
  return (
    command && {
      command,
      args: [
        ...(isRoot() ? ['--no-sandbox', '--test-type'] : []),
        `--user-data-dir=${profile}`,
        '--no-first-run',
        '--no-default-browser-check',
        '--disable-features=Translate',
        '--disable-pinch',
        '--overscroll-history-navigation=0',
        '--lang=zh-CN',
        '--kiosk',
        // As an application the page may fit its window to the screen where no window manager does.
        `--app=${link}`,
      ],
    }
  );
}
