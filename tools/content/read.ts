import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readSource } from './document.ts';
import type { SourceDocument } from './document.ts';
import type { Problem } from './problem.ts';
import { answerSource, outOfScopeSource, synonymsSource, topicsSource, urgentSource } from './source.ts';
import type { AnswerSource, OutOfScopeSource, SynonymsSource, TopicsSource, UrgentSource } from './source.ts';

/** Everything a pack is built from, checked file by file; what crosses files is `lint`'s. */
export interface ContentSources {
  topics: TopicsSource;
  answers: SourceDocument<AnswerSource>[];
  outOfScope: OutOfScopeSource;
  synonyms: SynonymsSource;
  urgent: UrgentSource;
}

function answerFiles(root: string): string[] {
  const folder = join(root, 'answers');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `answers/${file.replaceAll('\\', '/')}`)
    .sort();
}

/** Reads a content folder. Problems are collected, not thrown; a file with problems is left out of the result. */
export function readContentSources(root: string): { sources: ContentSources; problems: Problem[] } {
  const problems: Problem[] = [];
  const answers = answerFiles(root)
    .map((file) => readSource(root, file, answerSource, problems))
    .filter((document) => document !== null);
  const sources: ContentSources = {
    topics: readSource(root, 'topics.yaml', topicsSource, problems)?.value ?? [],
    answers,
    outOfScope: readSource(root, 'out-of-scope.yaml', outOfScopeSource, problems)?.value ?? [],
    synonyms: readSource(root, 'synonyms.yaml', synonymsSource, problems)?.value ?? [],
    urgent: readSource(root, 'urgent.yaml', urgentSource, problems)?.value ?? [],
  };
  return { sources, problems };
}
