import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { parse } from 'yaml';
import { z } from 'zod';

import { normalise } from '../app/core/consult/index.ts';
import { cooledClasses, forwardClasses, trainClasses, writeClasses } from '../models/intent/training.ts';
import type { ClassExample, ClassModel } from '../models/intent/training.ts';
import { checkContent } from './content/build.ts';
import { classOfLand, topicOfArticle } from './content/law-topics.ts';
import { mattersContent } from './content/matters.ts';
import { answerSentences } from './content/records.ts';
import type { ContentSources } from './content/read.ts';
import { CONTENT_FOLDER } from './content/starter.ts';
import type { StatuteRow } from './content/statute-row.ts';
import { CLASS_MODEL } from './content/train.ts';

const HELP = `Learns how people and statutes speak about each public class and writes models/intent/classes.model.

  node tools/train-classes.ts --laws FILE --questions FILE [--questions FILE …] [--dry]

  --laws FILE       statute library, as for \`npm run -s content -- build\`
  --questions FILE  one {"id","question"} a line. A question's classes are what models/intent/question-classes.yaml says
                    of its id; without a word there it is left out. Only numbers learned are written, no text.
  --dry             measure by cross-validation only

Prints how often the class is right by five-fold cross-validation on our utterances, our questions and those of the files.
`;

const FEATURES = { buckets: 131_072, longestGram: 2 };
const FOLDS = 5;
const LONGEST_ARTICLE = 200;
/** How much an example of each source counts, and how many of them a topic at most weighs as. */
const SOURCES = {
  utterance: { weight: 3, most: Infinity },
  word: { weight: 2, most: Infinity },
  phrasing: { weight: 1, most: 300 },
  sentence: { weight: 0.3, most: 400 },
  question: { weight: 4, most: Infinity },
  public: { weight: 3, most: Infinity },
  ofArticle: { weight: 0.7, most: 300 },
  article: { weight: 0.1, most: 200 },
} as const;
/** Every so many articles of a topic are read, so that none has more than this. */
const MOST_ARTICLES = 400;
/** Above 1 the model is less sure than it was in training. */
const TEMPERATURES = Array.from({ length: 30 }, (_, index) => 0.3 + index * 0.05);

interface Lesson {
  source: keyof typeof SOURCES;
  text: string;
  /** What its source counts by: a topic's number, or the file of a question. */
  group: number | string;
  /** Classes that fit, the best first; empty for "outside". */
  classes: readonly string[];
}

const line = z.object({ id: z.string(), question: z.string() });
const QUESTION_CLASSES = resolve(import.meta.dirname, '../models/intent/question-classes.yaml');
const questionClasses = z.object({ classes: z.record(z.string(), z.array(z.string()).min(1)) });

interface Topics {
  codes: readonly { code: string; class: string }[];
  column: ReadonlyMap<string, number>;
}

/** Land stands on one shelf but belongs to several classes: the words decide. */
function classesOf(topic: number, text: string, { codes, column }: Topics): string[] {
  if (topic === column.get('land')) return [classOfLand(text)];
  const found = codes[topic];
  return found === undefined ? [] : [found.class];
}

function publicLessons(file: string): Lesson[] {
  const { classes: byId } = questionClasses.parse(parse(readFileSync(QUESTION_CLASSES, 'utf8')));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)))
    .flatMap(({ id, question }): Lesson[] => {
      const known = byId[id];
      const { text } = normalise(question);
      return known === undefined ? [] : [{ source: 'public', text, group: basename(file), classes: known }];
    });
}

const questionLessons = ({ classQuestions }: ContentSources): Lesson[] =>
  classQuestions.flatMap(({ file, value }) =>
    Object.entries(value.questions).flatMap(([names, questions]) =>
      questions.map((question): Lesson => {
        const { text } = normalise(question);
        return { source: 'question', text, group: file, classes: names.split('、') };
      }),
    ),
  );

function articleLessons(rows: readonly StatuteRow[], topics: Topics): Lesson[] {
  const valid = rows.filter(({ status }) => status !== 'repealed');
  const byTopic = Map.groupBy(valid, ({ law, chapter }) =>
    topics.column.get(topicOfArticle(law, chapter) ?? ''),
  );
  return [...byTopic].flatMap(([topic, articles]) => {
    if (topic === undefined) return [];
    const every = Math.ceil(articles.length / MOST_ARTICLES);
    return articles
      .filter((_, index) => index % every === every - 1)
      .map(({ text: whole }): Lesson => {
        const { text } = normalise([...whole].slice(0, LONGEST_ARTICLE).join(''));
        return { source: 'article', text, group: topic, classes: classesOf(topic, text, topics) };
      });
  });
}

/** Questions that one article decides, by what the article is about. */
function articleQuestionLessons(
  { articleQuestions }: ContentSources,
  rows: readonly StatuteRow[],
  topics: Topics,
): Lesson[] {
  const chapters = new Map(rows.map(({ law, article, chapter }) => [`${law} ${article}`, chapter]));
  return articleQuestions.flatMap(({ value: { law, articles } }) =>
    Object.entries(articles).flatMap(([article, questions]) => {
      const code = topicOfArticle(law, chapters.get(`${law} ${article}`) ?? '');
      const topic = topics.column.get(code ?? '');
      if (topic === undefined) return [];
      return questions.map((question): Lesson => {
        const { text } = normalise(question);
        return { source: 'ofArticle', text, group: topic, classes: classesOf(topic, text, topics) };
      });
    }),
  );
}

