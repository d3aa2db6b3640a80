import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { verifyPack } from '../../app/core/content/index.ts';
import { fingerprint, stampOf } from '../bundle/unchanged.ts';
import { buildPack, checkContent } from './build.ts';
import { formatProblem, hasErrors } from './problem.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export const CONTENT_FOLDER = join(ROOT, 'content');
export const STARTER_PACK = join(ROOT, 'build', 'packs', 'starter');
const LIBRARY_PACK = join(ROOT, 'build', 'packs', 'library');
const LIBRARY_SOURCES = ['content', 'models', 'tools/content', 'app/core/consult', 'app/core/store'];

/** The statute library kept beside a checkout of this project, when there is one. */
export function defaultLaws(): string | null {
  const file = join(ROOT, '..', 'shared', 'data', 'laws.jsonl.xz');
  return existsSync(file) ? file : null;
}

/** Builds the starter pack where there is none yet, saying so through `progress`. Throws when the content has errors. */
export function ensureStarterPack(progress: (line: string) => void): string {
  if (!verifyPack(STARTER_PACK).ok) {
    progress('the starter pack is not built yet; building it (once)');
    build(STARTER_PACK, null, progress);
  }
  return STARTER_PACK;
}

/**
 * The same pack with the statute library that is kept beside the checkout, built anew whenever its sources have changed;
 * the plain starter pack where there is no library. Throws when the content has errors.
 */
export function ensureLibraryPack(progress: (line: string) => void): string {
  const laws = defaultLaws();
  if (laws === null) return ensureStarterPack(progress);
  const stamp = stampOf(join(ROOT, 'build', 'stamps', 'library'));
  const print = fingerprint(ROOT, LIBRARY_SOURCES);
  if (!stamp.matches(print) || !verifyPack(LIBRARY_PACK).ok) {
    progress('building a pack with the statute library (about a minute, once)');
    build(LIBRARY_PACK, laws, progress);
    stamp.write(print);
  }
  return LIBRARY_PACK;
}

function build(directory: string, laws: string | null, progress: (line: string) => void): void {
  const content = checkContent(CONTENT_FOLDER, laws);
  if (hasErrors(content.problems)) {
    throw new Error(`content/ has errors:\n${content.problems.map(formatProblem).join('\n')}`);
  }
  buildPack(content, directory, progress, content.library?.rows);
}
