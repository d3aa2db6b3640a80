import { contextBridge, ipcRenderer, webFrame } from 'electron';

import type { BridgeMessage, CoreState, KioskBridge } from '../contract/relay.ts';
import { guardPage } from './page-guards.ts';

void webFrame.executeJavaScript(`(${guardPage.toString()})()`);

if (window === window.top) {
  const bridge: KioskBridge = { connect: () => ipcRenderer.send('connect') };
  contextBridge.exposeInMainWorld('kiosk', bridge);

  const tell = (message: BridgeMessage, ports: MessagePort[] = []): void =>
    window.postMessage(message, window.location.origin, ports);
  ipcRenderer.on('core-port', (event) => tell({ kind: 'core-port' }, event.ports));
  ipcRenderer.on('core-state', (_event, state: CoreState) => tell({ kind: 'core-state', state }));
}
