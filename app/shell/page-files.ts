import { extname, join } from 'node:path';

export const pageScheme = 'app';
export const pageOrigin = 'app://kiosk';
export const homeUrl = `${pageOrigin}/index.html`;
export const outOfServiceUrl = `${pageOrigin}/-/out-of-service.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
};

/** Path parts as the build writes them: no escapes, no leading dot, nothing that a file system could read otherwise. */
const plainPath = /^(\/[A-Za-z0-9_@~-][A-Za-z0-9_@~.-]*)+$/;

/** The file an `app://` address means and its type; undefined for every address that is not plainly one of the page's own. */
export function pageFile(folder: string, address: string): { file: string; contentType: string } | undefined {
  // Read as text: URL would already have folded `..`, `\` and escapes into something that looks harmless.
  if (!address.startsWith(`${pageOrigin}/`)) return undefined;
  const path = address.slice(pageOrigin.length).replace(/[#?].*$/s, '');
  const contentType = contentTypes[extname(path)];
  if (!contentType || !plainPath.test(path)) return undefined;
  return { file: join(folder, ...path.split('/')), contentType };
}
