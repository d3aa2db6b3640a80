import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

import { z } from 'zod';

const article = z.object({
  law_norm: z.string(),
  article: z.string(),
  version_date: z.string(),
  status: z.enum(['ok', 'check', 'repealed']),
});

interface StatuteArticle {
  versionDate: string;
  status: 'ok' | 'check' | 'repealed';
}

/** What is known of the statutes citations refer to: articles by short law name. */
export interface StatuteLibrary {
  knows(law: string): boolean;
  article(law: string, article: string): StatuteArticle | null;
}

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

/** Reads a statute library (`.jsonl` or `.jsonl.xz`, one article a line). Throws with the line when a row is not one. */
export function readStatuteLibrary(file: string): StatuteLibrary {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const text = file.endsWith('.xz') ? unpack(file) : readFileSync(file, 'utf8');
  const laws = new Map<string, Map<string, StatuteArticle>>();
  text.split('\n').forEach((line, index) => {
    if (line === '') return;
    const parsed = article.safeParse(parseOrNull(line));
    if (!parsed.success) throw new Error(`${file}:${index + 1}: not a statute article`);
    const { law_norm: law, version_date: versionDate, status } = parsed.data;
    const articles = laws.get(law) ?? new Map<string, StatuteArticle>();
    const before = articles.get(parsed.data.article);
    if (before === undefined || before.versionDate < versionDate)
      articles.set(parsed.data.article, { versionDate, status });
    laws.set(law, articles);
  });
  return { knows: (law) => laws.has(law), article: (law, name) => laws.get(law)?.get(name) ?? null };
}

function parseOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