function contentLessons(sources: ContentSources, topics: Topics): Lesson[] {
  const { matterOf, said, written } = mattersContent(sources);
  const lesson = (source: Lesson['source'], text: string, topic: number | null): Lesson[] =>
    topic === null ? [] : [{ source, text, group: topic, classes: classesOf(topic, text, topics) }];
  const unsorted = sources.utterances.flatMap(({ value: { topic, utterances } }) =>
    (utterances.unsorted ?? []).map((one) => ({
      text: normalise(one).text,
      topic: topics.column.get(topic ?? '') ?? null,
    })),
  );
  return [
    ...unsorted.flatMap(({ text, topic }) => lesson('utterance', text, topic)),
    ...said.flatMap(({ text, topic, need }) => lesson(need === null ? 'phrasing' : 'utterance', text, topic)),
    ...written.flatMap(({ text, topic }) => lesson('word', text, topic)),
    ...answerSentences(sources).flatMap(({ answer, text }) =>
      lesson('sentence', text, matterOf.get(answer) ?? null),
    ),
  ];
}

/** How much of a question its best class is, the second and the third, by how many fit. */
const SHARES = [[1], [0.65, 0.35], [0.5, 0.3, 0.2]];

function columnsOf({ classes: fitting }: Lesson, classes: readonly string[]): ClassExample['columns'] {
  if (fitting.length === 0) return [{ column: classes.length, share: 1 }];
  const shares = SHARES[fitting.length - 1] ?? [];
  return fitting.map((name, rank) => ({ column: classes.indexOf(name), share: shares[rank] ?? 0 }));
}

function examplesOf(lessons: readonly Lesson[], classes: readonly string[]): ClassExample[] {
  const sizes = new Map<string, number>();
  const key = ({ source, group }: Lesson) => `${source} ${group}`;
  for (const lesson of lessons) sizes.set(key(lesson), (sizes.get(key(lesson)) ?? 0) + 1);
  return lessons.map((lesson) => {
    const { weight, most } = SOURCES[lesson.source];
    return {
      text: lesson.text,
      columns: columnsOf(lesson, classes),
      weight: weight * Math.min(1, most / (sizes.get(key(lesson)) ?? 1)),
    };
  });
}

interface Outcome {
  set: string;
  classes: readonly string[];
  probabilities: Float32Array;
}

const isMeasured = ({ source, classes }: Lesson) =>
  (source === 'utterance' || source === 'question' || source === 'public') && classes.length > 0;

/** What models say that never saw the question; every fifth utterance and question is a fold. */
function crossValidate(lessons: readonly Lesson[], classes: readonly string[]): Outcome[] {
  const measured = lessons.filter(isMeasured);
  const others = lessons.filter((lesson) => !isMeasured(lesson));
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    console.error(`fold ${fold + 1}/${FOLDS}`);
    const known = measured.filter((_, index) => index % FOLDS !== fold);
    const model = trainClasses(examplesOf([...others, ...known], classes), classes, FEATURES);
    return measured
      .filter((_, index) => index % FOLDS === fold)
      .map(({ source, group, text, classes: right }) => ({
        set: source === 'utterance' ? source : String(group),
        classes: right,
        probabilities: forwardClasses(model, text),
      }));
  });
}

/** The temperature at which the right classes are likeliest. */
function temperatureOf(outcomes: readonly Outcome[], classes: readonly string[]): number {
  const loss = (temperature: number) =>
    outcomes.reduce((sum, { classes: right, probabilities }) => {
      const powers = probabilities.map((value) => value ** (1 / temperature));
      const all = powers.reduce((total, value) => total + value, 0);
      const fitting = right.reduce((total, name) => total + (powers[classes.indexOf(name)] ?? 0), 0);
      return sum - Math.log(Math.max(fitting / all, 1e-9));
    }, 0);
  const losses = TEMPERATURES.map(loss);
  return TEMPERATURES[losses.indexOf(Math.min(...losses))] ?? 1;
}

function figuresOf(outcomes: readonly Outcome[], classes: readonly string[]): Record<string, number> {
  const judged = outcomes
    .map(({ classes: right, probabilities }) => {
      const inside = [...probabilities.subarray(0, classes.length)];
      const sure = Math.max(...inside);
      return { sure, right: right.includes(classes[inside.indexOf(sure)] ?? '') };
    })
    .sort((left, right) => right.sure - left.sure);
  const share = (some: typeof judged) =>
    Math.round((some.filter(({ right }) => right).length / Math.max(1, some.length)) * 1e3) / 1e3;
  return {
    questions: judged.length,
    right: share(judged),
    surerHalf: share(judged.slice(0, Math.floor(judged.length / 2))),
  };
}

function run(): void {
  const { values } = parseArgs({
    options: {
      laws: { type: 'string' },
      questions: { type: 'string', multiple: true },
      dry: { type: 'boolean' },
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
  const codes = sources.topics.map(({ code, class: publicClass }) => ({ code, class: publicClass }));
  const topics: Topics = { codes, column: new Map(codes.map(({ code }, index) => [code, index])) };
  const classes = [...new Set(codes.map((topic) => topic.class))];
  const lessons = [
    ...contentLessons(sources, topics),
    ...questionLessons(sources),
    ...values.questions.flatMap(publicLessons),
    ...articleQuestionLessons(sources, rows, topics),
    ...articleLessons(rows, topics),
  ];
  const outcomes = crossValidate(lessons, classes);
  for (const [set, some] of Map.groupBy(outcomes, (outcome) => outcome.set))
    console.log(set, figuresOf(some, classes));
  const temperature = temperatureOf(outcomes, classes);
  console.log(`${lessons.length} lessons, temperature ${temperature.toFixed(2)}`);
  if (values.dry === true) return;
  const model: ClassModel = trainClasses(examplesOf(lessons, classes), classes, FEATURES);
  writeFileSync(CLASS_MODEL, writeClasses(cooledClasses(model, temperature)));
}

run();
