import { pinyin } from 'pinyin-pro';

import { normalise, pinyinTokens } from '../../app/core/consult/index.ts';
import type {
  ActionRecord,
  AnswerRecord,
  ContentRecords,
  GuidePhrasingRecord,
  GuideRecord,
  OfferRecord,
  PublicityRecord,
  StepRecord,
  SynonymRecord,
  UtteranceRecord,
} from '../../app/core/store/content/index.ts';
import { indexText } from '../../models/retrieval/index.ts';
import type { ContentSources } from './read.ts';
import type { AnswerSource, GuideSource, PublicitySource } from './source.ts';

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/** Turns checked sources into the rows of content.db, in an order that depends on nothing but the content. */
export function contentRecords(sources: ContentSources): ContentRecords {
  const inOrder = <Value extends { id: string }>(documents: readonly { value: Value }[]) =>
    documents.map(({ value }) => value).sort((left, right) => byText(left.id, right.id));
  const answers = inOrder(sources.answers);
  const guides = inOrder(sources.guides);
  const kept = new Set(answers.map(({ id }) => id));
  return {
    topics: sources.topics
      .filter(({ shelf }) => shelf)
      .map(({ code, title, class: className }) => ({ code, title, className })),
    answers: answers.map(answerRecord),
    shelfParts: Object.entries(sources.shelves?.value ?? {}).flatMap(([topic, parts]) =>
      parts.map(({ title, answers: names }) => ({
        ...{ topic, title },
        answers: names.map((name) => `${topic}.${name}`).filter((id) => kept.has(id)),
      })),
    ),
    families: sources.families?.value ?? [],
    guides: guides.map(guideRecord),
    guidePhrasings: guides.flatMap(guidePhrasings),
    places: (sources.places?.value ?? []).map(({ address, phone, hours, ...place }) => ({
      ...place,
      address: address ?? null,
      phone: phone ?? null,
      hours: hours ?? null,
    })),
    // A pack of some of the answers offers no others; `lint` names an id that never existed.
    popular: (sources.popular?.value ?? []).filter((id) => kept.has(id)),
    publicity: (sources.publicity?.value ?? []).map(publicityRecord),
    utterances: [...answers.flatMap(phrasingsOf), ...outsideUtterances(sources.outOfScope)],
    synonyms: synonymRecords(sources.synonyms),
    urgent: (sources.urgent?.value ?? []).map(({ kind, words, numbers, model }) => ({
      ...{ kind, words, numbers },
      answers: (model?.answers ?? []).filter((id) => kept.has(id)),
      from: model?.from ?? 1,
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
  return { answer, text, pinyinTokens: pinyinTokens(syllables).join(' ') };
}

const stepRecord = (step: AnswerSource['steps'][number]): StepRecord => ({
  do: step.do,
  where: step.where ?? null,
  place: step.where_place ?? null,
  deadline: step.deadline ?? null,
});

const offerRecord = (source: AnswerSource | GuideSource): OfferRecord => ({
  regions: source.region ?? [],
  validFrom: source.valid_from ?? null,
  validTo: source.valid_to ?? null,
});

function answerRecord(answer: AnswerSource): AnswerRecord {
  return {
    ...offerRecord(answer),
    id: answer.id,
    topic: answer.topic,
    title: answer.title,
    tile: answer.tile ?? null,
    plain: answer.plain,
    audience: answer.audience ?? [],
    risks: answer.risk ?? [],
    steps: answer.steps.map(stepRecord),
    dependsOn: answer.depends_on.map((fact) => (typeof fact === 'string' ? { fact, answer: null } : fact)),
    citations: answer.basis,
    actions: answer.actions.map(actionRecord),
    discreet: answer.discreet,
    reviewedOn: answer.reviewed_on,
    maxAgeDays: answer.max_age_days,
  };
}

function guideRecord(guide: GuideSource): GuideRecord {
  const { title, summary, conditions, materials, steps, fee, result, where } = guide;
  const said = [
    ...[title, summary, ...conditions],
    ...materials.flatMap(({ what, note }) => [what, note ?? '']),
    ...steps.flatMap((step) => [step.do, step.where ?? '', step.deadline ?? '']),
    ...[guide.time_limit, fee, result, guide.if_refused, where],
  ];
  return {
    ...offerRecord(guide),
    ...{ id: guide.id, family: guide.family, topic: guide.topic },
    ...{ title, summary, conditions, fee, result, where },
    materials: materials.map(({ what, note }) => ({ what, note: note ?? null })),
    steps: steps.map(stepRecord),
    timeLimit: guide.time_limit,
    ifRefused: guide.if_refused,
    place: guide.where_place ?? null,
    citations: guide.basis,
    actions: guide.actions.map(actionRecord),
    discreet: guide.discreet,
    reviewedOn: guide.reviewed_on,
    maxAgeDays: guide.max_age_days,
    searchTokens: indexText(said.map((text) => normalise(text).text).join(' ')),
  };
}

/** Title and phrasings of a guide, each once. */
function guidePhrasings({ id, title, phrasings }: GuideSource): GuidePhrasingRecord[] {
  return [...new Set([title, ...phrasings].map((text) => normalise(text).text))].map((text) => ({
    guide: id,
    text,
  }));
}

function publicityRecord(card: PublicitySource[number]): PublicityRecord {
  const { title, sentences, months, basis } = card;
  const { law = '', article = '' } = basis[0] ?? {};
  return { title, sentences, months: months ?? [], law, article };
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
    // A fact that leads to another answer speaks of that one.
    ...answer.depends_on.filter((fact) => typeof fact === 'string'),
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
