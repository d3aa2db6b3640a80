import type { Votes } from './neighbours.ts';
import {
  addScores,
  charactersOf,
  documentCount,
  informativeness,
  isPair,
  statuteTokens,
} from './postings.ts';

type Field = 'text' | 'heading' | 'lay';

/** What the ranking reads of a statute library; articles, headings and laws are numbered from 0. */
export interface StatuteIndex {
  headingOfArticle: Int32Array;
  lawOfHeading: Int32Array;
  laws: readonly { name: string; kind: string }[];
  postings(field: Field, token: number): Uint8Array | null;
  /** How many questions of the training set an article decided, and how many a law. */
  decidedByArticle: Float32Array;
  decidedByLaw: Float32Array;
}

/** A question about statutes, after normalisation. */
export interface StatuteQuestion {
  text: string;
  /** Legal words for the colloquial ones in it. */
  widening: readonly string[];
  /** Laws named in the question. */
  named: ReadonlySet<number>;
  /** By article number: probability of the answers that cite it. */
  cited: ReadonlyMap<number, number>;
  /** By article number: log-probability that such a question leads there; only articles the model knows. */
  associated: ReadonlyMap<number, number>;
  /** By article number: cosine with the question, as the encoder sees it. */
  likeness: Float32Array;
  /** What the nearest training questions were decided by. */
  asked: Votes;
  /** What the answers cite whose phrasings are nearest. */
  said: Votes;
}

export interface Candidate {
  article: number;
  features: number[];
}

/** What the ranker weighs of a candidate, in this order; the scores are shares of what the whole question tells. */
export const STATUTE_FEATURES = [
  'textPairs',
  'textSingles',
  'headingPairs',
  'headingSingles',
  'layPairs',
  'laySingles',
  'cited',
  'named',
  'score',
  'scoreToBest',
  'neighbour',
  'headingBest',
  'lawBest',
  'lawShare',
  'statute',
  'regulation',
  'interpretation',
  'telling',
  'associated',
  'likeness',
  'likenessToBest',
  'likenessRank',
  'likenessNeighbour',
  'likenessHeadingBest',
  'likenessHeadingMean',
  'likenessLawBest',
  'askedArticle',
  'askedNearest',
  'askedLaw',
  'saidArticle',
  'saidNearest',
  'saidLaw',
  'decidedByLaw',
  'decidedByArticle',
  'characters',
  'rank',
] as const;

/** The strongest by words, the likest by meaning, and what near questions and phrasings lead to. */
const CANDIDATES = { words: 200, meaning: 200, asked: 40, said: 20 };
/** Stands for "not among the first" where a rank is a feature. */
const UNRANKED = 400;
/** A widening word was not said: it counts less. */
const WIDENING = 0.4;
/** A story of many words is cut to those that tell most. */
const MOST_TOKENS = 80;
const KINDS = ['法律', '行政法规', '司法解释'];
/** First sieve: hand-set, since what it lets through is ranked again. */
const SIEVE = { singles: 0.6, heading: 0.4, lay: 0.5, cited: 0.5, named: 0.4, associated: 0.5 };
/** Log-probability that stands for "the model does not know this article". */
const UNKNOWN = -20;
const LEAST_ASSOCIATED = -12;
/** Function words: they say how one asks, not what about. */
const STOP = new Set(
  [...'的了吗呢吧啊呀嘛我你您他她它是在有和与就都也还又把被给让要会能可以怎么办样什么哪里个这那一'].map(
    (character) => character.codePointAt(0) ?? 0,
  ),
);

interface Scores {
  pairs: Float32Array;
  singles: Float32Array;
}

