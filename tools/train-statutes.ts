import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { citedBy, createConsultant, createStatuteCandidates, normalise } from '../app/core/consult/index.ts';
import { openPack } from '../app/core/content/index.ts';
import { openStatuteDatabase, writeStatuteDatabase } from '../app/core/store/content/index.ts';
import type { StatuteDatabase } from '../app/core/store/content/index.ts';
import { createAssociation, evaluateForest } from '../models/retrieval/statutes/index.ts';
import type { Candidate } from '../models/retrieval/statutes/index.ts';
import { STATUTE_FEATURES, trainAssociation, trainForest } from '../models/retrieval/statutes/training.ts';
import type { StatuteRanker } from '../models/retrieval/statutes/training.ts';
import { checkContent, STATUTE_RANKER } from './content/build.ts';
import { CONTENT_FOLDER, ensureStarterPack } from './content/starter.ts';
import { statuteRecords } from './content/statute-records.ts';

const HELP = `Trains the ranker of statute articles and writes models/retrieval/statutes/ranker.model.

  node tools/train-statutes.ts --laws FILE --questions FILE [--questions FILE …] [--dry]

  --laws FILE       statute library, as for \`npm run -s content -- build\`
  --questions FILE  one {"question","statutes":[{"law_norm","article","article_sub"}]} a line. Only numbers learned
                    from them are written, none of their text.
  --dry             measure by cross-validation only

Prints Recall@10 and @100 over all articles by five-fold cross-validation, for each file. Takes some minutes.
`;

const FOLDS = 5;
const FOREST = { trees: 160, depth: 4, rate: 0.08 };
const line = z.object({
  question: z.string(),
  statutes: z.array(z.object({ law_norm: z.string(), article: z.number(), article_sub: z.number() })),
});

interface Question {
  set: string;
  fold: number;
  question: string;
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
  return lines.map(({ question, statutes }, index) => {
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
      right: new Set(right),
      rightCount: distinct.size,
      names,
    };
  });
}

interface Prepared extends Question {
  candidates: Candidate[];
}

const example = ({ question, names }: Question) => ({ text: normalise(question).text, articles: names });
const group = ({ candidates, right }: Prepared) => ({
  features: candidates.map(({ features }) => features),
  right: candidates.map(({ article }) => right.has(article)),
});

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
  const { sources, library } = checkContent(CONTENT_FOLDER, resolve(values.laws));
  writeStatuteDatabase(join(folder, 'statutes.db'), statuteRecords(library?.rows ?? [], sources, ''));
  const database = openStatuteDatabase(join(folder, 'statutes.db'));
  const opened = openPack(ensureStarterPack(say));
  if (!opened.ok) throw new Error(`the starter pack is ${opened.failure.code}`);
  const consultant = await createConsultant(
    { ...opened.value, statutes: null },
    { today: () => opened.value.manifest.asOf },
  );
  try {
    const questions = values.questions.flatMap((file) => readQuestions(file, database));
    const synonyms = opened.value.database.synonyms();
    const prepared: Prepared[] = [];
    for (let fold = 0; fold < FOLDS; fold += 1) {
      say(`candidates, fold ${fold + 1}/${FOLDS}`);
      const weights = trainAssociation(questions.filter((one) => one.fold !== fold).map(example));
      const candidatesOf = createStatuteCandidates(database, synonyms, {
        articles: weights.articles,
        logarithms: createAssociation(weights),
      });
      for (const one of questions.filter((other) => other.fold === fold)) {
        const { trace } = await consultant.trace(one.question);
        const { candidates } = candidatesOf(
          one.question,
          citedBy(trace.ranked, (id) => consultant.open(id)),
        );
        prepared.push({ ...one, candidates });
      }
    }
    const figures = crossValidate(prepared, say);
    console.log(JSON.stringify(figures, null, 1));
    if (values.dry === true) return;
    const ranker: StatuteRanker = {
      format: 1,
      features: [...STATUTE_FEATURES],
      association: trainAssociation(questions.map(example)),
      forest: trainForest(prepared.map(group), FOREST),
      figures,
    };
    writeFileSync(STATUTE_RANKER, `${JSON.stringify(ranker)}\n`);
  } finally {
    await consultant.close();
    opened.value.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function crossValidate(prepared: readonly Prepared[], say: (text: string) => void): Record<string, number> {
  const sums = new Map<
    string,
    { count: number; ten: number; hundred: number; found: number; before: number }
  >();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    say(`ranking, fold ${fold + 1}/${FOLDS}`);
    const trees = trainForest(prepared.filter((one) => one.fold !== fold).map(group), FOREST);
    for (const one of prepared.filter((other) => other.fold === fold)) {
      const sieved = one.candidates.map(({ article }) => article);
      const scored = one.candidates.map(({ article, features }) => ({
        article,
        score: evaluateForest(trees, features),
      }));
      const ranked = scored.sort((left, right) => right.score - left.score).map(({ article }) => article);
      const sum = sums.get(one.set) ?? { count: 0, ten: 0, hundred: 0, found: 0, before: 0 };
      sums.set(one.set, {
        count: sum.count + 1,
        ten: sum.ten + recall(ranked, one, 10),
        hundred: sum.hundred + recall(ranked, one, 100),
        found: sum.found + recall(ranked, one, ranked.length),
        before: sum.before + recall(sieved, one, 10),
      });
    }
  }
  return Object.fromEntries(
    [...sums].flatMap(([set, { count, ...shares }]) =>
      Object.entries({
        recall10: shares.ten,
        recall100: shares.hundred,
        candidates: shares.found,
        unranked10: shares.before,
      }).map(([name, sum]) => [`${set} ${name}`, Math.round((sum / count) * 1e4) / 1e4]),
    ),
  );
}

await run();
