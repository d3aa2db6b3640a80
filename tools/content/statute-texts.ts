import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

import { readArticleName } from '../../models/retrieval/statutes/index.ts';
import { shortLawName } from './statute-row.ts';
import type { StatuteRow } from './statute-row.ts';

const TEXT_FILES = new Set(['.md', '.txt']);
/** 编 stands above 章, 章 above 节. */
const LEVELS = ['编', '分编', '章', '节'];
const HEADING = /^第[零〇一二两三四五六七八九十百千\d]+(分编|编|章|节)(?:[\s　]+|$)/u;
const ARTICLE = /^(第[零〇一二两三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)[\s　：:]*(.*)$/u;
const DATE = /(\d{4})\s*[年-]\s*(\d{1,2})\s*[月-]\s*(\d{1,2})\s*日?/gu;

/**
 * Reads a folder of laws, one a file: the title in the first line (or the file's name), a date before the first
 * article, headings 第X编/章/节, articles 第X条. The newest date in the head is the version. Throws with the file and line.
 */
export function readStatuteFolder(folder: string): StatuteRow[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => TEXT_FILES.has(extname(file)))
    .sort()
    .flatMap((file) => readStatuteText(join(folder, file)));
}

function readStatuteText(file: string): StatuteRow[] {
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/u)
    .map((line) => line.replace(/^#+\s*|<!--.*?-->/gu, '').trim());
  const first = lines.findIndex((line) => ARTICLE.test(line));
  if (first < 0) throw new Error(`${file}:1: there is no article (第X条)`);
  const head = lines.slice(0, first);
  const title = (
    head.find((line) => line !== '' && !HEADING.test(line)) ?? basename(file, extname(file))
  ).replace(/^《|》$/gu, '');
  const version = newestDate(head.join('\n'));
  if (version === null) throw new Error(`${file}:1: there is no date before the first article`);

  const rows: StatuteRow[] = [];
  const chapters = LEVELS.map(() => '');
  lines.forEach((line, index) => {
    const heading = HEADING.exec(line);
    const article = ARTICLE.exec(line);
    if (heading !== null) {
      const level = LEVELS.indexOf(heading[1] ?? '');
      chapters.fill('', level);
      chapters[level] = line.replace(/[\s　]+/gu, ' ');
    } else if (article !== null) {
      const name = article[1] ?? '';
      const number = readArticleName(name);
      if (number === null) throw new Error(`${file}:${index + 1}: ${name} cannot be read`);
      const before = rows.at(-1);
      if (before !== undefined && !isAfter(number, before))
        throw new Error(`${file}:${index + 1}: ${name} comes after ${before.article}`);
      rows.push({
        title,
        law: shortLawName(title),
        kind: '',
        version,
        article: name,
        ...number,
        chapter: chapters.filter((part) => part !== '').join(' '),
        text: article[2] ?? '',
        status: 'ok',
      });
    } else if (line !== '') {
      const last = rows.at(-1);
      if (last !== undefined) last.text = last.text === '' ? line : `${last.text}\n${line}`;
    }
  });
  return rows;
}

const isAfter = (one: { ordinal: number; sub: number }, before: { ordinal: number; sub: number }) =>
  one.ordinal > before.ordinal || (one.ordinal === before.ordinal && one.sub > before.sub);

function newestDate(text: string): string | null {
  const dates = [...text.matchAll(DATE)].map(
    ([, year = '', month = '', day = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  return dates.sort().at(-1) ?? null;
}
