import { seededRandom, shuffled } from '../intent/random.ts';
import type { Random } from '../intent/random.ts';
import { bagOf, ENCODER_WIDTH } from './features.ts';
import type { Bag } from './features.ts';
import { EncoderLearner } from './learner.ts';

/** A statute article that may be cited. */
export interface TaughtArticle {
  law: string;
  chapter: string;
  text: string;
}

/** A text and the positions of the articles that decide what it asks. */
export interface TaughtText {
  text: string;
  articles: readonly number[];
}

/** What the encoder learns from besides the articles themselves. */
export interface Lessons {
  /** Real questions: each is seen in every round, with articles that look right and are not. */
  questions: readonly TaughtText[];
  /** What lawyers wrote to them: a part is seen in every round. */
  replies: readonly TaughtText[];
  /** Our own phrasings, steps and gists: a part is seen in every round. */
  sayings: readonly TaughtText[];
}

const SEED = 5;
const READING = { rounds: 2, rate: 0.05, batch: 128, neighbours: 4 };
const LESSONS = {
  rounds: 5,
  rate: 0.08,
  /** Share of the rate that is gone in the last round. */
  slowing: 0.8,
  batch: 64,
  misleading: 4,
  misleadingFrom: 100,
  fromSameLaws: 64,
  passages: 32,
  repliesPerQuestion: 0.5,
  sayingsPerQuestion: 1,
  forgotten: 0.1,
};
/** Characters of a passage that must find the article it was cut from. */
const PASSAGE = { least: 8, spread: 28 };
const LEAST_READABLE = 30;

/** An article as it is searched for: names of law and chapter belong to what it says. */
export const articleText = ({ law, chapter, text }: TaughtArticle): string => `${law}。${chapter}。${text}`;

/** A passage cut out of an article, and the rest of it. */
function cut(text: string, random: Random): { passage: string; rest: string } {
  const characters = [...text];
  const length = Math.min(characters.length >> 1, PASSAGE.least + random.below(PASSAGE.spread));
  const start = random.below(characters.length - length);
  const around = [characters.slice(0, start), characters.slice(start + length)];
  return {
    passage: characters.slice(start, start + length).join(''),
    rest: around.map((part) => part.join('')).join('。'),
  };
}

/** Learns from the statutes alone: a passage must find its article among others, half of them from the same law. */
export function readStatutes(
  articles: readonly TaughtArticle[],
  progress: (line: string) => void,
): EncoderLearner {
  const random = seededRandom(SEED);
  const learner = EncoderLearner.start(
    articles.map((article) => bagOf(articleText(article))),
    random,
  );
  const readable = articles.filter(({ text }) => text.length > LEAST_READABLE);
  const groups = Array.from({ length: Math.ceil(readable.length / READING.neighbours) }, (_, group) =>
    readable.slice(group * READING.neighbours, (group + 1) * READING.neighbours),
  );
  for (let round = 0; round < READING.rounds; round += 1) {
    const order = shuffled(groups, random).flat();
    let loss = 0;
    let batches = 0;
    for (let start = 0; start + READING.batch <= order.length; start += READING.batch) {
      const pairs = order.slice(start, start + READING.batch).map((article) => readingPair(article, random));
      loss += learner.learn(
        {
          queries: pairs.map(({ query }) => bagOf(query)),
          documents: pairs.map(({ document }) => bagOf(document)),
          right: pairs.map((_, position) => [position]),
          bothWays: true,
        },
        READING.rate,
      );
      batches += 1;
    }
    progress(`reading the statutes, round ${round + 1}: loss ${(loss / batches).toFixed(3)}`);
  }
  return learner;
}

/** A passage and its article; now and then the names of law and chapter stand for the passage, or the article is whole. */
function readingPair({ law, chapter, text }: TaughtArticle, random: Random) {
  if (random.next() < 0.15) return { query: `${law}。${chapter}`, document: text };
  const { passage, rest } = cut(text, random);
  const body = random.next() < 0.7 ? rest : text;
  const lawName = random.next() < 0.5 ? `${law}。` : '';
  const chapterName = random.next() < 0.5 ? `${chapter}。` : '';
  return { query: passage, document: `${lawName}${chapterName}${body}` };
}

/** The text with some of its tokens left out, so that none of them alone decides. */
function forgetful({ rows, weights }: Bag, random: Random): Bag {
  const kept = [...rows.keys()].filter(() => random.next() >= LESSONS.forgotten);
  if (kept.length === 0) return { rows, weights };
  return {
    rows: Int32Array.from(kept, (at) => rows[at] ?? 0),
    weights: Float32Array.from(kept, (at) => weights[at] ?? 0),
  };
}

