import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';

import { z } from 'zod';

import { readArticleName } from '../../models/retrieval/statutes/index.ts';
import type { StatuteRow } from './statute-row.ts';
import { readStatuteFolder } from './statute-texts.ts';

const row = z.object({
  law: z.string().min(1),
  law_norm: z.string().min(1),
  type: z.string().default(''),
  version_date: z.iso.date(),
  article: z.string(),
  chapter: z.string().default(''),
  text: z.string().min(1),
  status: z.enum(['ok', 'check', 'repealed']),
});

const ONE_GIGABYTE = 2 ** 30;
const PYTHON_UNPACK = 'import lzma,sys,shutil;shutil.copyfileobj(lzma.open(sys.argv[1]),sys.stdout.buffer)';

function unpack(file: string): string {
  const options = { maxBuffer: ONE_GIGABYTE, encoding: 'utf8' } as const;
  const unpackers: [string, string[]][] = [
    ['xz', ['-dc', '--', file]],
    ['python3', ['-c', PYTHON_UNPACK, file]],
  ];
  for (const [program, parameters] of unpackers) {
    const { status, stdout } = spawnSync(program, parameters, options);
    if (status === 0) return stdout;
  }
  throw new Error(`${file} cannot be unpacked: neither xz nor python3 could read it`);
}

/**
 * Reads a statute library: `.jsonl` or `.jsonl.xz` with one article a line, or a folder of Markdown and plain texts.
 * Of an article given twice the newer version stays. Throws with file and line at the first thing that is no article.
 */
export function readStatutes(place: string): StatuteRow[] {
  if (!existsSync(place)) throw new Error(`${place} does not exist`);
  const rows = statSync(place).isDirectory() ? readStatuteFolder(place) : readLines(place);
  if (rows.length === 0) throw new Error(`${place} holds no article`);
  const newest = new Map<string, StatuteRow>();
  for (const one of rows) {
    const key = `${one.law} ${one.ordinal} ${one.sub}`;
    const before = newest.get(key);
    if (before === undefined || before.version < one.version) newest.set(key, one);
  }
  return [...newest.values()];
}

function readLines(file: string): StatuteRow[] {
  const text = file.endsWith('.xz') ? unpack(file) : readFileSync(file, 'utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    const parsed = row.safeParse(parseOrNull(line));
    const number = parsed.success ? readArticleName(parsed.data.article) : null;
    if (!parsed.success || number === null) throw new Error(`${file}:${index + 1}: not a statute article`);
    const { law, law_norm, type, version_date, article, chapter, text: words, status } = parsed.data;
    return [
      {
        title: law,
        law: law_norm,
        kind: type,
        version: version_date,
        article,
        ...number,
        chapter,
        text: words,
        status,
      },
    ];
  });
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
