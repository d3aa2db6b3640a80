import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import type { Consultation } from '../../app/contract/consult.ts';
import { openPack } from '../../app/core/content/index.ts';
import { createConsultant, normalise } from '../../app/core/consult/index.ts';
import type { Consultant } from '../../app/core/consult/index.ts';
import { buildPack, checkContent } from '../../tools/content/build.ts';
import { formatProblem } from '../../tools/content/problem.ts';
import { CONTENT_FOLDER, defaultLaws } from '../../tools/content/starter.ts';
import { temporaryFolder } from './small-pack.ts';

const golden = z
  .array(z.strictObject({ ask: z.string(), answer: z.string().nullable() }))
  .parse(parse(readFileSync(join(import.meta.dirname, 'golden.yaml'), 'utf8')));

const laws = defaultLaws();
const content = checkContent(CONTENT_FOLDER, laws);
const { folder, remove } = temporaryFolder();
const state: { consultant: Consultant | null; close: () => void } = {
  consultant: null,
  close: () => undefined,
};

beforeAll(async () => {
  const directory = join(folder, 'pack');
  buildPack(content, directory, () => undefined);
  const opened = openPack(directory);
  if (!opened.ok) throw new Error(opened.failure.code);
  state.consultant = await createConsultant(opened.value, { today: () => '2026-11-22' });
  state.close = () => opened.value.close();
}, 240_000);
afterAll(async () => {
  await state.consultant?.close();
  state.close();
  remove();
});

const offered = (consultation: Consultation): string[] => {
  if (consultation.decision === 'answer') return [consultation.answer.id];
  return consultation.decision === 'choose' ? consultation.candidates.map(({ id }) => id) : [];
};

describe('the starter content', () => {
  it('has no errors', () => {
    if (laws === null)
      console.warn('NOT CHECKED: no statute library beside the checkout, so citations were not looked up');
    expect(content.problems.filter(({ severity }) => severity === 'error').map(formatProblem)).toEqual([]);
    expect(content.sources.answers.length).toBeGreaterThanOrEqual(60);
  });
});

describe('golden questions', () => {
  it('stand in no phrasing, and name answers that exist', () => {
    const phrasings = new Set(
      content.sources.answers.flatMap(({ value }) => value.phrasings.map((text) => normalise(text).text)),
    );
    const ids = new Set(content.sources.answers.map(({ value }) => value.id));
    expect(golden.filter(({ ask }) => phrasings.has(normalise(ask).text))).toEqual([]);
    expect(golden.filter(({ answer }) => answer !== null && !ids.has(answer))).toEqual([]);
    expect(golden.length).toBeGreaterThanOrEqual(60);
  });

  it.each(golden.filter(({ answer }) => answer !== null))('$ask → $answer', async ({ ask, answer }) => {
    expect(offered(await state.consultant!.ask(ask))).toContain(answer);
  });

  it.each(golden.filter(({ answer }) => answer === null))('$ask → handed over', async ({ ask }) => {
    expect((await state.consultant!.ask(ask)).decision).toBe('handover');
  });
});
