import { protocol } from 'electron';
import type { Session } from 'electron';
import { readFile } from 'node:fs/promises';

import { pageHeaders } from '../supervisor/index.ts';
import type { Dock } from '../supervisor/index.ts';
import { outOfServicePage, outOfServiceStyle } from './out-of-service.ts';
import { homeUrl, outOfServiceUrl, pageFile, pageOrigin, pageScheme } from './page-files.ts';

/** Before the app is ready: makes `app://` an origin of its own, with the rules of https. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page from `folder`, the page of last resort from memory, the dock where there is one, and nothing else. */
export function servePage(session: Session, folder: string, dock?: Dock): void {
  session.protocol.handle(pageScheme, async ({ method, url }) => {
    if (method !== 'GET') return answer(405, 'text/plain', '');
    const docked = dock?.answer(url.slice(pageOrigin.length));
    if (docked) return docked.then(({ status, contentType, body }) => answer(status, contentType, body));
    if (url === outOfServiceUrl) return answer(200, 'text/html; charset=utf-8', outOfServicePage);
    if (url === `${pageOrigin}/-/out-of-service.css`)
      return answer(200, 'text/css; charset=utf-8', outOfServiceStyle);
    const found = pageFile(folder, url);
    if (!found) return answer(404, 'text/plain', '');
    try {
      if (dock && url === homeUrl)
        return answer(200, found.contentType, dock.into(await readFile(found.file, 'utf8')));
      return answer(200, found.contentType, await readFile(found.file));
    } catch {
      return answer(404, 'text/plain', '');
    }
  });
}

function answer(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...pageHeaders, 'content-type': contentType } });
}
