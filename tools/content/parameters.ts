import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { parseParameterTable } from '../../app/domain/compensation/parameters.ts';
import type { ParameterTable } from '../../app/domain/compensation/parameters.ts';
import { readSource } from './document.ts';
import type { SourceDocument } from './document.ts';
import type { Problem } from './problem.ts';

/** One file of content/parameters: a part of the table. What its rows must be is parseParameterTable's to say. */
const part = z.strictObject({
  schema: z.literal(1),
  as_of: z.iso.date(),
  figures: z.array(z.unknown()).default([]),
  work_injury_rules: z.array(z.unknown()).default([]),
  court_fee_rules: z.array(z.unknown()).default([]),
});

type Part = SourceDocument<z.infer<typeof part>>;

const LISTS = ['figures', 'work_injury_rules', 'court_fee_rules'] as const;

/** Where a row of the merged table stands, e.g. `figures[12]`; the first file when the problem is of the whole. */
function place(key: string, parts: readonly Part[]): { file: string; line: number } {
  const row = /^(figures|work_injury_rules|court_fee_rules)\[(\d+)\]/u.exec(key);
  const list = LISTS.find((name) => name === row?.[1]) ?? 'figures';
  let index = Number(row?.[2] ?? Infinity);
  for (const { file, value, lineOf } of parts) {
    if (index < value[list].length) return { file, line: lineOf([list, index]) };
    index -= value[list].length;
  }
  return { file: parts[0]?.file ?? 'parameters', line: 1 };
}

/** Merges and checks content/parameters/*.yaml; null (with problems) when a file or the whole is not a parameter table. */
export function readParameters(root: string): { table: ParameterTable | null; problems: Problem[] } {
  const problems: Problem[] = [];
  const folder = join(root, 'parameters');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.yaml'))
        .sort()
    : [];
  const parts = files
    .map((file) => readSource(root, `parameters/${file}`, part, problems))
    .filter((document) => document !== null);
  if (problems.length > 0) return { table: null, problems };
  const merged = parseParameterTable({
    schema: 1,
    as_of:
      parts
        .map(({ value }) => value.as_of)
        .sort()
        .at(-1) ?? '1970-01-01',
    figures: parts.flatMap(({ value }) => value.figures),
    work_injury_rules: parts.flatMap(({ value }) => value.work_injury_rules),
    court_fee_rules: parts.flatMap(({ value }) => value.court_fee_rules),
  });
  if (merged.ok) return { table: merged.value, problems };
  const { key, message } = merged.failure;
  problems.push({ severity: 'error', ...place(key, parts), message: `${key}: ${message}` });
  return { table: null, problems };
}
