import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { normalise } from '../app/core/consult/index.ts';
import { features, trainNetwork, writeLayNetwork } from '../models/intent/training.ts';
import type { NetworkExample } from '../models/intent/training.ts';
import { checkContent } from './content/build.ts';
import { topicOfArticle } from './content/law-topics.ts';
import { mattersContent } from './content/matters.ts';
import { answerSentences } from './content/records.ts';
import { CONTENT_FOLDER } from './content/starter.ts';
import type { StatuteRow } from './content/statute-row.ts';
import { LAY_NETWORK } from './content/train.ts';

const HELP = `Learns how people and statutes speak about each topic and writes models/intent/topics.model.

  node tools/train-topics.ts --laws FILE --questions FILE [--questions FILE …]

  --laws FILE       statute library, as for \`npm run -s content -- build\`
  --questions FILE  one {"question","statutes":[{"law_norm","article","article_sub"}]} a line. A question is taken to be
                    about the topic of most articles that decide it. Only numbers learned are written, no text.
`;

const BUCKETS = 32_768;
const WIDTH = 64;
const TRAINING = { seed: 20261124, rounds: 3, rate: 0.1, forgotten: 0.3 };
const LONGEST_ARTICLE = 200;
/** How much an example of each source counts, and how many of them a topic at most weighs as. */
const SOURCES = {
  utterance: { weight: 3, most: Infinity },
  word: { weight: 2, most: Infinity },
  phrasing: { weight: 1, most: 200 },
  sentence: { weight: 0.3, most: 400 },
  question: { weight: 1, most: 80 },
  article: { weight: 0.2, most: 200 },
} as const;
/** Every so many articles of a topic are read, so that none has more than this. */
const MOST_ARTICLES = 400;

interface Lesson {
  source: keyof typeof SOURCES;
  text: string;
  topic: number;
}

const line = z.object({
  question: z.string(),
  statutes: z.array(z.object({ law_norm: z.string(), article: z.number(), article_sub: z.number() })),
});

function questionLessons(
  file: string,
  rows: readonly StatuteRow[],
  column: ReadonlyMap<string, number>,
): Lesson[] {
  const chapters = new Map(
    rows.map(({ law, ordinal, sub, chapter }) => [`${law} ${ordinal} ${sub}`, chapter]),
  );
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));
  return lines.flatMap(({ question, statutes }) => {
    const counts = new Map<number, number>();
    for (const { law_norm: law, article, article_sub: sub } of statutes) {
      const topic = column.get(topicOfArticle(law, chapters.get(`${law} ${article} ${sub}`) ?? '') ?? '');
      if (topic !== undefined) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([, left], [, right]) => right - left);
    return most === undefined
      ? []
      : [{ source: 'question' as const, text: normalise(question).text, topic: most[0] }];
  });
}

function articleLessons(rows: readonly StatuteRow[], column: ReadonlyMap<string, number>): Lesson[] {
  const valid = rows.filter(({ status }) => status !== 'repealed');
  const byTopic = Map.groupBy(valid, ({ law, chapter }) => column.get(topicOfArticle(law, chapter) ?? ''));
  return [...byTopic].flatMap(([topic, articles]) => {
    if (topic === undefined) return [];
    const every = Math.ceil(articles.length / MOST_ARTICLES);
    return articles
      .filter((_, index) => index % every === 0)
      .map(({ text }) => ({
        source: 'article' as const,
        text: normalise([...text].slice(0, LONGEST_ARTICLE).join('')).text,
        topic,
      }));
  });
}

function examplesOf(lessons: readonly Lesson[]): NetworkExample[] {
  const sizes = new Map<string, number>();
  const key = ({ source, topic }: Lesson) => `${source} ${topic}`;
  for (const lesson of lessons) sizes.set(key(lesson), (sizes.get(key(lesson)) ?? 0) + 1);
  return lessons.map((lesson) => {
    const { weight, most } = SOURCES[lesson.source];
    return {
      variants: [features(lesson.text, { buckets: BUCKETS, longestGram: 2 })],
      column: lesson.topic,
      weight: weight * Math.min(1, most / (sizes.get(key(lesson)) ?? 1)),
    };
  });
}

function run(): void {
  const { values } = parseArgs({
    options: {
      laws: { type: 'string' },
      questions: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true || values.laws === undefined || values.questions === undefined) {
    console.log(HELP);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const { sources, library } = checkContent(CONTENT_FOLDER, resolve(values.laws));
  const rows = library?.rows ?? [];
  const { labels, matterOf, said, written } = mattersContent(sources);
  const column = new Map(labels.topics.map(({ code }, index) => [code, index]));
  const lessons: Lesson[] = [
    ...said.flatMap(({ text, topic, need }) =>
      topic === null
        ? []
        : [{ source: need === null ? ('phrasing' as const) : ('utterance' as const), text, topic }],
    ),
    ...written.flatMap(({ text, topic }) =>
      topic === null ? [] : [{ source: 'word' as const, text, topic }],
    ),
    ...answerSentences(sources).map(({ answer, text }) => ({
      source: 'sentence' as const,
      text,
      topic: matterOf.get(answer) ?? 0,
    })),
    ...values.questions.flatMap((file) => questionLessons(file, rows, column)),
    ...articleLessons(rows, column),
  ];
  const shape = { buckets: BUCKETS, width: WIDTH, columns: labels.topics.length + 1 };
  const network = trainNetwork(examplesOf(lessons), shape, TRAINING);
  writeFileSync(
    LAY_NETWORK,
    writeLayNetwork(
      network,
      labels.topics.map(({ code }) => code),
    ),
  );
  console.error(`${lessons.length} lessons`);
}

run();
