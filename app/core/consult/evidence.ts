import {
  coverage,
  inverseFrequency,
  matchAny,
  searchTokens,
  similarity,
  tokens,
  weigh,
} from '../../../models/retrieval/index.ts';
import type { TokenWeight, WeightedTokens } from '../../../models/retrieval/index.ts';
import type { EntrySearch, UtteranceHit } from '../store/content/index.ts';

const UTTERANCES = 60;
const ANSWERS = 30;
/** Share of the utterances above which a token tells nothing. */
const COMMON = 0.06;
const MOST_TOKENS = 40;

/** What full-text search found for one question. */
interface Evidence {
  /** By answer number: similarities of the phrasings that matched, best first. */
  phrasings: ReadonlyMap<number, readonly number[]>;
  /** By answer number: share of the question that its own text covers. */
  texts: ReadonlyMap<number, number>;
  /** Similarity of the nearest utterance that the kiosk must not answer. */
  outside: number;
  /** Share of the question made of tokens nobody said before. */
  unknown: number;
}

/** Leaves utterances out, so that held-out questions do not find themselves. */
type Excluded = (utteranceNumber: number) => boolean;

export interface Searcher {
  search(text: string, widening: readonly string[], excluded?: Excluded): Evidence;
}

/**
 * Full-text search over phrasings and answers; `answerIds` gives the order of answer numbers, `common` the share of the
 * utterances above which a token is left out.
 */
export function createSearcher(
  database: EntrySearch,
  answerIds: readonly string[],
  common = COMMON,
): Searcher {
  const numberOf = new Map(answerIds.map((id, index) => [id, index]));
  const total = database.utteranceCount();
  const frequencies = database.tokenFrequencies();
  const weight: TokenWeight = inverseFrequency(total, (token) => frequencies.get(token) ?? 0);
  const weighed = new Map<number, WeightedTokens>();
  const tokensOf = ({ number, text }: UtteranceHit): WeightedTokens => {
    const before = weighed.get(number);
    if (before !== undefined) return before;
    const now = weigh(tokens(text), weight);
    weighed.set(number, now);
    return now;
  };

  /** The tokens that tell most: what too many utterances share only costs time, and a long story has tellings enough. */
  const selective = (all: readonly string[]): readonly string[] => {
    const rare = all.filter((token) => (frequencies.get(token) ?? 0) <= common * total);
    const telling = rare.length === 0 ? all : rare;
    return [...telling].sort((left, right) => weight(right) - weight(left)).slice(0, MOST_TOKENS);
  };
  const answerTokens = new Map<string, ReadonlySet<string>>();
  const tokensOfAnswer = (id: string, joined: string): ReadonlySet<string> => {
    const set = answerTokens.get(id) ?? new Set(joined.split(' '));
    answerTokens.set(id, set);
    return set;
  };

  return {
    search(text, widening, excluded) {
      const own = searchTokens(text);
      const wide = [...new Set([...own, ...widening.flatMap((word) => searchTokens(word))])];
      const expression = matchAny(selective(wide));
      if (expression === null) return { phrasings: new Map(), texts: new Map(), outside: 0, unknown: 1 };
      const question = weigh(tokens(text), weight);
      const phrasings = new Map<number, number[]>();
      let outside = 0;
      const limit = excluded === undefined ? UTTERANCES : UTTERANCES * 2;
      const hits = database
        .searchUtterances(expression, limit)
        .filter(({ number }) => excluded?.(number) !== true);
      for (const hit of hits.slice(0, UTTERANCES)) {
        const closeness = similarity(question, tokensOf(hit));
        if (hit.answerId === null) {
          outside = Math.max(outside, closeness);
          continue;
        }
        const answer = numberOf.get(hit.answerId) ?? -1;
        phrasings.set(answer, [...(phrasings.get(answer) ?? []), closeness]);
      }
      for (const values of phrasings.values()) values.sort((left, right) => right - left);
      const widened = weigh(wide, weight);
      const texts = new Map(
        database
          .searchAnswers(expression, ANSWERS)
          .map((hit) => [numberOf.get(hit.id) ?? -1, coverage(widened, tokensOfAnswer(hit.id, hit.tokens))]),
      );
      const unknown = own.filter((token) => !frequencies.has(token)).length / own.length;
      return { phrasings, texts, outside, unknown };
    },
  };
}
