import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readSource } from './document.ts';
import type { SourceDocument } from './document.ts';
import type { Problem } from './problem.ts';
import {
  answerSource,
  heldOutNeedsSource,
  outOfScopeSource,
  synonymsSource,
  topicsSource,
  urgentSource,
  utterancesSource,
} from './source.ts';
import type {
  AnswerSource,
  HeldOutNeedsSource,
  OutOfScopeSource,
  SynonymsSource,
  TopicsSource,
  UrgentSource,
  UtterancesSource,
} from './source.ts';

const HELD_OUT_NEEDS = 'evaluation/needs.yaml';

/** Everything a pack is built from, checked file by file; what crosses files is `lint`'s. */
export interface ContentSources {
  topics: TopicsSource;
  answers: SourceDocument<AnswerSource>[];
  utterances: SourceDocument<UtterancesSource>[];
  /** Never trained on; null where a content folder has none. */
  heldOutNeeds: SourceDocument<HeldOutNeedsSource> | null;
  outOfScope: OutOfScopeSource;
  synonyms: SynonymsSource;
  urgent: UrgentSource;
}

function yamlFiles(root: string, name: string): string[] {
  const folder = join(root, name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `${name}/${file.replaceAll('\\', '/')}`)
    .sort();
}

/** Reads a content folder. Problems are collected, not thrown; a file with problems is left out of the result. */
export function readContentSources(root: string): { sources: ContentSources; problems: Problem[] } {
  const problems: Problem[] = [];
  const answers = yamlFiles(root, 'answers')
    .map((file) => readSource(root, file, answerSource, problems))
    .filter((document) => document !== null);
  const utterances = yamlFiles(root, 'utterances')
    .map((file) => readSource(root, file, utterancesSource, problems))
    .filter((document) => document !== null);
  const sources: ContentSources = {
    topics: readSource(root, 'topics.yaml', topicsSource, problems)?.value ?? [],
    answers,
    utterances,
    heldOutNeeds: existsSync(join(root, HELD_OUT_NEEDS))
      ? readSource(root, HELD_OUT_NEEDS, heldOutNeedsSource, problems)
      : null,
    outOfScope: readSource(root, 'out-of-scope.yaml', outOfScopeSource, problems)?.value ?? [],
    synonyms: readSource(root, 'synonyms.yaml', synonymsSource, problems)?.value ?? [],
    urgent: readSource(root, 'urgent.yaml', urgentSource, problems)?.value ?? [],
  };
  return { sources, problems };
}
