import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { verifyPack } from '../../app/core/content/index.ts';
import { buildPack, checkContent } from './build.ts';
import { formatProblem, hasErrors } from './problem.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export const CONTENT_FOLDER = join(ROOT, 'content');
export const STARTER_PACK = join(ROOT, 'build', 'packs', 'starter');

/** The statute library kept beside a checkout of this project, when there is one. */
export function defaultLaws(): string | null {
  const file = join(ROOT, '..', 'shared', 'data', 'laws.jsonl.xz');
  return existsSync(file) ? file : null;
}

/** Builds the starter pack where there is none yet, saying so through `progress`. Throws when the content has errors. */
export function ensureStarterPack(progress: (line: string) => void): string {
  if (verifyPack(STARTER_PACK).ok) return STARTER_PACK;
  progress('the starter pack is not built yet; building it (once)');
  const content = checkContent(CONTENT_FOLDER, null);
  if (hasErrors(content.problems)) {
    throw new Error(`content/ has errors:\n${content.problems.map(formatProblem).join('\n')}`);
  }
  buildPack(content, STARTER_PACK, progress);
  return STARTER_PACK;
}