/** Finds the articles worth ranking, and their features. One searcher serves one question at a time. */
export function createCandidateSearch(index: StatuteIndex): (question: StatuteQuestion) => Candidate[] {
  const articles = index.headingOfArticle.length;
  const headings = index.lawOfHeading.length;
  const scoresOf = (size: number): Scores => ({
    pairs: new Float32Array(size),
    singles: new Float32Array(size),
  });
  const scores = { text: scoresOf(articles), heading: scoresOf(headings), lay: scoresOf(articles) };
  const sizes = { text: articles, heading: headings, lay: articles };
  const base = new Float32Array(articles);

  /** Fills the score arrays; returns how much all that was asked tells. */
  const score = (weights: ReadonlyMap<number, number>): number => {
    for (const { pairs, singles } of Object.values(scores)) {
      pairs.fill(0);
      singles.fill(0);
    }
    const lists = [...weights].map(([token, weight]) => ({
      token,
      weight,
      list: index.postings('text', token),
    }));
    const told = ({ weight, list }: (typeof lists)[number]) =>
      weight * informativeness(articles, list === null ? 0 : documentCount(list));
    const chosen = [...lists].sort((left, right) => told(right) - told(left)).slice(0, MOST_TOKENS);
    for (const { token, weight, list } of chosen) {
      for (const field of ['text', 'heading', 'lay'] as const) {
        const found = field === 'text' ? list : index.postings(field, token);
        if (found === null) continue;
        const worth = weight * informativeness(sizes[field], documentCount(found));
        addScores(found, worth, isPair(token) ? scores[field].pairs : scores[field].singles);
      }
    }
    return chosen.reduce((sum, one) => sum + told(one), 0) || 1;
  };

  const headingScore = (heading: number) =>
    (scores.heading.pairs[heading] ?? 0) + 0.5 * (scores.heading.singles[heading] ?? 0);

  return function find(question) {
    const telling = score(tokenWeights(question));
    for (let article = 0; article < articles; article += 1) {
      const text = (scores.text.pairs[article] ?? 0) + SIEVE.singles * (scores.text.singles[article] ?? 0);
      const lay = (scores.lay.pairs[article] ?? 0) + SIEVE.singles * (scores.lay.singles[article] ?? 0);
      const heading = index.headingOfArticle[article] ?? 0;
      // Nothing of its own said: a repealed article, or one that only its chapter's name would bring in.
      if (text + lay === 0) {
        base[article] = 0;
        continue;
      }
      const named = question.named.has(index.lawOfHeading[heading] ?? 0) ? SIEVE.named * telling : 0;
      base[article] = text + SIEVE.heading * headingScore(heading) + SIEVE.lay * lay + named;
    }
    for (const [article, probability] of question.cited)
      base[article] = (base[article] ?? 0) + SIEVE.cited * probability * telling;

    for (const [article, logarithm] of question.associated) {
      const nearness = Math.max(0, 1 - logarithm / LEAST_ASSOCIATED);
      base[article] = (base[article] ?? 0) + SIEVE.associated * nearness ** 2 * telling;
    }

    const byWords = strongest(base, CANDIDATES.words);
    const byMeaning = strongest(question.likeness, CANDIDATES.meaning);
    const chosen = [
      ...new Set([
        ...byWords,
        ...byMeaning,
        ...mostVoted(question.asked, CANDIDATES.asked),
        ...mostVoted(question.said, CANDIDATES.said),
      ]),
    ];
    return featuresOf(chosen, { question, telling, byWords, byMeaning });
  };

  /** Features of the chosen articles, in the order of `STATUTE_FEATURES`. */
  function featuresOf(
    chosen: readonly number[],
    found: {
      question: StatuteQuestion;
      telling: number;
      byWords: readonly number[];
      byMeaning: readonly number[];
    },
  ): Candidate[] {
    const { question, telling, byWords, byMeaning } = found;
    const { likeness, asked, said } = question;
    const best = base[byWords[0] ?? 0] || 1;
    const likest = likeness[byMeaning[0] ?? 0] ?? 0;
    const wordRank = new Map(byWords.map((article, rank) => [article, rank]));
    const meaningRank = new Map(byMeaning.map((article, rank) => [article, rank]));
    const ofHeading = new Groups();
    const ofLaw = new Groups();
    for (const article of chosen) {
      const heading = index.headingOfArticle[article] ?? 0;
      ofHeading.add(heading, base[article] ?? 0, likeness[article] ?? 0);
      ofLaw.add(index.lawOfHeading[heading] ?? 0, base[article] ?? 0, likeness[article] ?? 0);
    }
    const share = (amount: number | undefined) => (amount ?? 0) / telling;
    const rankOf = (rank: number | undefined) => Math.log(1 + (rank ?? UNRANKED));
    const beside = (values: Float32Array, article: number) =>
      Math.max(values[article - 1] ?? 0, values[article + 1] ?? 0);
    return chosen.map((article) => {
      const heading = index.headingOfArticle[article] ?? 0;
      const law = index.lawOfHeading[heading] ?? 0;
      const value = base[article] ?? 0;
      const kind = index.laws[law]?.kind ?? '';
      const near = likeness[article] ?? 0;
      const chapter = ofHeading.of(heading);
      const whole = ofLaw.of(law);
      return {
        article,
        features: [
          share(scores.text.pairs[article]),
          share(scores.text.singles[article]),
          share(scores.heading.pairs[heading]),
          share(scores.heading.singles[heading]),
          share(scores.lay.pairs[article]),
          share(scores.lay.singles[article]),
          question.cited.get(article) ?? 0,
          question.named.has(law) ? 1 : 0,
          share(value),
          value / best,
          share(beside(base, article)),
          share(chapter.score),
          share(whole.score),
          whole.count / chosen.length,
          ...KINDS.map((one) => (one === kind ? 1 : 0)),
          Math.log(telling),
          question.associated.get(article) ?? UNKNOWN,
          near,
          near - likest,
          rankOf(meaningRank.get(article)),
          beside(likeness, article),
          chapter.likeness,
          chapter.likenessSum / chapter.count,
          whole.likeness,
          asked.articles.get(article) ?? 0,
          asked.nearest.get(article) ?? 0,
          asked.laws.get(law) ?? 0,
          said.articles.get(article) ?? 0,
          said.nearest.get(article) ?? 0,
          said.laws.get(law) ?? 0,
          Math.log(1 + (index.decidedByLaw[law] ?? 0)),
          Math.log(1 + (index.decidedByArticle[article] ?? 0)),
          Math.log(1 + question.text.length),
          rankOf(wordRank.get(article)),
        ],
      };
    });
  }
}

