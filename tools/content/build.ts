import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PACK_FILES, PACK_FORMAT, STATUTES_FILE, writeManifest } from '../../app/core/content/index.ts';
import {
  CONTENT_SCHEMA_VERSION,
  writeContentDatabase,
  writeStatuteDatabase,
} from '../../app/core/store/content/index.ts';
import type { ParameterTable } from '../../app/domain/compensation/parameters.ts';
import type { WorkedCase } from '../../app/core/content/index.ts';
import { LANGUAGE_FILE, writeLanguage } from '../../models/retrieval/index.ts';
import { readRanker } from '../../models/retrieval/statutes/index.ts';
import { readCases } from './cases.ts';
import { readStatuteLibrary } from './library.ts';
import type { StatuteLibrary } from './library.ts';
import { lint } from './lint.ts';
import { mattersContent } from './matters.ts';
import { readParameters } from './parameters.ts';
import { hasErrors } from './problem.ts';
import type { Problem } from './problem.ts';
import type { PromptSound } from './prompts.ts';
import { readContentSources } from './read.ts';
import type { ContentSources } from './read.ts';
import { answerSentences, contentRecords } from './records.ts';
import { statuteRecords } from './statute-records.ts';
import type { StatuteRow } from './statute-row.ts';
import { trainOnContent } from './train.ts';

/** What was learned about ranking statutes; a pack with a statute library takes a copy. */
export const STATUTE_RANKER = join(import.meta.dirname, '../../models/retrieval/statutes/ranker.model');
/** Our own dense encoder, trained with the ranker. */
export const ENCODER = join(import.meta.dirname, '../../models/encoder/encoder.onnx');

export interface CheckedContent {
  sources: ContentSources;
  parameters: ParameterTable | null;
  cases: readonly WorkedCase[];
  problems: Problem[];
  /** The statute library that citations were looked up in; null when none was at hand, and they are unchecked. */
  library: StatuteLibrary | null;
}

/**
 * Reads and lints a content folder; `laws` is a statute library to check citations against, or null. With `today` (ISO)
 * what is past its review is an error.
 */
export function checkContent(root: string, laws: string | null, today: string | null = null): CheckedContent {
  const { sources, problems } = readContentSources(root);
  const { table, problems: parameterProblems } = readParameters(root);
  const { cases, problems: caseProblems } = readCases(root, table);
  const library = laws === null ? null : readStatuteLibrary(laws);
  const crossing = lint(sources, library, today);
  const empty: Problem[] =
    sources.answers.length > 0
      ? []
      : [{ severity: 'error', file: 'answers', line: 1, message: 'there is no usable answer' }];
  return {
    sources,
    parameters: table,
    cases,
    problems: [...problems, ...parameterProblems, ...caseProblems, ...crossing, ...empty],
    library,
  };
}

/**
 * Writes a whole pack to `out`, which it replaces by rename only when everything succeeded. `statutes` go in as the
 * pack's statute library; with none of them the pack has no such file. `prompts` are sentences that were said beforehand.
 * Throws when the content has errors: half a pack is never written.
 */
export function buildPack(
  content: CheckedContent,
  out: string,
  progress: (line: string) => void,
  statutes: readonly StatuteRow[] = [],
  prompts: readonly PromptSound[] = [],
): void {
  const { sources, parameters, cases, problems } = content;
  if (hasErrors(problems) || parameters === null) throw new Error('content with errors cannot be built');
  const building = `${out}.building-${process.pid}`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    writePackFiles(building, sources, parameters, progress);
    writeFileSync(join(building, 'cases.json'), `${JSON.stringify(cases)}\n`);
    if (statutes.length > 0) {
      progress(`${STATUTES_FILE}: ${statutes.length} articles`);
      const models = { ranker: readFileSync(STATUTE_RANKER, 'utf8'), encoder: readFileSync(ENCODER) };
      readRanker(models.ranker, createHash('sha256').update(models.encoder).digest('hex'));
      writeStatuteDatabase(join(building, STATUTES_FILE), statuteRecords(statutes, sources, models));
    }
    if (prompts.length > 0) mkdirSync(join(building, 'prompts'));
    for (const prompt of prompts) writeFileSync(join(building, prompt.name), prompt.content);
    describePack(building, sources, prompts);
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
  writeContentDatabase(join(folder, 'content.db'), records);
  const { model, language, settings } = trainOnContent(
    records,
    answerSentences(sources),
    mattersContent(sources),
    progress,
  );
  writeFileSync(join(folder, 'intent.onnx'), model);
  writeFileSync(join(folder, LANGUAGE_FILE), writeLanguage(language));
  writeFileSync(join(folder, 'intent.json'), `${JSON.stringify(settings)}\n`);
  writeFileSync(join(folder, 'parameters.json'), `${JSON.stringify(parameters)}\n`);
}

/** Writes the manifest: every file of the pack with its hash. */
function describePack(
  folder: string,
  { answers }: ContentSources,
  prompts: readonly Pick<PromptSound, 'name'>[],
): void {
  const files = [...PACK_FILES, STATUTES_FILE, ...prompts.map(({ name }) => name)]
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => {
      const content = readFileSync(join(folder, name));
      return { name, size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
    });
  const asOf =
    answers
      .map(({ value }) => value.reviewed_on)
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
