import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { urgentNotice } from '../../app/contract/consult.ts';
import { normalise } from '../../app/core/consult/index.ts';
import { createUrgentRules } from '../../app/core/consult/urgent.ts';
import { readSource } from '../../tools/content/document.ts';
import type { Problem } from '../../tools/content/problem.ts';
import { urgentSource } from '../../tools/content/source.ts';
import { CONTENT_FOLDER } from '../../tools/content/starter.ts';

/** What must raise a kind, and what comes close in its words and must raise no kind at all. */
const golden = z
  .array(
    z.strictObject({
      kind: urgentNotice.shape.kind,
      raised: z.array(z.string()).min(40),
      quiet: z.array(z.string()).min(40),
    }),
  )
  .parse(parse(readFileSync(join(import.meta.dirname, 'urgent.yaml'), 'utf8')));

const problems: Problem[] = [];
const source = readSource(CONTENT_FOLDER, 'urgent.yaml', urgentSource, problems)?.value ?? [];
const rules = createUrgentRules(source);
const raisedBy = (said: string) => rules(normalise(said).text)?.kind ?? null;

describe('urgent situations', () => {
  it('have rules and golden sentences for every kind', () => {
    expect(problems).toEqual([]);
    expect(source.map(({ kind }) => kind).sort()).toEqual([...urgentNotice.shape.kind.options].sort());
    expect(golden.map(({ kind }) => kind).sort()).toEqual([...urgentNotice.shape.kind.options].sort());
  });

  it.each(golden)('raises $kind where it must', ({ kind, raised }) => {
    const others = raised.flatMap((said) => (raisedBy(said) === kind ? [] : [[said, raisedBy(said)]]));
    expect(others).toEqual([]);
  });

  it.each(golden)('stays quiet where it only sounds like $kind', ({ quiet }) => {
    expect(quiet.flatMap((said) => (raisedBy(said) === null ? [] : [[said, raisedBy(said)]]))).toEqual([]);
  });
});
