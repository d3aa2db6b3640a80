import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createConsultant } from '../../app/core/consult/index.ts';
import { openPack } from '../../app/core/content/index.ts';
import { buildPack, checkContent } from '../content/build.ts';
import type { CheckedContent } from '../content/build.ts';
import { CONTENT_FOLDER } from '../content/starter.ts';
import { keywordPeer, trigramPeer } from './peers.ts';
import { percentile, versus } from './row.ts';
import type { Bench, BenchRow } from './row.ts';

/** Every fourth phrasing is kept from ours and the peers alike, and asked. */
const HELD_OUT_ONE_IN = 4;

interface Asked {
  question: string;
  right: string;
}

function split(content: CheckedContent): { known: CheckedContent; asked: Asked[] } {
  const isHeldOut = (_: string, index: number) => index % HELD_OUT_ONE_IN === HELD_OUT_ONE_IN - 1;
  const { answers } = content.sources;
  const asked = answers.flatMap(({ value }) =>
    value.phrasings.filter(isHeldOut).map((question) => ({ question, right: value.id })),
  );
  const known = answers.map((document) => ({
    ...document,
    value: {
      ...document.value,
      phrasings: document.value.phrasings.filter((text, index) => !isHeldOut(text, index)),
    },
  }));
  return { known: { ...content, sources: { ...content.sources, answers: known } }, asked };
}

interface Run {
  first: number;
  inThree: number;
  times: number[];
}

async function ask(
  asked: readonly Asked[],
  answer: (question: string) => Promise<string[]> | string[],
): Promise<Run> {
  const run: Run = { first: 0, inThree: 0, times: [] };
  for (const { question, right } of asked) {
    const started = performance.now();
    const ids = await answer(question);
    run.times.push(performance.now() - started);
    if (ids[0] === right) run.first += 1 / asked.length;
    if (ids.slice(0, 3).includes(right)) run.inThree += 1 / asked.length;
  }
  return run;
}

/** Quality on held-out phrasings and time per question, ours against keyword matching and SQLite's trigram index. */
async function run(): Promise<BenchRow[]> {
  const { known, asked } = split(checkContent(CONTENT_FOLDER, null));
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-bench-'));
  try {
    const directory = join(folder, 'pack');
    buildPack(known, directory, () => undefined);
    const started = performance.now();
    const opened = openPack(directory);
    if (!opened.ok) throw new Error(`the pack just built is ${opened.failure.code}`);
    const consultant = await createConsultant(opened.value, { today: () => opened.value.manifest.asOf });
    await consultant.ask(asked[0]?.question ?? '');
    const firstAnswer = performance.now() - started;

    const ours = await ask(asked, async (question) =>
      (await consultant.trace(question)).trace.ranked.map(({ id }) => id),
    );
    await consultant.close();
    opened.value.close();

    const sources = known.sources.answers.map(({ value }) => value);
    const rows: BenchRow[] = [
      { what: 'held-out phrasings', ours: asked.length, unit: '' },
      { what: 'pack load to first answer', ours: firstAnswer, unit: 'ms' },
    ];
    for (const peer of [keywordPeer(sources), trigramPeer(sources)]) {
      const theirs = await ask(asked, (question) => peer.answer(question));
      peer.close();
      rows.push(
        versus('right answer first', ours.first, 'share', peer.name, theirs.first, 'larger'),
        versus('right answer in three', ours.inThree, 'share', peer.name, theirs.inThree, 'larger'),
        versus(
          'time per question, p50',
          percentile(ours.times, 0.5),
          'ms',
          peer.name,
          percentile(theirs.times, 0.5),
          'smaller',
        ),
        versus(
          'time per question, p95',
          percentile(ours.times, 0.95),
          'ms',
          peer.name,
          percentile(theirs.times, 0.95),
          'smaller',
        ),
      );
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const bench: Bench = { name: 'ask', run };
