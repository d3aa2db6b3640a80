import { app } from 'electron';
import type { WebContents } from 'electron';

import { isAllowedKey } from './allowed-keys.ts';
import { homeUrl, outOfServiceUrl } from './page-files.ts';

/** For every page that ever comes to be: stay where you are, open nothing, zoom nothing. Before the first window. */
export function lockPages(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    const stay = (event: { preventDefault(): void; url: string }): void => {
      if (event.url !== homeUrl && event.url !== outOfServiceUrl) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('before-input-event', (event, input) => {
      if (!isAllowedKey(input)) event.preventDefault();
    });
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    contents.on('select-bluetooth-device', (event, _devices, choose) => {
      event.preventDefault();
      choose('');
    });
    contents.on('login', (event) => event.preventDefault());
    contents.on('zoom-changed', () => holdZoom(contents));
    contents.on('did-finish-load', () => holdZoom(contents));
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
}

function holdZoom(contents: WebContents): void {
  contents.setZoomLevel(0);
  void contents.setVisualZoomLevelLimits(1, 1);
}
