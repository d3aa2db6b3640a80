import { normalise } from '../../app/core/consult/index.ts';
import type { IntentSettings } from '../../models/intent/index.ts';
import { calibrate, cooled, forwardMatters, trainMatters } from '../../models/intent/training.ts';
import type { LinearWeights, LabelledMatter, MattersShape } from '../../models/intent/training.ts';
import type { ContentSources } from './read.ts';
import { NEEDS } from '../../app/domain/consult/index.ts';
import type { AnswerSource } from './source.ts';

/** One in five utterances is held out to set the temperature and to measure. */
const FOLDS = 5;
/** How often an utterance and a word are shown for each time a phrasing of an answer is. */
const UTTERANCE_TIMES = 3;
const WORD_TIMES = 2;
/** About so many phrasings of answers a topic are shown: topics with many answers would drown the others. */
const MOST_PHRASINGS = 150;

/** What topics and needs are learned from, and what needs are measured on. */
export interface MattersContent {
  labels: IntentSettings['matters'];
  /** Topic number by answer id: what the answer is about, whatever shelf it stands on. */
  matterOf: ReadonlyMap<string, number>;
  /** Said by people, as far as we can write it. */
  said: LabelledMatter[];
  /** Bare words. */
  written: LabelledMatter[];
  heldOutNeeds: { text: string; need: number }[];
}

interface TrainedMatters {
  weights: LinearWeights;
  /** The same, learned without what was held out. */
  kept: LinearWeights;
  shape: MattersShape;
  labels: IntentSettings['matters'];
  figures: Record<string, number>;
}

const text = (said: string) => normalise(said).text;

function byNeed(needs: Partial<Record<(typeof NEEDS)[number], string[]>>): { text: string; need: number }[] {
  return NEEDS.flatMap((name, need) => (needs[name] ?? []).map((said) => ({ text: text(said), need })));
}

/** What all who ask for this answer want; null where that differs or nobody wrote it down. */
const onlyNeed = ({ needs }: AnswerSource): number | null =>
  needs?.[0] !== undefined && needs.length === 1 ? NEEDS.indexOf(needs[0]) : null;

/** Utterances teach topic and need; phrasings and words mostly the topic only. */
export function mattersContent(sources: ContentSources): MattersContent {
  const topics = sources.topics.map(({ code, class: publicClass }) => ({ code, class: publicClass }));
  const column = new Map<string | null, number>(topics.map(({ code }, index) => [code, index]));
  const topicOf = new Map(
    sources.answers.map(({ value }) => [value.id, column.get(value.matter ?? value.topic) ?? null]),
  );
  const outside = topics.length;
  return {
    labels: { topics, needs: [...NEEDS] },
    matterOf: new Map([...topicOf].map(([id, topic]) => [id, topic ?? 0])),
    said: [
      ...sources.utterances.flatMap(({ value }) =>
        byNeed(value.utterances).map((one) => ({ ...one, topic: column.get(value.topic) ?? null })),
      ),
      ...sources.answers.flatMap(({ value }) =>
        [value.title, ...value.phrasings].map((said) => ({
          text: text(said),
          topic: topicOf.get(value.id) ?? null,
          need: onlyNeed(value),
        })),
      ),
      ...sources.guides.flatMap(({ value }) =>
        [value.title, ...value.phrasings].map((said) => ({
          text: text(said),
          topic: column.get(value.topic) ?? null,
          need: null,
        })),
      ),
      ...sources.outOfScope.flatMap(({ utterances }) =>
        utterances
          .map((said) => normalise(said))
          .filter(({ script }) => script === 'chinese')
          .map((said) => ({ text: said.text, topic: outside, need: null })),
      ),
    ],
    written: [
      ...sources.utterances.flatMap(({ value }) =>
        value.words.map((word) => ({
          text: text(word),
          topic: column.get(value.topic) ?? null,
          need: null,
          written: true,
        })),
      ),
    ],
    heldOutNeeds: sources.heldOutNeeds === null ? [] : byNeed(sources.heldOutNeeds.value.needs),
  };
}

/** What is shown in training: all utterances and words several times, an even pick of each topic's phrasings. */
function shown(said: readonly LabelledMatter[], written: readonly LabelledMatter[]): LabelledMatter[] {
  const utterances = said.filter(({ need }) => need !== null);
  const phrasings = Map.groupBy(
    said.filter(({ need }) => need === null),
    ({ topic }) => topic,
  );
  const picked = [...phrasings.values()].flatMap((all) => {
    const every = Math.max(1, Math.round(all.length / MOST_PHRASINGS));
    return all.filter((_, index) => index % every === 0);
  });
  const times = (count: number, all: readonly LabelledMatter[]) =>
    Array.from({ length: count }, () => all).flat();
  return [...times(UTTERANCE_TIMES, utterances), ...picked, ...times(WORD_TIMES, written)];
}

/**
 * Trains without a fifth of the utterances, and without `heldOut`, to set the temperature and measure; then on everything.
 */
export function trainMattersOnContent(
  content: MattersContent,
  features: MattersShape['features'],
  heldOut: ReadonlySet<string>,
): TrainedMatters {
  const { labels, said, written, heldOutNeeds } = content;
  const shape: MattersShape = { features, topics: labels.topics.length + 1, needs: labels.needs.length };
  const isOut = ({ text: question, need }: LabelledMatter, index: number) =>
    (need !== null && index % FOLDS === 0) || heldOut.has(question);
  const remaining = said.filter((one, index) => !isOut(one, index));
  const kept = trainMatters(shown(remaining, written), shape);
  const topicsOf = (weights: LinearWeights) => (question: string) =>
    forwardMatters(weights, shape, question).subarray(0, shape.topics);
  const out = said
    .filter(isOut)
    .flatMap(({ text: question, topic }) => (topic === null ? [] : [{ text: question, topic }]));
  const temperature = calibrate(out, topicsOf(kept));
  const weights = cooled(trainMatters(shown(said, written), shape), shape.topics, temperature);
  const share = (right: readonly boolean[]) =>
    Math.round((right.filter(Boolean).length / Math.max(right.length, 1)) * 1e4) / 1e4;
  const first = (values: Float32Array) => values.indexOf(Math.max(...values));
  const inScope = out.filter(({ topic }) => topic < labels.topics.length);
  const classOf = (topic: number) => labels.topics[topic]?.class;
  return {
    weights,
    kept,
    shape,
    labels,
    figures: {
      heldOutTopics: inScope.length,
      topicClassRight: share(
        inScope.map(
          ({ text: question, topic }) => classOf(first(topicsOf(kept)(question))) === classOf(topic),
        ),
      ),
      topicTemperature: temperature,
      heldOutNeeds: heldOutNeeds.length,
      needRight: share(
        heldOutNeeds.map(
          ({ text: question, need }) =>
            first(forwardMatters(weights, shape, question).subarray(shape.topics)) === need,
        ),
      ),
    },
  };
}
