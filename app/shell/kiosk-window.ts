import { BrowserWindow, screen } from 'electron';
import type { Session } from 'electron';

import chinese from '../../locales/zh-CN/shell.json' with { type: 'json' };

/** The colour of the page's ground, so that a reload does not flash. */
const ground = '#f6f3ea';

/** The one window: the whole screen, without frame, menu or way to close it. */
export function openKioskWindow(session: Session, preload: string): BrowserWindow {
  const window = new BrowserWindow({
    ...screen.getPrimaryDisplay().bounds,
    title: chinese.windowTitle,
    backgroundColor: ground,
    kiosk: true,
    fullscreen: true,
    frame: false,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    closable: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // So that a frame inside the page, should one ever come to be, is guarded like the page.
      nodeIntegrationInSubFrames: true,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
  window.removeMenu();
  window.on('page-title-updated', (event) => event.preventDefault());
  window.on('close', (event) => event.preventDefault());
  const fit = (): void => {
    const whole = screen.getPrimaryDisplay().bounds;
    const now = window.getBounds();
    const fits =
      now.x === whole.x && now.y === whole.y && now.width === whole.width && now.height === whole.height;
    if (!fits) window.setBounds(whole);
    if (!window.isKiosk()) window.setKiosk(true);
  };
  // Without a window manager a page can resize and move its window in spite of `resizable` and `movable`.
  for (const change of ['resize', 'move', 'minimize', 'restore', 'leave-full-screen'] as const) {
    window.on(change as 'resize', fit);
  }
  screen.on('display-metrics-changed', fit);
  return window;
}
