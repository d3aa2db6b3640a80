import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { ZodType } from 'zod';

import { readSource } from './document.ts';
import type { SourceDocument } from './document.ts';
import type { Problem } from './problem.ts';
import {
  answerSource,
  articleQuestionsSource,
  classQuestionsSource,
  familiesSource,
  guideSource,
  heldOutAnswersSource,
  heldOutNeedsSource,
  heldOutOutsideSource,
  outOfScopeSource,
  placesSource,
  popularSource,
  publicitySource,
  shelvesSource,
  synonymsSource,
  topicsSource,
  urgentSource,
  utterancesSource,
} from './source.ts';
import type {
  AnswerSource,
  ArticleQuestionsSource,
  ClassQuestionsSource,
  FamiliesSource,
  GuideSource,
  HeldOutAnswersSource,
  HeldOutNeedsSource,
  HeldOutOutsideSource,
  OutOfScopeSource,
  PlacesSource,
  PopularSource,
  PublicitySource,
  ShelvesSource,
  SynonymsSource,
  TopicsSource,
  UrgentSource,
  UtterancesSource,
} from './source.ts';

const FAMILIES = 'families.yaml';
const PLACES = 'places.yaml';
const POPULAR = 'popular.yaml';
const PUBLICITY = 'publicity.yaml';
const SHELVES = 'shelves.yaml';
const HELD_OUT_NEEDS = 'evaluation/needs.yaml';
const HELD_OUT_ANSWERS = 'evaluation/answers.yaml';
const HELD_OUT_OUTSIDE = 'evaluation/out-of-scope.yaml';

/** Everything a pack is built from, checked file by file; what crosses files is `lint`'s. */
export interface ContentSources {
  topics: TopicsSource;
  answers: SourceDocument<AnswerSource>[];
  guides: SourceDocument<GuideSource>[];
  /** These five are null where a content folder has none. */
  families: SourceDocument<FamiliesSource> | null;
  places: SourceDocument<PlacesSource> | null;
  popular: SourceDocument<PopularSource> | null;
  shelves: SourceDocument<ShelvesSource> | null;
  publicity: SourceDocument<PublicitySource> | null;
  utterances: SourceDocument<UtterancesSource>[];
  classQuestions: SourceDocument<ClassQuestionsSource>[];
  articleQuestions: SourceDocument<ArticleQuestionsSource>[];
  /** Never trained on; null where a content folder has none. */
  heldOutNeeds: SourceDocument<HeldOutNeedsSource> | null;
  heldOutAnswers: SourceDocument<HeldOutAnswersSource> | null;
  heldOutOutside: SourceDocument<HeldOutOutsideSource> | null;
  outOfScope: OutOfScopeSource;
  synonyms: SynonymsSource;
  /** Null only with problems. */
  urgent: SourceDocument<UrgentSource> | null;
}

/** A file with another ending would be left out without a word. */
function misnamed(root: string): Problem[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/iu.test(file) && !file.endsWith('.yaml'))
    .sort()
    .map((file) => ({
      severity: 'error',
      file: file.replaceAll('\\', '/'),
      line: 1,
      message: 'is not read: the name must end in .yaml',
    }));
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
  const problems = misnamed(root);
  const all = <Value>(folder: string, schema: ZodType<Value>) =>
    yamlFiles(root, folder)
      .map((file) => readSource(root, file, schema, problems))
      .filter((document) => document !== null);
  const optional = <Schema extends ZodType>(file: string, schema: Schema) =>
    existsSync(join(root, file)) ? readSource(root, file, schema, problems) : null;
  const sources: ContentSources = {
    topics: readSource(root, 'topics.yaml', topicsSource, problems)?.value ?? [],
    answers: all('answers', answerSource),
    families: optional(FAMILIES, familiesSource),
    places: optional(PLACES, placesSource),
    popular: optional(POPULAR, popularSource),
    publicity: optional(PUBLICITY, publicitySource),
    shelves: optional(SHELVES, shelvesSource),
    guides: all('guides', guideSource),
    utterances: all('utterances', utterancesSource),
    classQuestions: all('class-questions', classQuestionsSource),
    articleQuestions: all('article-questions', articleQuestionsSource),
    heldOutNeeds: optional(HELD_OUT_NEEDS, heldOutNeedsSource),
    heldOutAnswers: optional(HELD_OUT_ANSWERS, heldOutAnswersSource),
    heldOutOutside: optional(HELD_OUT_OUTSIDE, heldOutOutsideSource),
    outOfScope: readSource(root, 'out-of-scope.yaml', outOfScopeSource, problems)?.value ?? [],
    synonyms: readSource(root, 'synonyms.yaml', synonymsSource, problems)?.value ?? [],
    urgent: readSource(root, 'urgent.yaml', urgentSource, problems),
  };
  return { sources, problems };
}
