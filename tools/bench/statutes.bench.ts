import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { createConsultant } from '../../app/core/consult/index.ts';
import { openPack, STATUTES_FILE } from '../../app/core/content/index.ts';
import { readRanker } from '../../models/retrieval/statutes/index.ts';
import { buildPack, checkContent } from '../content/build.ts';
import { CONTENT_FOLDER, defaultLaws } from '../content/starter.ts';
import type { StatuteRow } from '../content/statute-row.ts';
import { percentile, versus } from './row.ts';
import type { Bench, BenchRow } from './row.ts';

const QUESTIONS = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'questions');
const SETS = ['lecoqa_train.jsonl', 'lawbench_3-8_first250.jsonl'];
/** Every fifth question is asked for the time; that is enough for a 95th percentile. */
const ASKED_ONE_IN = 5;

const line = z.object({
  question: z.string(),
  statutes: z.array(z.object({ law_norm: z.string(), article: z.number(), article_sub: z.number() })),
});
type Question = z.infer<typeof line>;

const readSet = (file: string): Question[] =>
  readFileSync(join(QUESTIONS, file), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)))
    .filter(({ statutes }) => statutes.length > 0);

const nameOfRow = ({ law, article }: { law: string; article: string }) => `${law} ${article}`;
const nameOf = (law: string, ordinal: number, sub: number) => `${law} ${ordinal} ${sub}`;

/** Share of the deciding articles among the first ten of SQLite's own trigram index over the same articles. */
function trigramRecall(rows: readonly StatuteRow[], sets: readonly Question[][]): number[] {
  const database = new Database(':memory:');
  database.exec("CREATE VIRTUAL TABLE articles USING fts5(name UNINDEXED, body, tokenize = 'trigram')");
  const insert = database.prepare('INSERT INTO articles VALUES (?, ?)');
  database.transaction(() => {
    for (const { law, ordinal, sub, chapter, text, status } of rows)
      if (status !== 'repealed') insert.run(nameOf(law, ordinal, sub), `${law} ${chapter} ${text}`);
  })();
  const search = database
    .prepare<unknown[], string>('SELECT name FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT 10')
    .pluck();
  const recall = ({ question, statutes }: Question): number => {
    const characters = [...question.replace(/[^\p{L}\p{N}]/gu, '')];
    const trigrams = characters.slice(2).map((_, at) => `"${characters.slice(at, at + 3).join('')}"`);
    const right = new Set(statutes.map((one) => nameOf(one.law_norm, one.article, one.article_sub)));
    const found = trigrams.length === 0 ? [] : search.all([...new Set(trigrams)].join(' OR '));
    return found.filter((name) => right.has(name)).length / right.size;
  };
  const shares = sets.map((set) => set.reduce((sum, question) => sum + recall(question), 0) / set.length);
  database.close();
  return shares;
}

/** Recall of deciding articles over the whole statute library, as cross-validated when the ranker was trained; time as measured now. */
async function run(): Promise<BenchRow[]> {
  const laws = defaultLaws();
  if (laws === null || !SETS.every((file) => existsSync(join(QUESTIONS, file)))) {
    console.warn('SKIPPED: no statute library and question sets in ../shared/data beside the checkout');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-bench-'));
  try {
    const directory = join(folder, 'pack');
    const content = checkContent(CONTENT_FOLDER, laws);
    const rows = content.library?.rows ?? [];
    buildPack(content, directory, () => undefined, rows);
    const sets = SETS.map(readSet);
    const started = performance.now();
    const opened = openPack(directory);
    if (!opened.ok) throw new Error(`the pack just built is ${opened.failure.code}`);
    const consultant = await createConsultant(opened.value, { today: () => opened.value.manifest.asOf });
    const whole: number[] = [];
    const statutes: number[] = [];
    const models = await opened.value.statutes?.models();
    if (models === undefined) throw new Error('the pack just built has no statutes');
    const encoderHash = createHash('sha256').update(models.encoder).digest('hex');
    const { figures } = readRanker(models.ranker, encoderHash);
    const real = new Set(rows.filter(({ status }) => status !== 'repealed').map(nameOfRow));
    const asked = sets.flat().filter((_, index) => index % ASKED_ONE_IN === 0);
    let firstAnswer = 0;
    let unreal = 0;
    for (const { question } of asked) {
      const before = performance.now();
      const { trace } = await consultant.trace(question);
      const traced = performance.now();
      const hits = await consultant.statutes(question, trace, 100);
      const after = performance.now();
      statutes.push(after - traced);
      whole.push(after - before);
      unreal += hits.filter((hit) => !real.has(nameOfRow(hit))).length;
      firstAnswer ||= after - started;
    }
    await consultant.close();
    opened.value.close();
    const peer = trigramRecall(rows, sets);
    const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
    const texts = rows.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    return [
      { what: 'articles', ours: rows.length, unit: '' },
      { what: 'pack load to first answer', ours: firstAnswer, unit: 'ms' },
      ...SETS.flatMap((file, index) => [
        versus(
          `Recall@10, ${file}, cross-validated, ± ${figures[`${file} recall10 interval`] ?? 0} (95 %)`,
          figures[`${file} recall10`] ?? 0,
          'share',
          'SQLite FTS5 trigram',
          peer[index] ?? 0,
          'larger',
        ),
        {
          what: `Recall@100, ${file}, cross-validated`,
          ours: figures[`${file} recall100`] ?? 0,
          unit: 'share',
        },
      ]),
      { what: 'cited articles that do not exist or are repealed', ours: unreal, unit: '' },
      { what: 'time of the whole question, p50', ours: percentile(whole, 0.5), unit: 'ms' },
      { what: 'time of the whole question, p95', ours: percentile(whole, 0.95), unit: 'ms' },
      { what: 'time of the statute part, p50', ours: percentile(statutes, 0.5), unit: 'ms' },
      { what: 'time of the statute part, p95', ours: percentile(statutes, 0.95), unit: 'ms' },
      {
        what: "statutes.db without the articles' text",
        ours: megabytes(statSync(join(directory, STATUTES_FILE)).size - texts),
        unit: 'MB',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const bench: Bench = { name: 'statutes', run };
