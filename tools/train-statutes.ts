import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import {
  citedBy,
  createConsultant,
  createStatuteCandidates,
  createWidening,
  normalise,
} from '../app/core/consult/index.ts';
import type { Widening } from '../app/core/consult/index.ts';
import type { CitedArticle } from '../app/core/consult/index.ts';
import { openPack } from '../app/core/content/index.ts';
import { openStatuteDatabase, writeStatuteDatabase } from '../app/core/store/content/index.ts';
import type { StatuteDatabase } from '../app/core/store/content/index.ts';
import { byteVector, ENCODER_WIDTH } from '../models/encoder/index.ts';
import {
  articleText,
  createBulkEncoder,
  encodeEncoderModel,
  readStatutes,
  teach,
} from '../models/encoder/training.ts';
import type { EncoderLearner, TaughtArticle, TaughtText } from '../models/encoder/training.ts';
import { createAssociation, createForest } from '../models/retrieval/statutes/index.ts';
import type { Candidate } from '../models/retrieval/statutes/index.ts';
import { STATUTE_FEATURES, trainAssociation, trainForest } from '../models/retrieval/statutes/training.ts';
import type {
  AssociationWeights,
  RankedGroup,
  StatuteRanker,
} from '../models/retrieval/statutes/training.ts';
import { buildPack, checkContent, ENCODER, STATUTE_RANKER } from './content/build.ts';
import { CONTENT_FOLDER } from './content/starter.ts';
import { sayingsOf, statuteRecords } from './content/statute-records.ts';

const HELP = `Trains our own dense encoder and the ranker of statute articles; writes models/encoder/encoder.onnx and
models/retrieval/statutes/ranker.model.

  node tools/train-statutes.ts --laws FILE --questions FILE [--questions FILE …] [--dry]

  --laws FILE       statute library, as for \`npm run -s content -- build\`
  --questions FILE  one {"question","statutes":[{"law_norm","article","article_sub"}],"answer"?,"keywords"?} a line.
                    Only numbers learned from them are written, none of their text.
  --dry             measure by cross-validation only

Prints Recall@10 and @100 over all articles by five-fold cross-validation, with 95 % intervals, for each file. Takes
about a quarter of an hour.
`;

const FOLDS = 5;
const foldNumbers = Array.from({ length: FOLDS }, (_, fold) => fold);
const FOREST = { trees: 200, depth: 4, rate: 0.08, features: 0.6 };
const SENTENCES = /[。；\n]/u;
const SHORTEST_SENTENCE = 10;
const line = z.object({
  question: z.string(),
  /** A lawyer's answer and legal words for the question: read by the encoder while it learns. */
  answer: z.string().default(''),
  keywords: z.string().default(''),
  statutes: z.array(z.object({ law_norm: z.string(), article: z.number(), article_sub: z.number() })),
});

interface Question {
  set: string;
  fold: number;
  question: string;
  text: string;
  replies: readonly string[];
  /** Article numbers, and how many articles decide the question, those the library lacks included. */
  right: ReadonlySet<number>;
  rightCount: number;
  names: string[];
}

function readQuestions(file: string, database: StatuteDatabase): Question[] {
  const laws = new Map(database.laws().map(({ name }, number) => [name, number]));
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)))
    .filter(({ statutes }) => statutes.length > 0);
  return lines.map(({ question, answer, keywords, statutes }, index) => {
    const distinct = new Set(statutes.map((one) => `${one.law_norm} ${one.article} ${one.article_sub}`));
    const right = statutes.flatMap(({ law_norm, article, article_sub }) => {
      const law = laws.get(law_norm);
      const number = law === undefined ? null : database.find(law, article, article_sub);
      return number === null || database.article(number)?.status === 'repealed' ? [] : [number];
    });
    const names = [...new Set(right)].map((number) => {
      const article = database.article(number);
      return `${database.laws()[article?.law ?? 0]?.name ?? ''} ${article?.name ?? ''}`;
    });
    return {
      set: basename(file),
      fold: index % FOLDS,
      question,
      text: normalise(question).text,
      replies: [keywords, ...answer.split(SENTENCES).filter((text) => text.length > SHORTEST_SENTENCE)],
      right: new Set(right),
      rightCount: distinct.size,
      names,
    };
  });
}

