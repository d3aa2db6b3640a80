import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createWidening } from '../../app/core/consult/index.ts';
import type { ContentRecords } from '../../app/core/store/content/index.ts';
import { INTENT_FORMAT } from '../../models/intent/index.ts';
import type { IntentSettings } from '../../models/intent/index.ts';
import {
  encodeIntentModel,
  forwardMatters,
  predictIntent,
  readClasses,
  trainIntent,
} from '../../models/intent/training.ts';
import type { LabelledText, LinearWeights, MattersShape } from '../../models/intent/training.ts';
import {
  chooseThresholds,
  countEvidence,
  createEvidence,
  fitFusion,
  fuse,
  indexText,
  shortened,
} from '../../models/retrieval/index.ts';
import type {
  Candidates,
  FusionExample,
  HeldOutOutcome,
  LanguageCounts,
} from '../../models/retrieval/index.ts';
import { measure } from './figures.ts';
import { trainMattersOnContent } from './matters.ts';
import type { MattersContent } from './matters.ts';
import type { AnswerSentence } from './records.ts';

/** Single characters and pairs: longer n-grams of ours were seldom met again in held-out questions. */
const FEATURES = { buckets: 32_768, longestGram: 2 };
/** One phrasing in four is held out, the title never: model and search know only the others. */
const PHRASING_FOLDS = 4;
const HELD_OUT_FOLD = 1;
/** One answer in three is held out, to learn what a question looks like that nobody wrote an answer for. */
const ANSWER_FOLDS = 3;
/** A question whose answer was held out counts less: a neighbouring answer may serve it after all. */
const UNCOVERED_WEIGHT = 0.3;

/** What was learned once of how people and statutes speak about each public class; a pack takes a copy. */
export const CLASS_MODEL = join(import.meta.dirname, '../../models/intent/classes.model');

interface Utterance extends LabelledText {
  /** Position among the utterances of the same answer; it chooses the fold. */
  turn: number;
}

interface TrainedIntent {
  model: Uint8Array;
  /** What each answer's words are, counted. */
  language: LanguageCounts;
  settings: IntentSettings;
}

const isHeldOut = ({ turn }: Utterance) => turn % PHRASING_FOLDS === HELD_OUT_FOLD;

/** Trains on all utterances, and before that on parts of them to fit fusion and thresholds on what was held out. */
export function trainOnContent(
  records: ContentRecords,
  sentences: readonly AnswerSentence[],
  spoken: MattersContent,
  progress: (line: string) => void,
): TrainedIntent {
  const answers = records.answers.map(({ id }) => id);
  const topics = records.topics.map(({ code }) => code);
  const matterOf = answers.map((id) => spoken.matterOf.get(id) ?? 0);
  const utterances = numbered(records, answers);
  const sentenceTexts = sentences.map(({ answer, text }) => ({
    answer: answers.indexOf(answer),
    text,
    written: true,
  }));
  const widening = createWidening(records.synonyms);
  const sentencesOf = Map.groupBy(sentences, ({ answer }) => answer);
  const written = answers.map((id, answer) => ({
    answer,
    tokens: indexText((sentencesOf.get(id) ?? []).map(({ text }) => text).join(' ')),
  }));

  progress('intent: topics and needs');
  const heldOutTexts = new Set(utterances.filter(isHeldOut).map(({ text }) => text));
  const matters = trainMattersOnContent(spoken, FEATURES, heldOutTexts);

  /** What the kiosk would know had it only these utterances and answers; answers are numbered anew in their order. */
  const knowing = (said: readonly Utterance[], kept: readonly number[]) => {
    const place = new Map<number | null, number>(kept.map((answer, index) => [answer, index]));
    const renumbered = <Text extends { answer: number | null }>(texts: readonly Text[]) =>
      texts
        .filter(({ answer }) => answer === null || place.has(answer))
        .map((text) => ({ ...text, answer: place.get(text.answer) ?? null }));
    const shape = { features: FEATURES, answers: kept.length };
    const network = trainIntent([...renumbered(said), ...renumbered(sentenceTexts)], shape);
    const language = countEvidence(
      renumbered(said),
      written.flatMap(({ answer, tokens }) => {
        const number = place.get(answer);
        return number === undefined ? [] : [{ answer: number, tokens }];
      }),
      kept.length,
    );
    const evidence = createEvidence(
      language,
      kept.map((answer) => matterOf[answer] ?? 0),
    );
    return {
      language,
      network,
      shape,
      candidates: (text: string): Candidates =>
        evidence.candidates(text, widening(text), {
          ...predictIntent(network, shape, text),
          matters: mattersOf(matters.kept, matters.shape, text),
        }),
    };
  };

  progress('intent: held-out phrasings');
  const all = answers.map((_, answer) => answer);
  const withoutFold = knowing(
    utterances.filter((utterance) => !isHeldOut(utterance)),
    all,
  );
  const known = utterances
    .filter(isHeldOut)
    .map(({ text, answer }) =>
      shortened({ candidates: withoutFold.candidates(text), right: answer, weight: 1 }),
    );
  progress('intent: held-out answers');
  const isOut = (answer: number | null) => answer !== null && answer % ANSWER_FOLDS === 0;
  const withoutAnswers = knowing(
    utterances.filter(({ answer }) => !isOut(answer)),
    all.filter((answer) => !isOut(answer)),
  );
  const uncovered = utterances
    .filter((utterance) => isOut(utterance.answer) && isHeldOut(utterance))
    .map(({ text }) =>
      shortened({ candidates: withoutAnswers.candidates(text), right: null, weight: UNCOVERED_WEIGHT }),
    );

  const fusion = fitFusion([...known, ...uncovered]);
  const outcome = ({ candidates, right }: FusionExample): HeldOutOutcome => ({
    fused: fuse(candidates, fusion),
    right,
  });
  const outcomes = known.map(outcome);
  const thresholds = chooseThresholds(outcomes);
  const figures = measure(outcomes, uncovered.map(outcome), thresholds);

  progress('intent: final model');
  const classes = readClasses(readFileSync(CLASS_MODEL, 'utf8'));
  const settings: IntentSettings = {
    format: INTENT_FORMAT,
    features: FEATURES,
    answers,
    topics,
    matters: matters.labels,
    classes: { names: [...classes.classes], features: classes.features },
    matterOf,
    fusion,
    thresholds,
    figures: { ...figures, ...matters.figures },
  };
  const { network, shape, language } = knowing(utterances, all);
  return { model: encodeIntentModel({ network, shape }, matters, classes), language, settings };
}

function mattersOf(weights: LinearWeights, shape: MattersShape, text: string): Float32Array {
  return forwardMatters(weights, shape, text).subarray(0, shape.topics);
}

function numbered(records: ContentRecords, answers: readonly string[]): Utterance[] {
  const turns = new Map<string | null, number>();
  const numberOf = new Map(answers.map((id, number) => [id, number]));
  return records.utterances.map(({ answer, text }) => {
    const turn = turns.get(answer) ?? 0;
    turns.set(answer, turn + 1);
    return { text, answer: answer === null ? null : (numberOf.get(answer) ?? null), turn };
  });
}
