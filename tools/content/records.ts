import { pinyin } from 'pinyin-pro';

import { normalise, pinyinTokens } from '../../app/core/consult/index.ts';
import type {
  ActionRecord,
  AnswerRecord,
  ContentRecords,
  SynonymRecord,
  UtteranceRecord,
} from '../../app/core/store/content/index.ts';
import { indexText } from '../../models/retrieval/index.ts';
import type { ContentSources } from './read.ts';
import type { AnswerSource } from './source.ts';

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** Turns checked sources into the rows of content.db, in an order that depends on nothing but the content. */
export function contentRecords(sources: ContentSources): ContentRecords {
  const answers = sources.answers.map(({ value }) => value).sort((left, right) => byText(left.id, right.id));
  return {
    topics: sources.topics
      .filter(({ shelf }) => shelf)
      .map(({ code, title, class: className }) => ({ code, title, className })),
    answers: answers.map(answerRecord),
    utterances: [...answers.flatMap(phrasingsOf), ...outsideUtterances(sources.outOfScope)],
    synonyms: synonymRecords(sources.synonyms),
    urgent: sources.urgent.map(({ kind, numbers, words }) => ({
      kind,
      numbers,
      words: [...new Set(words.map((word) => normalise(word).text))],
    })),
  };
}

/** The normalised texts people ask this answer by: title, tile and phrasings, each once. */
function phrasingsOf(answer: AnswerSource): UtteranceRecord[] {
  const texts = [answer.title, ...(answer.tile === undefined ? [] : [answer.tile]), ...answer.phrasings];
  return [...new Set(texts.map((text) => normalise(text).text))].map((text) => utterance(answer.id, text));
}

function outsideUtterances(kinds: ContentSources['outOfScope']): UtteranceRecord[] {
  const chinese = kinds
    .flatMap(({ utterances }) => utterances.map((text) => normalise(text)))
    .filter(({ script }) => script === 'chinese');
  return [...new Set(chinese.map(({ text }) => text))].map((text) => utterance(null, text));
}

/** Both sides normalised as questions are, each pair once. */
function synonymRecords(synonyms: ContentSources['synonyms']): SynonymRecord[] {
  const pairs = synonyms.flatMap(({ legal, say }) =>
    say.map((word) => ({ colloquial: normalise(word).text, legal: normalise(legal).text })),
  );
  const distinct = new Map(pairs.map((pair) => [`${pair.colloquial} ${pair.legal}`, pair]));
  return [...distinct.values()]
    .filter(({ colloquial, legal }) => colloquial !== legal)
    .sort((left, right) => byText(left.colloquial, right.colloquial) || byText(left.legal, right.legal));
}

function utterance(answer: string | null, text: string): UtteranceRecord {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed', v: true });
  return { answer, text, searchTokens: indexText(text), pinyinTokens: pinyinTokens(syllables).join(' ') };
}

function answerRecord(answer: AnswerSource): AnswerRecord {
  return {
    id: answer.id,
    topic: answer.topic,
    title: answer.title,
    tile: answer.tile ?? null,
    plain: answer.plain,
    steps: answer.steps.map((step) => ({
      do: step.do,
      where: step.where ?? null,
      deadline: step.deadline ?? null,
    })),
    dependsOn: answer.depends_on.map((fact) => (typeof fact === 'string' ? fact : fact.fact)),
    citations: answer.basis,
    actions: answer.actions.map(actionRecord),
    discreet: answer.discreet,
    reviewedOn: answer.reviewed_on,
    maxAgeDays: answer.max_age_days,
    searchTokens: indexText(
      sentencesOf(answer)
        .map((sentence) => normalise(sentence).text)
        .join(' '),
    ),
  };
}

export interface AnswerSentence {
  answer: string;
  /** Normalised. */
  text: string;
}

/** Every sentence the answers say: weak examples of what each is about. */
export function answerSentences({ answers }: ContentSources): AnswerSentence[] {
  return answers.flatMap(({ value }) =>
    sentencesOf(value).map((text) => ({ answer: value.id, text: normalise(text).text })),
  );
}

function sentencesOf(answer: AnswerSource): string[] {
  const steps = answer.steps.flatMap((step) => [step.do, step.where ?? '', step.deadline ?? '']);
  return [
    answer.title,
    answer.plain,
    ...steps,
    ...answer.depends_on.map((fact) => (typeof fact === 'string' ? fact : fact.fact)),
    ...answer.basis.map(({ gist }) => gist),
  ].filter((text) => text !== '');
}

function actionRecord(action: AnswerSource['actions'][number]): ActionRecord {
  if ('calculate' in action) return { kind: 'calculate', target: action.calculate, name: null };
  if ('intake' in action) return { kind: 'intake', target: action.intake, name: null };
  if ('answer' in action) return { kind: 'answer', target: action.answer, name: null };
  if ('guide' in action) return { kind: 'guide', target: action.guide, name: null };
  return { kind: 'call', target: action.call.number, name: action.call.name };
}