interface Group {
  count: number;
  score: number;
  likeness: number;
  likenessSum: number;
}

/** Best scores of the candidates of a heading or a law. */
class Groups {
  readonly #groups = new Map<number, Group>();

  add(number: number, score: number, likeness: number): void {
    const group = this.of(number);
    this.#groups.set(number, {
      count: group.count + 1,
      score: Math.max(group.score, score),
      likeness: Math.max(group.likeness, likeness),
      likenessSum: group.likenessSum + likeness,
    });
  }

  of(number: number): Group {
    return this.#groups.get(number) ?? { count: 0, score: 0, likeness: -1, likenessSum: 0 };
  }
}

const mostVoted = ({ articles }: Votes, most: number): number[] =>
  [...articles]
    .sort(([left, leftShare], [right, rightShare]) => rightShare - leftShare || left - right)
    .slice(0, most)
    .map(([article]) => article);

function tokenWeights({ text, widening }: StatuteQuestion): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (words: string, weight: number) => {
    for (const token of statuteTokens(words)) {
      if (!weights.has(token) && !charactersOf(token).every((code) => STOP.has(code)))
        weights.set(token, weight);
    }
  };
  add(text, 1);
  for (const word of widening) add(word, WIDENING);
  return weights;
}

/** Numbers of the highest positive scores, best first; of equal ones the lower number comes first. */
function strongest(scores: Float32Array, most: number): number[] {
  const byScore = (left: number, right: number) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right;
  const kept: number[] = [];
  let floor = 0;
  for (let number = 0; number < scores.length; number += 1) {
    if ((scores[number] ?? 0) <= floor) continue;
    kept.push(number);
    if (kept.length < 4 * most) continue;
    kept.sort(byScore).length = most;
    floor = scores[kept[most - 1] ?? 0] ?? 0;
  }
  return kept.sort(byScore).slice(0, most);
}
