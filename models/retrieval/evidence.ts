import type { Candidates } from './fusion.ts';
import { countLanguage, createLanguageModel } from './language.ts';
import type { LanguageCounts } from './language.ts';
import { wordsOf, wordsOfTokens } from './words.ts';

/** What is known to be asked: `answer` is null for what the kiosk must not answer. */
export interface SpokenText {
  answer: number | null;
  text: string;
}

/** What the kiosk says about an answer, as `indexText` made it. */
export interface WrittenText {
  answer: number;
  tokens: string;
}

/** What the intent model made of a question. */
export interface ModelOpinion {
  /** Probabilities by answer number. */
  answers: ArrayLike<number>;
  outside: number;
  /** Probabilities by matter, the last one "outside". */
  matters: ArrayLike<number>;
}

export interface Evidence {
  /** What fusion weighs, for a normalised text. `widening` are legal words for its colloquial ones. */
  candidates(text: string, widening: readonly string[], opinion: ModelOpinion): Candidates;
}

/** How much a word of the kiosk's own sentences counts beside one that people say. */
const WRITTEN_WEIGHT = 0.3;
const SMALLEST_PROBABILITY = 1e-6;

const logarithm = (probability: number) => Math.log(Math.max(probability, SMALLEST_PROBABILITY));
const LEAST_LOGARITHM = Math.log(SMALLEST_PROBABILITY);

/** Counts all that is known to be said and written of so many answers; what must not be answered counts as one more. */
export function countEvidence(
  spoken: readonly SpokenText[],
  written: readonly WrittenText[],
  answers: number,
): LanguageCounts {
  return countLanguage([
    ...spoken.map(({ answer, text }) => ({ column: answer ?? answers, words: wordsOf(text), weight: 1 })),
    ...written.map(({ answer, tokens }) => ({
      column: answer,
      words: wordsOfTokens(tokens),
      weight: WRITTEN_WEIGHT,
    })),
  ]);
}

/** Reads a question against what `countEvidence` counted; `matterOf` is the matter of each answer. */
export function createEvidence(counts: LanguageCounts, matterOf: readonly number[]): Evidence {
  const answers = matterOf.length;
  const language = createLanguageModel(counts, answers + 1);

  return {
    candidates(text, widening, { answers: probabilities, outside, matters }) {
      const words = wordsOf(text);
      const wide = new Set(widening.flatMap((word) => [...wordsOf(word)]));
      const { logarithms: unbounded, familiarity, unknown } = language.read(words, wide);
      const network = new Float64Array(answers);
      const spoken = new Float64Array(answers);
      const topic = new Float64Array(answers);
      const byMatter = Float64Array.from(matters, logarithm);
      for (let answer = 0; answer < answers; answer += 1) {
        network[answer] = logarithm(probabilities[answer] as number);
        spoken[answer] = Math.max(unbounded[answer] as number, LEAST_LOGARITHM);
        topic[answer] = byMatter[matterOf[answer] as number] as number;
      }
      return {
        answers: [network, spoken, topic],
        outside: [
          1,
          logarithm(outside),
          Math.max(unbounded[answers] ?? 0, LEAST_LOGARITHM),
          logarithm(matters[matters.length - 1] ?? 0),
          unknown,
          familiarity,
        ],
      };
    },
  };
}
