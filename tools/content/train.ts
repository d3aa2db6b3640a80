import { candidatesOf, createSearcher, legalWords } from '../../app/core/consult/index.ts';
import type { ContentDatabase, ContentRecords } from '../../app/core/store/content/index.ts';
import { INTENT_FORMAT } from '../../models/intent/index.ts';
import type { IntentPrediction, IntentSettings } from '../../models/intent/index.ts';
import {
  columnsOf,
  encodeIntentModel,
  features,
  forward,
  trainIntent,
} from '../../models/intent/training.ts';
import type { IntentShape, IntentWeights, LabelledText } from '../../models/intent/training.ts';
import { chooseThresholds, fitFusion, fuse } from '../../models/retrieval/index.ts';
import type { Candidates, FusionExample, HeldOutOutcome } from '../../models/retrieval/index.ts';
import { measure } from './figures.ts';
import { trainMattersOnContent } from './matters.ts';
import type { MattersContent } from './matters.ts';
import type { AnswerSentence } from './records.ts';

/** Single characters and pairs: longer n-grams of ours were seldom met again in held-out questions (.60 against .55). */
const FEATURES = { buckets: 32_768, longestGram: 2 };
/** One phrasing in four is held out, in two of four possible turns; the model and the search know only the others. */
const PHRASING_FOLDS = 4;
const PHRASING_TURNS = 2;
/** One answer in three is held out, to learn what a question looks like that nobody wrote an answer for. */
const ANSWER_FOLDS = 3;
/** A question whose answer was held out counts less: a neighbouring answer may serve it after all. */
const UNCOVERED_WEIGHT = 0.2;

interface Utterance extends LabelledText {
  /** Row number in content.db. */
  number: number;
  /** Position among the utterances of the same answer, and a number for the answer: they choose the folds. */
  turn: number;
}

interface TrainedIntent {
  model: Uint8Array;
  settings: IntentSettings;
}

/** Trains on all utterances, and before that on parts of them to fit fusion and thresholds on what was held out. */
export function trainOnContent(
  records: ContentRecords,
  sentences: readonly AnswerSentence[],
  spoken: MattersContent,
  database: ContentDatabase,
  progress: (line: string) => void,
): TrainedIntent {
  const answers = records.answers.map(({ id }) => id);
  const topics = records.topics.map(({ code }) => code);
  const topicOf = records.answers.map(({ topic }) => topics.indexOf(topic));
  const shape: IntentShape = { features: FEATURES, answers: answers.length, topics: topics.length, topicOf };
  const utterances = numbered(records, answers);
  const written = sentences.map(({ answer, text }) => ({
    answer: answers.indexOf(answer),
    text,
    written: true,
  }));
  const searcher = createSearcher(database, answers);

  /** Trains without the held-out utterances and says what the kiosk would have known about each of them. */
  const heldOut = (
    isOut: (utterance: Utterance) => boolean,
    isWrittenOut: (answer: number) => boolean,
  ): { utterance: Utterance; candidates: Candidates }[] => {
    const remaining = utterances.filter((utterance) => !isOut(utterance));
    const weights = trainIntent(
      [...remaining, ...written.filter(({ answer }) => !isWrittenOut(answer))],
      shape,
    );
    const out = utterances.filter(isOut);
    const outNumbers = new Set(out.map(({ number }) => number));
    return out.map((utterance) => {
      const evidence = searcher.search(
        utterance.text,
        legalWords(utterance.text, records.synonyms),
        (number) => outNumbers.has(number),
      );
      return {
        utterance,
        candidates: candidatesOf(predict(weights, shape, utterance.text), evidence, topicOf),
      };
    });
  };

  const known = Array.from({ length: PHRASING_TURNS }, (_, fold) => {
    progress(`intent: held-out phrasings ${fold + 1}/${PHRASING_TURNS}`);
    return heldOut(
      ({ turn }) => turn % PHRASING_FOLDS === fold,
      () => false,
    );
  }).flat();
  progress('intent: held-out answers');
  const isOut = (answer: number | null) => answer !== null && answer % ANSWER_FOLDS === 0;
  const uncovered = heldOut(({ answer }) => isOut(answer), isOut).map(({ candidates }) => ({
    ...candidates,
    answers: candidates.answers.filter((_, answer) => !isOut(answer)),
  }));

  const examples: FusionExample[] = [
    ...known.map(({ utterance, candidates }) => ({ candidates, right: utterance.answer, weight: 1 })),
    ...uncovered.map((candidates) => ({ candidates, right: null, weight: UNCOVERED_WEIGHT })),
  ];
  const fusion = fitFusion(examples);
  const outcome = ({ candidates, right }: FusionExample): HeldOutOutcome => ({
    fused: fuse(candidates, fusion),
    right,
  });
  const outcomes = examples.map(outcome);
  const thresholds = chooseThresholds(outcomes.slice(0, known.length));
  const figures = measure(outcomes.slice(0, known.length), outcomes.slice(known.length), thresholds);

  progress('intent: topics and needs');
  const matters = trainMattersOnContent(spoken, FEATURES);

  progress('intent: final model');
  const settings: IntentSettings = {
    format: INTENT_FORMAT,
    features: FEATURES,
    answers,
    topics,
    matters: matters.labels,
    fusion,
    thresholds,
    figures: { ...figures, ...matters.figures },
  };
  const weights = trainIntent([...utterances, ...written], shape);
  return { model: encodeIntentModel({ weights, shape }, matters), settings };
}

function numbered(records: ContentRecords, answers: readonly string[]): Utterance[] {
  const turns = new Map<string | null, number>();
  return records.utterances.map(({ answer, text }, index) => {
    const turn = turns.get(answer) ?? 0;
    turns.set(answer, turn + 1);
    return { number: index + 1, text, answer: answer === null ? null : answers.indexOf(answer), turn };
  });
}

function predict(
  weights: IntentWeights,
  shape: IntentShape,
  text: string,
): Omit<IntentPrediction, 'matters' | 'needs'> {
  const output = new Float32Array(columnsOf(shape));
  forward(weights, shape, features(text, shape.features), output);
  return {
    answers: output.subarray(0, shape.answers),
    topics: output.subarray(shape.answers, shape.answers + shape.topics),
    outside: output[output.length - 1] ?? 0,
  };
}
