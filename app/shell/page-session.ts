import { session as sessions } from 'electron';
import type { Session } from 'electron';

import { pageOrigin } from './page-files.ts';

/**
 * The page's browser session: in memory only, and closed to the network, to permissions, devices and downloads.
 * Nothing a visitor did outlives it.
 */
export function closedSession(): Session {
  const session = sessions.fromPartition('kiosk', { cache: false });
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({
      cancel:
        !url.startsWith(`${pageOrigin}/`) && !url.startsWith('data:image/') && !url.startsWith('data:font/'),
    });
  });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}));
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  for (const chooser of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    // The three events share this shape, but Electron types each apart.
    session.on(chooser as 'select-serial-port', (event: { preventDefault(): void }, ...rest: unknown[]) => {
      event.preventDefault();
      const choose = rest.at(-1);
      if (typeof choose === 'function') (choose as (id: string) => void)('');
    });
  }
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  return session;
}
