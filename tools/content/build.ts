import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PACK_FILES, PACK_FORMAT, writeManifest } from '../../app/core/content/index.ts';
import {
  CONTENT_SCHEMA_VERSION,
  openContentDatabase,
  writeContentDatabase,
} from '../../app/core/store/content/index.ts';
import type { ParameterTable } from '../../app/domain/compensation/parameters.ts';
import { readStatuteLibrary } from './library.ts';
import { lint } from './lint.ts';
import { readParameters } from './parameters.ts';
import { hasErrors } from './problem.ts';
import type { Problem } from './problem.ts';
import { readContentSources } from './read.ts';
import type { ContentSources } from './read.ts';
import { answerSentences, contentRecords } from './records.ts';
import { trainOnContent } from './train.ts';

export interface CheckedContent {
  sources: ContentSources;
  parameters: ParameterTable | null;
  problems: Problem[];
  /** False when no statute library was at hand: the citations are then unchecked. */
  citationsChecked: boolean;
}

/** Reads and lints a content folder; `laws` is a statute library to check citations against, or null. */
export function checkContent(root: string, laws: string | null): CheckedContent {
  const { sources, problems } = readContentSources(root);
  const { table, problems: parameterProblems } = readParameters(root);
  const library = laws === null ? null : readStatuteLibrary(laws);
  const crossing = lint(sources, library);
  const empty: Problem[] =
    sources.answers.length > 0
      ? []
      : [{ severity: 'error', file: 'answers', line: 1, message: 'there is no usable answer' }];
  return {
    sources,
    parameters: table,
    problems: [...problems, ...parameterProblems, ...crossing, ...empty],
    citationsChecked: library !== null,
  };
}

/**
 * Writes a whole pack to `out`, which it replaces by rename only when everything succeeded.
 * Throws when the content has errors: half a pack is never written.
 */
export function buildPack(content: CheckedContent, out: string, progress: (line: string) => void): void {
  const { sources, parameters, problems } = content;
  if (hasErrors(problems) || parameters === null) throw new Error('content with errors cannot be built');
  const building = `${out}.building-${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    writePackFiles(building, sources, parameters, progress);
    replaceFolder(out, building);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function writePackFiles(
  folder: string,
  sources: ContentSources,
  parameters: ParameterTable,
  progress: (line: string) => void,
): void {
  const records = contentRecords(sources);
  progress(`content.db: ${records.answers.length} answers, ${records.utterances.length} utterances`);
  const databaseFile = join(folder, 'content.db');
  writeContentDatabase(databaseFile, records);
  const database = openContentDatabase(databaseFile);
  try {
    const { model, settings } = trainOnContent(records, answerSentences(sources), database, progress);
    writeFileSync(join(folder, 'intent.onnx'), model);
    writeFileSync(join(folder, 'intent.json'), `${JSON.stringify(settings)}\n`);
  } finally {
    database.close();
  }
  writeFileSync(join(folder, 'parameters.json'), `${JSON.stringify(parameters)}\n`);
  const files = PACK_FILES.map((name) => {
    const content = readFileSync(join(folder, name));
    return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  });
  const asOf =
    records.answers
      .map(({ reviewedOn }) => reviewedOn)
      .sort()
      .at(-1) ?? '';
  const fingerprint = createHash('sha256')
    .update(files.map(({ sha256 }) => sha256).join())
    .digest('hex')
    .slice(0, 8);
  const manifest = {
    format: PACK_FORMAT,
    id: 'starter',
    version: `${asOf}.${fingerprint}`,
    asOf,
    contentSchema: CONTENT_SCHEMA_VERSION,
    files,
  } as const;
  writeFileSync(join(folder, 'manifest.json'), writeManifest({ ...manifest, files }));
}

function replaceFolder(target: string, replacement: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const old = `${target}.old-${process.pid}`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(replacement, target);
  rmSync(old, { recursive: true, force: true });
}
