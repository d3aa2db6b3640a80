import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { createConsultant } from '../../app/core/consult/index.ts';
import type { Consultant } from '../../app/core/consult/index.ts';
import { openPack } from '../../app/core/content/index.ts';
import { buildPack, checkContent } from '../content/build.ts';
import type { ContentSources } from '../content/read.ts';
import { CONTENT_FOLDER } from '../content/starter.ts';
import { keywordPeer, miniSearchPeer, nlpPeer, oramaPeer, trigramPeer } from './peers.ts';
import type { Peer } from './peers.ts';
import { interval, percentile, versus } from './row.ts';
import type { Bench, BenchRow } from './row.ts';

interface Asked {
  question: string;
  right: string;
}

/** What is kept back from ours and the peers alike (content/evaluation). */
function keptBack({ heldOutAnswers, heldOutOutside, heldOutNeeds }: ContentSources) {
  const pairs = (of: Partial<Record<string, string[]>> | undefined): Asked[] =>
    Object.entries(of ?? {}).flatMap(([right, all]) => (all ?? []).map((question) => ({ question, right })));
  return {
    answers: pairs(heldOutAnswers?.value.answers),
    outside: pairs(heldOutOutside?.value.kinds),
    needs: pairs(heldOutNeeds?.value.needs),
  };
}

interface Run {
  first: number;
  inThree: number;
  /** Share of the foreign questions that got an answer all the same. */
  foreign: number;
  times: number[];
}

async function ask(
  asked: readonly Asked[],
  foreign: readonly Asked[],
  answer: (question: string) => Promise<string[]> | string[],
): Promise<Run> {
  const run: Run = { first: 0, inThree: 0, foreign: 0, times: [] };
  for (const { question, right } of asked) {
    const started = performance.now();
    const ids = await answer(question);
    run.times.push(performance.now() - started);
    if (ids[0] === right) run.first += 1 / asked.length;
    if (ids.slice(0, 3).includes(right)) run.inThree += 1 / asked.length;
  }
  for (const { question } of foreign)
    if ((await answer(question)).length > 0) run.foreign += 1 / foreign.length;
  return run;
}

/** What the kiosk does with the questions: answers at once, rightly or not, or offers the right one. */
async function decisions(consultant: Consultant, asked: readonly Asked[]) {
  let given = 0;
  let right = 0;
  let helped = 0;
  for (const one of asked) {
    const consultation = await consultant.ask(one.question);
    if (consultation.decision === 'answer') {
      given += 1;
      if (consultation.answer.id === one.right) right += 1;
    } else if (
      consultation.decision === 'choose' &&
      consultation.candidates.some(({ id }) => id === one.right)
    ) {
      helped += 1;
    }
  }
  return { given, right, helped: helped + right };
}

const TOPIC_LABELS = join(import.meta.dirname, '../../../shared/data/questions/topic_labels.jsonl');
const labelled = z.object({
  question: z.string(),
  topics_acceptable: z.array(z.string()),
  fold: z.string(),
});

/** The public topic set's dev fold, which nothing is learned from or chosen by. */
async function topics(consultant: Consultant): Promise<BenchRow[]> {
  if (!existsSync(TOPIC_LABELS)) {
    console.warn('SKIPPED: no topic labels in ../shared/data beside the checkout');
    return [];
  }
  const asked = readFileSync(TOPIC_LABELS, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => labelled.parse(JSON.parse(text)))
    .filter(({ fold }) => fold === 'dev');
  const found: { right: boolean; sure: number }[] = [];
  for (const { question, topics_acceptable: acceptable } of asked) {
    const { matter } = (await consultant.trace(question)).trace;
    found.push({ right: acceptable.includes(matter?.class ?? ''), sure: matter?.probability ?? 0 });
  }
  const half = found.sort((left, right) => right.sure - left.sure).slice(0, found.length / 2);
  const rightOf = (some: typeof found) => some.filter(({ right }) => right).length;
  return [
    share('topic acceptable, public dev fold', rightOf(found), found.length),
    share('same, most confident half', rightOf(half), half.length),
  ];
}

