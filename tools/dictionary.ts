import { readFileSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { pinyin } from 'pinyin-pro';
import { parse } from 'yaml';

const HELP = `用法: npm run dictionary -- [--out FILE]
把 jieba 词库（MIT）和 content/ 里我们自己的话做成屏幕键盘的拼音词典。
默认写到 build/renderer/dictionary.txt`;

/** Words rarer than this in jieba's list are left out; people do not look for them at a kiosk. */
const RAREST = 40;
const LONGEST = 6;
/** Points (100 · log10) added to a word that stands in our content, so that 工伤 comes before 公商. */
const CONTENT_BONUS = 250;

const onlyHan = /^\p{Script=Han}+$/u;

/** Two neighbouring words that stand together this often in our content make a phrase (劳动 + 仲裁). */
const PHRASE_USES = 3;

interface Answer {
  title: string;
  plain: string;
  tile?: string;
  basis: { law: string }[];
  phrasings: string[];
}

/** Everything people say and read in our content: titles, phrasings, plain answers. */
function contentSentences(): string[] {
  return globSync('content/answers/**/*.yaml').flatMap((file) => {
    const answer = parse(readFileSync(file, 'utf8')) as Answer;
    return [
      answer.title,
      answer.plain,
      answer.tile ?? '',
      ...answer.basis.map(({ law }) => law),
      ...answer.phrasings,
    ];
  });
}

/** Builds the dictionary's text; the format is described at `parseDictionary` of renderer/keyboard. */
export function buildDictionary(): string {
  const frequency = new Map<string, number>();
  for (const line of Buffer.from(dict).toString('utf8').split('\n')) {
    const [word = '', count = '0'] = line.split(' ');
    if (
      onlyHan.test(word) &&
      [...word].length <= LONGEST &&
      (Number(count) >= RAREST || [...word].length === 1)
    ) {
      frequency.set(word, Math.max(Number(count), 1));
    }
  }
  const jieba = Jieba.withDict(dict);
  const used = new Map<string, number>();
  const pairs = new Map<string, number>();
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const sentence of contentSentences()) {
    let previous = '';
    for (const word of jieba.cut(sentence, true)) {
      if (!onlyHan.test(word) || [...word].length > LONGEST) {
        previous = '';
        continue;
      }
      count(used, word);
      if (previous) count(pairs, `${previous}\t${word}`);
      previous = word;
    }
  }
  for (const [pair, times] of pairs) {
    const phrase = pair.replace('\t', '');
    if (times >= PHRASE_USES && [...phrase].length >= 3 && [...phrase].length <= LONGEST)
      used.set(phrase, times);
  }
  const words = [...new Set([...frequency.keys(), ...used.keys()])].sort();
  const lines = words.flatMap((word) => {
    const weight = 100 * Math.log10(frequency.get(word) ?? RAREST);
    const uses = used.get(word) ?? 0;
    const bonus = uses > 1 && [...word].length > 1 ? CONTENT_BONUS + 60 * Math.log2(uses) : 0;
    return spellings(word).map((spelling) => `${word}\t${spelling}\t${Math.round(weight + bonus)}`);
  });
  const pairLines = [...pairs].filter(([, times]) => times > 1).map(([key, times]) => `${key}\t${times}`);
  return `${lines.join('\n')}\n\n${pairLines.sort().join('\n')}\n`;
}

/** A single character may be read in several ways (了 le, liao); a word is read as a whole. */
function spellings(word: string): string[] {
  const style = { toneType: 'none', type: 'array', v: true } as const;
  if ([...word].length > 1) return [pinyin(word, style).join("'")];
  return [...new Set(pinyin(word, { ...style, multiple: true }))];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'build/renderer/dictionary.txt' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
  } else {
    const text = buildDictionary();
    mkdirSync(dirname(values.out), { recursive: true });
    writeFileSync(values.out, text);
    console.log(`${values.out}: ${text.split('\n').length} 行, ${(text.length / 1e6).toFixed(1)} M 字`);
  }
}
