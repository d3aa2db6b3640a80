import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { verifyPack } from '../../app/core/content/index.ts';
import { buildPack } from '../../tools/content/build.ts';
import type { CheckedContent } from '../../tools/content/build.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const DIRECTORY = join(ROOT, 'build', 'packs', 'golden');
const FINGERPRINT = `${DIRECTORY}.sha256`;
/** What a pack is made from, and by. */
const SOURCES = ['content', 'models', 'tools/content', 'app/core/consult', 'app/core/store/content'];

function fingerprint(statutes: number): string {
  const hash = createHash('sha256').update(String(statutes));
  for (const folder of SOURCES)
    for (const name of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (/\.(?:ya?ml|ts|model)$/u.test(name))
        hash.update(name).update(readFileSync(join(ROOT, folder, name)));
  return hash.digest('hex');
}

/**
 * A pack of all that is in `content` now, with the statute library where one is at hand; built again only when something
 * that it is made from or by has changed.
 */
export function freshPack(content: CheckedContent): string {
  const statutes = content.library?.rows ?? [];
  const now = fingerprint(statutes.length);
  const before = existsSync(FINGERPRINT) ? readFileSync(FINGERPRINT, 'utf8') : '';
  if (before === now && verifyPack(DIRECTORY).ok) return DIRECTORY;
  buildPack(content, DIRECTORY, () => undefined, statutes);
  writeFileSync(FINGERPRINT, now);
  return DIRECTORY;
}