interface Prepared extends Question {
  candidates: Candidate[];
}

const example = ({ text, names }: Question) => ({ text, articles: names });

/** What all folds share. */
interface Workshop {
  database: StatuteDatabase;
  widening: Widening;
  articles: readonly TaughtArticle[];
  sayings: ReturnType<typeof sayingsOf>;
  /** The encoder after reading the statutes, before any question. */
  reader: EncoderLearner;
  /** What likely answers cite, by question. */
  cited: ReadonlyMap<Question, readonly CitedArticle[]>;
  say: (text: string) => void;
}

interface Learned {
  encoder: Uint8Array;
  encode: (text: string) => Float32Array;
  association: AssociationWeights;
}

/** Encoder and association from these questions and no others. */
function learnFrom(questions: readonly Question[], workshop: Workshop): Learned {
  const { reader, articles, sayings, say } = workshop;
  const taught = (text: string, right: ReadonlySet<number>): TaughtText => ({ text, articles: [...right] });
  const learner = reader.copy();
  teach(
    learner,
    articles,
    {
      questions: questions.map(({ text, right }) => taught(text, right)),
      replies: questions.flatMap(({ replies, right }) => replies.map((text) => taught(text, right))),
      sayings: [...sayings.asked, ...sayings.told],
    },
    say,
  );
  const encoder = encodeEncoderModel(learner.weights);
  return {
    encoder,
    encode: createBulkEncoder(encoder),
    association: trainAssociation(questions.map(example)),
  };
}

function matrix(texts: readonly string[], encode: (text: string) => Float32Array): Int8Array {
  const bytes = new Int8Array(texts.length * ENCODER_WIDTH);
  texts.forEach((text, row) => {
    if (text !== '') bytes.set(byteVector(encode(text)), row * ENCODER_WIDTH);
  });
  return bytes;
}

/** Candidates of questions that nothing in `learned` comes from; `known` are those that it does come from. */
function prepare(
  questions: readonly Question[],
  known: readonly Question[],
  { encode, association }: Learned,
  { database, widening, articles, sayings, cited }: Workshop,
): Prepared[] {
  const candidatesOf = createStatuteCandidates(database, widening, {
    association: { articles: association.articles, logarithms: createAssociation(association) },
    questions: {
      vectors: matrix(
        known.map(({ text }) => text),
        encode,
      ),
      articles: known.map(({ names }) => names),
    },
    articles: matrix(
      articles.map((article) => (article.text === '' ? '' : articleText(article))),
      encode,
    ),
    sayings: {
      vectors: matrix(
        sayings.asked.map(({ text }) => text),
        encode,
      ),
      articles: sayings.asked.map((saying) => saying.articles),
    },
  });
  return questions.map((one) => ({
    ...one,
    candidates: candidatesOf(one.question, cited.get(one) ?? [], byteVector(encode(one.text))).candidates,
  }));
}

/** Sets count by the square root of their size, so that a small one is not drowned. */
function groupsOf(prepared: readonly Prepared[]): RankedGroup[] {
  const sizes = Map.groupBy(prepared, ({ set }) => set);
  const largest = Math.max(...[...sizes.values()].map(({ length }) => length));
  return prepared.map(({ set, candidates, right }) => ({
    features: candidates.map(({ features }) => features),
    right: candidates.map(({ article }) => right.has(article)),
    weight: Math.sqrt(largest / (sizes.get(set)?.length ?? 1)),
  }));
}

function recall(ranked: readonly number[], { right, rightCount }: Question, most: number): number {
  return ranked.slice(0, most).filter((article) => right.has(article)).length / rightCount;
}

