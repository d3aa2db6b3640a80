import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildPack, checkContent } from '../../tools/content/build.ts';
import type { PromptSound } from '../../tools/content/prompts.ts';
import type { StatuteRow } from '../../tools/content/statute-row.ts';
import { CONTENT_FOLDER } from '../../tools/content/starter.ts';

const TOPICS = ['lending', 'station'];

/** Builds a real pack of two topics of the real content: seconds instead of half a minute. */
export function buildSmallPack(
  directory: string,
  statutes: readonly StatuteRow[] = [],
  prompts: readonly PromptSound[] = [],
): void {
  const content = checkContent(CONTENT_FOLDER, null);
  const answers = content.sources.answers.filter(({ value }) => TOPICS.includes(value.topic));
  const small = { ...content, sources: { ...content.sources, answers } };
  buildPack(small, directory, () => undefined, statutes, prompts);
}

/** A temporary folder and how to remove it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-content-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