interface Lesson {
  bag: Bag;
  articles: readonly number[];
  /** Articles near the question that do not decide it; empty for what is no question. */
  misleading: readonly number[];
}

/** Goes on learning, from questions to the articles that decide them. Changes `learner`. */
export function teach(
  learner: EncoderLearner,
  articles: readonly TaughtArticle[],
  { questions, replies, sayings }: Lessons,
  progress: (line: string) => void,
): void {
  const random = seededRandom(SEED);
  const bags = articles.map((article) => bagOf(articleText(article)));
  const ofLaw = Map.groupBy(articles.keys(), (number) => articles[number]?.law ?? '');
  const readable = [...articles.keys()].filter(
    (number) => (articles[number]?.text.length ?? 0) > LEAST_READABLE,
  );
  const lesson = ({ text, articles: right }: TaughtText): Lesson => ({
    bag: bagOf(text),
    articles: right,
    misleading: [],
  });
  const said = (taught: readonly TaughtText[]) =>
    taught.map(lesson).filter((one) => one.articles.length > 0 && one.bag.rows.length > 0);
  const fixed = { replies: said(replies), sayings: said(sayings) };
  const asked = misled(said(questions), learner, bags);
  const some = (from: readonly Lesson[], perQuestion: number) =>
    shuffled(from, random).slice(0, Math.round(asked.length * perQuestion));
  for (let round = 0; round < LESSONS.rounds; round += 1) {
    const rate = LESSONS.rate * (1 - (round / LESSONS.rounds) * LESSONS.slowing);
    const order = shuffled(
      [
        ...asked,
        ...some(fixed.replies, LESSONS.repliesPerQuestion),
        ...some(fixed.sayings, LESSONS.sayingsPerQuestion),
      ],
      random,
    );
    let loss = 0;
    let batches = 0;
    for (let start = 0; start < order.length; start += LESSONS.batch) {
      const lessons = order.slice(start, start + LESSONS.batch);
      const places = new Map<number, number>();
      const place = (article: number) => {
        const known = places.get(article);
        if (known !== undefined) return known;
        places.set(article, places.size);
        return places.size - 1;
      };
      const right = lessons.map((one) => one.articles.map(place));
      for (const { misleading } of lessons) {
        // The nearer, the oftener.
        for (let one = 0; one < LESSONS.misleading && misleading.length > 0; one += 1)
          place(misleading[Math.floor(random.next() * random.next() * misleading.length)] ?? 0);
      }
      for (let one = 0; one < LESSONS.fromSameLaws; one += 1) {
        const article = lessons[random.below(lessons.length)]?.articles[0] ?? 0;
        const sameLaw = ofLaw.get(articles[article]?.law ?? '') ?? [];
        place(sameLaw[random.below(sameLaw.length)] ?? article);
      }
      const queries = lessons.map(({ bag }) => forgetful(bag, random));
      const documents = [...places.keys()].map((article) => forgetful(bags[article] ?? bagOf(''), random));
      for (let one = 0; one < LESSONS.passages; one += 1) {
        const article = articles[readable[random.below(readable.length)] ?? 0];
        if (article === undefined) continue;
        const { passage, rest } = cut(article.text, random);
        queries.push(bagOf(passage));
        right.push([documents.length]);
        documents.push(bagOf(articleText({ ...article, text: rest })));
      }
      loss += learner.learn({ queries, documents, right, bothWays: false }, rate);
      batches += 1;
    }
    progress(`lessons, round ${round + 1}: loss ${(loss / batches).toFixed(3)}`);
  }
}

/** Finds for each question the nearest articles that do not decide it. */
function misled(lessons: readonly Lesson[], learner: EncoderLearner, bags: readonly Bag[]): Lesson[] {
  const found = learner.encode(bags);
  return lessons.map((one) => {
    const vector = learner.encode([one.bag]);
    const scores = Float32Array.from(bags, (_, article) => {
      let sum = 0;
      const from = article * ENCODER_WIDTH;
      for (let at = 0; at < ENCODER_WIDTH; at += 1) sum += (found[from + at] ?? 0) * (vector[at] ?? 0);
      return sum;
    });
    const floor = scores.toSorted().at(-LESSONS.misleadingFrom) ?? 0;
    const misleading = [...scores.keys()]
      .filter((article) => (scores[article] ?? 0) > floor && !one.articles.includes(article))
      .sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0));
    return { ...one, misleading };
  });
}