async function run(): Promise<void> {
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
  const say = (text: string) => console.error(text);
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-statutes-'));
  const content = checkContent(CONTENT_FOLDER, resolve(values.laws));
  const rows = content.library?.rows ?? [];
  buildPack(content, join(folder, 'pack'), say);
  // The posting lists are all that is read of it; vectors change from fold to fold.
  const records = statuteRecords(
    rows,
    content.sources,
    { ranker: '', encoder: new Uint8Array() },
    () => new Float32Array(ENCODER_WIDTH),
  );
  writeStatuteDatabase(join(folder, 'statutes.db'), records);
  const database = openStatuteDatabase(join(folder, 'statutes.db'));
  const opened = openPack(join(folder, 'pack'));
  if (!opened.ok) throw new Error(`the pack just built is ${opened.failure.code}`);
  const consultant = await createConsultant(opened.value, { today: () => opened.value.manifest.asOf });
  try {
    const questions = values.questions.flatMap((file) => readQuestions(file, database));
    const cited = new Map<Question, CitedArticle[]>();
    for (const one of questions) {
      const { trace } = await consultant.trace(one.question);
      cited.set(
        one,
        citedBy(trace.ranked, (id) => consultant.open(id)),
      );
    }
    const articles = rows.map(({ law, chapter, text, status }) => ({
      law,
      chapter,
      text: status === 'repealed' ? '' : text,
    }));
    const workshop: Workshop = {
      database,
      widening: createWidening(opened.value.database.synonyms()),
      articles,
      sayings: sayingsOf(content.sources, rows),
      reader: readStatutes(articles, say),
      cited,
      say,
    };
    const prepared = foldNumbers.flatMap((fold) => {
      say(`fold ${fold + 1}/${FOLDS}: encoder, association, candidates`);
      const known = questions.filter((one) => one.fold !== fold);
      const asked = questions.filter((one) => one.fold === fold);
      return prepare(asked, known, learnFrom(known, workshop), workshop);
    });
    const figures = crossValidate(prepared, say);
    console.log(JSON.stringify(figures, null, 1));
    if (values.dry === true) return;
    say('encoder and ranker from all questions');
    const learned = learnFrom(questions, workshop);
    const vectors = matrix(
      questions.map(({ text }) => text),
      learned.encode,
    );
    const ranker: StatuteRanker = {
      format: 2,
      encoder: createHash('sha256').update(learned.encoder).digest('hex'),
      features: [...STATUTE_FEATURES],
      association: learned.association,
      questions: {
        vectors: Buffer.from(vectors.buffer).toString('base64'),
        articles: questions.map(({ names }) => names),
      },
      forest: trainForest(groupsOf(prepared), FOREST),
      figures,
    };
    writeFileSync(ENCODER, learned.encoder);
    writeFileSync(STATUTE_RANKER, `${JSON.stringify(ranker)}\n`);
  } finally {
    await consultant.close();
    opened.value.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Recalls {
  ten: number[];
  hundred: number[];
  candidates: number[];
}

/** Each fold is ranked by a forest that never saw its questions, from features that never did either. */
function crossValidate(prepared: readonly Prepared[], say: (text: string) => void): Record<string, number> {
  const sets = new Map<string, Recalls>();
  for (const fold of foldNumbers) {
    say(`ranking, fold ${fold + 1}/${FOLDS}`);
    const score = createForest(trainForest(groupsOf(prepared.filter((one) => one.fold !== fold)), FOREST));
    for (const one of prepared.filter((other) => other.fold === fold)) {
      const ranked = one.candidates
        .map(({ article, features }) => ({ article, score: score(features) }))
        .sort((left, right) => right.score - left.score || left.article - right.article)
        .map(({ article }) => article);
      const recalls = sets.get(one.set) ?? { ten: [], hundred: [], candidates: [] };
      sets.set(one.set, recalls);
      recalls.ten.push(recall(ranked, one, 10));
      recalls.hundred.push(recall(ranked, one, 100));
      recalls.candidates.push(recall(ranked, one, ranked.length));
    }
  }
  const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
  return Object.fromEntries(
    [...sets].flatMap(([set, { ten, hundred, candidates }]) => [
      [`${set} recall10`, rounded(mean(ten))],
      [`${set} recall10 interval`, rounded(halfInterval(ten))],
      [`${set} recall100`, rounded(mean(hundred))],
      [`${set} candidates`, rounded(mean(candidates))],
    ]),
  );
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Half the width of the 95 % interval of a mean. */
function halfInterval(values: readonly number[]): number {
  const middle = mean(values);
  return 1.96 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / Math.max(1, values.length));
}

await run();
