import { MessageChannelMain, ipcMain } from 'electron';
import type { BrowserWindow } from 'electron';

import type { CorePort, Supervisor } from '../supervisor/index.ts';
import { homeUrl } from './page-files.ts';

/**
 * Gives the page its port to the core, a fresh one whenever it asks, and tells it how the core is. A page that asks
 * while the core is down gets its port as soon as the core is up.
 */
export function relayCore(window: BrowserWindow, supervisor: Supervisor): void {
  let current: CorePort | undefined;
  let waiting = false;

  const tellState = (): void => {
    if (!window.isDestroyed()) window.webContents.send('core-state', supervisor.state());
  };

  function handPort(): void {
    const { port1: pagePort, port2: ourPort } = new MessageChannelMain();
    const corePort = supervisor.connect({
      receive: (data) => ourPort.postMessage(data),
      closed: () => ourPort.close(),
    });
    waiting = !corePort;
    if (!corePort) return;
    current = corePort;
    ourPort.on('message', ({ data }) => corePort.post(data));
    ourPort.on('close', () => corePort.close());
    ourPort.start();
    window.webContents.postMessage('core-port', null, [pagePort]);
  }

  ipcMain.on('connect', (event) => {
    const { senderFrame } = event;
    if (event.sender !== window.webContents || senderFrame !== window.webContents.mainFrame) return;
    if (senderFrame.url.split(/[#?]/)[0] !== homeUrl) return;
    current?.close();
    tellState();
    handPort();
  });
  supervisor.onState((state) => {
    tellState();
    if (state === 'up' && waiting) handPort();
  });
  // A page that is gone asks for nothing any more, and the core must let go of what it was doing for it.
  const forget = (): void => {
    waiting = false;
    current?.close();
  };
  window.webContents.on('render-process-gone', forget);
  window.webContents.on('did-start-navigation', (_event, _url, isInPlace, isMainFrame) => {
    if (isMainFrame && !isInPlace) forget();
  });
}
