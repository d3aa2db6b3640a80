import { MessageChannelMain, ipcMain } from 'electron';
import type { BrowserWindow } from 'electron';

import type { CorePort, Supervisor } from '../supervisor/index.ts';
import { homeUrl } from './page-files.ts';

/**
 * Gives the page its port to the core, a fresh one whenever it asks, and tells it how the core is. A page that asks
 * while the core is down hears so, and asks again when it hears that the core is up. `onLinked`: the page has a port, so
 * that a touch does something.
 */
export function relayCore(window: BrowserWindow, supervisor: Supervisor, onLinked: () => void): void {
  let current: CorePort | undefined;

  const tellState = (): void => {
    if (!window.isDestroyed()) window.webContents.send('core-state', supervisor.state());
  };

  function handPort(): void {
    const { port1: pagePort, port2: ourPort } = new MessageChannelMain();
    const corePort = supervisor.connect({
      receive: (data) => ourPort.postMessage(data),
      closed: () => ourPort.close(),
    });
    if (!corePort) {
      tellState();
      return;
    }
    current = corePort;
    ourPort.on('message', ({ data }) => corePort.post(data));
    ourPort.on('close', () => corePort.close());
    ourPort.start();
    window.webContents.postMessage('core-port', null, [pagePort]);
    onLinked();
  }

  ipcMain.on('connect', (event) => {
    const { senderFrame } = event;
    if (event.sender !== window.webContents || senderFrame !== window.webContents.mainFrame) return;
    if (senderFrame.url.split(/[#?]/)[0] !== homeUrl) return;
    current?.close();
    handPort();
  });
  supervisor.onState(tellState);
  // A page that is gone asks for nothing any more, and the core must let go of what it was doing for it.
  const forget = (): void => current?.close();
  window.webContents.on('render-process-gone', forget);
  window.webContents.on('did-start-navigation', (_event, _url, isInPlace, isMainFrame) => {
    if (isMainFrame && !isInPlace) forget();
  });
}