const share = (what: string, part: number, total: number): BenchRow => ({
  what,
  ours: part / total,
  interval: interval(part / total, total),
  unit: `share of ${total}`,
});

const sizeOf = (directory: string, file: string) => statSync(join(directory, file)).size / 1e6;

/** Quality on what was kept back, and time per question, beside five peers that know the same titles and phrasings. */
async function run(): Promise<BenchRow[]> {
  const content = checkContent(CONTENT_FOLDER, null);
  const { answers, outside, needs } = keptBack(content.sources);
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-bench-'));
  try {
    const directory = join(folder, 'pack');
    buildPack(content, directory, () => undefined);
    const started = performance.now();
    const opened = openPack(directory);
    if (!opened.ok) throw new Error(`the pack just built is ${opened.failure.code}`);
    const consultant = await createConsultant(opened.value, { today: () => opened.value.manifest.asOf });
    await consultant.ask(answers[0]?.question ?? '');
    const firstAnswer = performance.now() - started;
    const ranked = async (question: string) =>
      (await consultant.trace(question)).trace.ranked.map(({ id }) => id);
    const ours = await ask(answers, [], ranked);
    const { given, right, helped } = await decisions(consultant, answers);
    const foreign = await decisions(consultant, outside);
    let needsRight = 0;
    for (const one of needs)
      if ((await consultant.trace(one.question)).trace.need?.code === one.right) needsRight += 1;
    const topicRows = await topics(consultant);
    await consultant.close();
    opened.value.close();
    const files = readdirSync(directory);
    const rows: BenchRow[] = [
      { what: 'answers', ours: content.sources.answers.length, unit: '' },
      share('right answer first', ours.first * answers.length, answers.length),
      share('right answer in three', ours.inThree * answers.length, answers.length),
      share('answered at once', given, answers.length),
      share('of these right', right, given),
      share('right answer given or offered', helped, answers.length),
      share('foreign question answered', foreign.given, outside.length),
      share('need right', needsRight, needs.length),
      ...topicRows,
      { what: 'time per question, p95', ours: percentile(ours.times, 0.95), unit: 'ms' },
      { what: 'pack load to first answer', ours: firstAnswer, unit: 'ms' },
      { what: 'intent model', ours: sizeOf(directory, 'intent.onnx'), unit: 'MB' },
      { what: 'whole pack', ours: files.reduce((sum, file) => sum + sizeOf(directory, file), 0), unit: 'MB' },
    ];
    const sources = content.sources.answers.map(({ value }) => value);
    const peers: (() => Peer | Promise<Peer>)[] = [
      () => keywordPeer(sources),
      () => trigramPeer(sources),
      () => miniSearchPeer(sources),
      () => oramaPeer(sources),
      () => nlpPeer(sources, NLP_PHRASINGS),
    ];
    for (const make of peers) {
      const peer = await make();
      const theirs = await ask(answers, outside, (question) => peer.answer(question));
      peer.close();
      rows.push(...compared({ ...ours, foreign: foreign.given / outside.length }, theirs, peer.name));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compared(ours: Run, theirs: Run, peer: string): BenchRow[] {
  const time = (at: number) =>
    versus(
      `time per question, p${at * 100}`,
      percentile(ours.times, at),
      'ms',
      peer,
      percentile(theirs.times, at),
      'smaller',
    );
  return [
    versus('right answer first', ours.first, 'share', peer, theirs.first, 'larger'),
    versus('right answer in three', ours.inThree, 'share', peer, theirs.inThree, 'larger'),
    versus('foreign question answered', ours.foreign, 'share', peer, theirs.foreign, 'smaller'),
    time(0.5),
    time(0.95),
  ];
}

/** node-nlp learns from so many phrasings of each answer; with all of them training takes far longer than the bench. */
const NLP_PHRASINGS = 4;

export const bench: Bench = { name: 'answers', run };
